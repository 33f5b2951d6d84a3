"""Text that YAML takes for a comment."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("unquoted-hash", Scope.CATALOG)
def unquoted_hash(reading: Reading) -> Iterator[Finding]:
    """No unquoted value is followed by a comment on its line.

    YAML ends an unquoted value at ' #': 'title: Notes on C # and more' becomes 'Notes on C'. Since
    lost text cannot be distinguished from a comment, put comments on their own lines.
    """
    yield from reading.problems("unquoted-hash")
