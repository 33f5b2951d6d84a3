"""Names of the files in papers/."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("file-name", Scope.CATALOG)
def file_name(reading: Reading) -> Iterator[Finding]:
    """papers/ contains only records, each named <id>.yaml.

    The id is part of the page's URL: lower-case ASCII words joined by '-', and not a name that web
    servers or Windows reserve. Other files are reported, so that no record is silently ignored.
    """
    yield from reading.problems("file-name")
