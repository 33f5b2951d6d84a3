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
    """What the findings on a record depend on, besides the record."""

    RECORD = "record"
    """Nothing."""
    WORDS = "words"
    """The taxonomy and the day."""
    CATALOG = "catalog"
    """Other records too."""


@dataclasses.dataclass(frozen=True)
class Key:
    """What a record says that other records must be compared with, and where it says so."""

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
    """A rule that records must keep.

    Attributes:
        code: Its name, in lower-case words joined by `-`, as findings show it.
        run: Finds where the rule is broken.
        explanation: What it finds, why, and what to do: the docstring of `run`.
        scope: What its findings on a record depend on.
        needs_taxonomy: Whether it can say nothing while the taxonomy is not valid.
        keys: What `run` must know of each record, where that is not the whole of it.
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
    """Make the function below a check. Its docstring becomes the explanation."""

    def register(run: Run) -> Check:
        return Check(code, run, _explanation(run), scope, needs_taxonomy)

    return register


def check_keys(
    code: str, keys: Keys, *, needs_taxonomy: bool = False
) -> Callable[[RunOnKeys], Check]:
    """Make the function below a check that compares the `keys` of all records.

    They are known without reading every record anew.
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
