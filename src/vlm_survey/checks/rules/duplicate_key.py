"""Fields that are written twice."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("duplicate-key", Scope.CATALOG)
def duplicate_key(reading: Reading) -> Iterator[Finding]:
    """Each field is written only once.

    YAML parsers silently keep one of two equal keys, and they differ in which one.
    """
    yield from reading.problems("duplicate-key")
