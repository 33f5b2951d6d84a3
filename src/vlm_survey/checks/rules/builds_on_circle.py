"""Models that would be built on themselves."""

from collections.abc import Iterator, Mapping, Sequence

from vlm_survey.checks.registry import check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.value import Slug


@check("builds-on-circle")
def builds_on_circle(reading: Reading) -> Iterator[Finding]:
    """No model builds on itself, directly or through others.

    A circle means that at least one of its steps is not "starts from or wraps" but "compares with".
    """
    bases = {record.id: record.builds_on for _, record in reading.records()}
    for file, record in reading.records():
        for number, base in enumerate(record.builds_on):
            way = _way(bases, base, record.id)
            # A circle is reported once, at the first of its ids.
            if way and record.id == min(way):
                circle = " -> ".join([record.id, *way])
                fix = "remove the step that is a comparison, not a base"
                yield file.finding(
                    "builds-on-circle", ("builds_on", number), f"circle: {circle}", fix
                )


def _way(bases: Mapping[Slug, Sequence[str]], start: str, goal: str) -> list[str]:
    """The ids from `start` to `goal` along `bases`, both included; empty without such a way."""
    before: dict[str, str | None] = {start: None}
    waiting = [start]
    while waiting:
        current = waiting.pop()
        if current == goal:
            way = [current]
            while (step := before[way[-1]]) is not None:
                way.append(step)
            return way[::-1]
        for base in bases.get(Slug(current), ()):
            if base not in before:
                before[base] = current
                waiting.append(base)
    return []
