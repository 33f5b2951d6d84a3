"""What a check reports."""

import dataclasses
import enum


class Severity(enum.StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """Must be mended: the catalog would say something wrong, unsafe or ambiguous."""
    WARNING = "warning"
    """Should be looked at; does not stop anything."""
    OWED = "owed"
    """Is still to be done before the record can rise in status; reported by strict checks."""


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong at one place, with the way to mend it.

    Attributes:
        path: The file, relative to the catalog's folder, with `/` between folders.
        line: Counted from 1.
        code: The check that found it; `vlm-survey explain CODE` says more.
        message: What is wrong there.
        fix: What to do about it.
        severity: How much it matters.
        other: The file that it contradicts, if any; which of the two is wrong nobody knows.
    """

    path: str
    line: int
    code: str
    message: str
    fix: str
    severity: Severity = Severity.ERROR
    other: str = ""
