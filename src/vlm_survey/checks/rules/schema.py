"""The fields of a record and of the taxonomy."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("schema", Scope.CATALOG)
def schema(reading: Reading) -> Iterator[Finding]:
    """All fields are known and valid, and no required field is missing.

    All errors in a file are reported at once. docs/fields.md lists the fields. Editors check them as
    you type, with the schema named in the first line of the file.
    """
    yield from reading.problems("schema")
