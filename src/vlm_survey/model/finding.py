"""What a check reports."""

import dataclasses
import enum


class Severity(enum.StrEnum):
    """The severity of a finding."""

    ERROR = "error"
    """Must be fixed: the catalog would say something wrong, unsafe or ambiguous."""
    WARNING = "warning"
    """Should be looked at, but does not block anything."""
    OWED = "owed"
    """Missing before the record can get a higher status; reported by strict checks only."""

    @property
    def label(self) -> str:
        """The word for it in text output."""
        return "incomplete" if self is Severity.OWED else self.value


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One problem at one place, with its fix.

    Attributes:
        path: The file, relative to the catalog's folder, with `/` between folders.
        line: Counted from 1.
        code: The check that found it; see `vlm-survey explain CODE`.
        message: What is wrong.
        fix: How to fix it.
        severity: Its severity.
        other: The file that it contradicts, if any. Either of the two may be wrong.
    """

    path: str
    line: int
    code: str
    message: str
    fix: str
    severity: Severity = Severity.ERROR
    other: str = ""
