"""The fields of a record and of the taxonomy."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("schema", Scope.CATALOG)
def schema(reading: Reading) -> Iterator[Finding]:
    """Every field is known, has the right form, and none that is required is missing.

    All errors of a file are reported at once. docs/fields.md lists the fields; editors check them
    while you type by the schema that the file's first line names.
    """
    yield from reading.problems("schema")
