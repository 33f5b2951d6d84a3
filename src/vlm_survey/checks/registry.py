"""How checks are registered and found."""

import dataclasses
import enum
import functools
import inspect
from collections.abc import Callable, Iterable

from vlm_survey.discovery import definitions
from vlm_survey.load.reading import Place, Reading, SourceFile
from vlm_survey.model.finding import Finding
from vlm_survey.model.record import Record

Run = Callable[[Reading], Iterable[Finding]]


class Scope(enum.StrEnum):
    """What the findings of a record depend on, besides the record itself."""

    RECORD = "record"
    """Nothing."""
    WORDS = "words"
    """The taxonomy and the current date."""
    CATALOG = "catalog"
    """Other records as well."""


@dataclasses.dataclass(frozen=True)
class Key:
    """A value of a record that is compared with other records, with its line."""

    file: SourceFile
    text: str
    line: int

    def finding(self, code: str, message: str, fix: str) -> Finding:
        """An error at that place."""
        return Finding(self.file.path, self.line, code, message, fix)


Keys = Callable[[Record], Iterable[tuple[str, Place]]]
RunOnKeys = Callable[[Reading, Iterable[Key]], Iterable[Finding]]


@dataclasses.dataclass(frozen=True)
class Check:
    """A rule that records must follow.

    Attributes:
        code: Its name in findings: lower-case words joined by `-`.
        run: Finds violations of the rule.
        explanation: What it finds, why, and what to do: the docstring of `run`.
        scope: What its findings depend on.
        needs_taxonomy: Whether it is skipped while the taxonomy is invalid.
        keys: The values of each record that `run` compares, if it does not need whole records.
    """

    code: str
    run: Callable[..., Iterable[Finding]]
    explanation: str
    scope: Scope
    needs_taxonomy: bool
    keys: Keys | None = None


def check(
    code: str, scope: Scope = Scope.RECORD, *, needs_taxonomy: bool = False
) -> Callable[[Run], Check]:
    """Register the decorated function as a check. Its docstring is the explanation."""

    def register(run: Run) -> Check:
        return Check(code, run, _explanation(run), scope, needs_taxonomy)

    return register


def check_keys(
    code: str, keys: Keys, *, needs_taxonomy: bool = False
) -> Callable[[RunOnKeys], Check]:
    """Register the decorated function as a check that compares the `keys` of all records.

    Keys are cached, so that unchanged records need not be parsed again.
    """

    def register(run: RunOnKeys) -> Check:
        return Check(code, run, _explanation(run), Scope.CATALOG, needs_taxonomy, keys)

    return register


def _explanation(run: Callable[..., object]) -> str:
    return inspect.cleandoc(run.__doc__ or "")


@functools.cache
def all_checks() -> tuple[Check, ...]:
    """Every check of `vlm_survey.checks.rules`, sorted by code."""
    found = definitions("vlm_survey.checks.rules", Check)
    return tuple(sorted(found, key=lambda rule: rule.code))
