"""Files that cannot be read."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("unreadable-file", Scope.CATALOG)
def unreadable_file(reading: Reading) -> Iterator[Finding]:
    """Every record is a regular, readable file of at most 64 KiB.

    Symbolic links are not followed, since they could point outside the catalog. Folders, pipes and
    devices are never opened. The message never quotes their content.
    """
    yield from reading.problems("unreadable-file")
