"""How checks are registered, found and run."""

import dataclasses
import functools
import inspect
from collections.abc import Callable, Iterable

from vlm_survey.discovery import definitions
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding, Severity

Run = Callable[[Reading], Iterable[Finding]]


@dataclasses.dataclass(frozen=True)
class Check:
    """A rule that records must keep.

    Attributes:
        code: Its name, in lower-case words joined by `-`, as findings show it.
        run: Finds where the rule is broken.
        explanation: What it finds, why, and what to do: the docstring of `run`.
        needs_taxonomy: Whether it can say nothing while the taxonomy is not valid.
    """

    code: str
    run: Run
    explanation: str
    needs_taxonomy: bool


def check(code: str, *, needs_taxonomy: bool = False) -> Callable[[Run], Check]:
    """Make the function below a check. Its docstring becomes the explanation."""

    def register(run: Run) -> Check:
        return Check(code, run, inspect.cleandoc(run.__doc__ or ""), needs_taxonomy)

    return register


@functools.cache
def all_checks() -> tuple[Check, ...]:
    """Every check of `vlm_survey.checks.rules`, sorted by code."""
    found = definitions("vlm_survey.checks.rules", Check)
    return tuple(sorted(found, key=lambda rule: rule.code))


def run_checks(reading: Reading, *, strict: bool = False) -> list[Finding]:
    """All findings on what was read, sorted by file and line.

    Args:
        strict: Whether to report what is still owed too.
    """
    findings = [
        finding
        for rule in all_checks()
        if reading.taxonomy is not None or not rule.needs_taxonomy
        for finding in rule.run(reading)
        if strict or finding.severity is not Severity.OWED
    ]
    return sorted(findings)
