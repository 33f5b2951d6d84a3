"""Models that would be built on themselves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vlm_survey.checks.registry import Key, check_keys
from vlm_survey.checks.rules.unknown_base import bases
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check_keys("builds-on-circle", bases)
def builds_on_circle(_reading: Reading, keys: Iterable[Key]) -> Iterator[Finding]:
    """No model builds on itself, directly or indirectly.

    In a cycle, at least one entry of `builds_on` is not a base model but only a comparison.
    """
    steps = list(keys)
    built_on: dict[str, list[str]] = {}
    for step in steps:
        built_on.setdefault(step.file.id, []).append(step.text)
    for step in steps:
        way = _way(built_on, step.text, step.file.id)
        # A cycle is reported once, at the first of its ids.
        if way and step.file.id == min(way):
            circle = " -> ".join([step.file.id, *way])
            fix = "remove the entry that is only a comparison, not a base model"
            yield step.finding("builds-on-circle", f"cycle: {circle}", fix)


def _way(built_on: Mapping[str, Sequence[str]], start: str, goal: str) -> list[str]:
    """The ids from `start` to `goal` along `built_on`, both included; empty without such a way."""
    before: dict[str, str | None] = {start: None}
    waiting = [start]
    while waiting:
        current = waiting.pop()
        if current == goal:
            way = [current]
            while (step := before[way[-1]]) is not None:
                way.append(step)
            return way[::-1]
        for base in built_on.get(current, ()):
            if base not in before:
                before[base] = current
                waiting.append(base)
    return []
