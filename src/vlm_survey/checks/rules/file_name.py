"""Names of the files in papers/."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("file-name", Scope.CATALOG)
def file_name(reading: Reading) -> Iterator[Finding]:
    """papers/ holds records only, each named <id>.yaml.

    The name is the record's id and its page's address, so it is lower-case ASCII words joined by
    '-', and none of the names that a web server or Windows takes for something else. Whatever else
    lies there is reported, because a record that is silently passed over is lost.
    """
    yield from reading.problems("file-name")
