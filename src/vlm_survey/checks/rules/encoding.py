"""The encoding of the files."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("encoding", Scope.CATALOG)
def encoding(reading: Reading) -> Iterator[Finding]:
    """Records are UTF-8 text without a byte order mark, with Unix line endings.

    Other encodings are displayed wrongly, and mixed line endings lead to wrong line numbers.
    'vlm-survey fmt' fixes byte order marks and line endings.
    """
    yield from reading.problems("encoding")
