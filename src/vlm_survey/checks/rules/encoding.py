"""The encoding of the files."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("encoding", Scope.CATALOG)
def encoding(reading: Reading) -> Iterator[Finding]:
    """Records are UTF-8 text without a byte order mark, with Unix line ends.

    Other encodings show wrong letters to the next reader, and mixed line ends make line numbers lie.
    'vlm-survey fmt' mends byte order marks and line ends.
    """
    yield from reading.problems("encoding")
