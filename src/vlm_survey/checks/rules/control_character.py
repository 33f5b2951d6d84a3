"""Characters that no text of a record may hold."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("control-character", Scope.CATALOG)
def control_character(reading: Reading) -> Iterator[Finding]:
    r"""No value contains control characters, line breaks, surrogates or non-characters.

    They cannot be displayed and break some outputs (XML, terminals). Most come from a backslash
    inside double quotes, where YAML reads "\alpha" as a bell character and 'lpha': use single quotes.
    """
    yield from reading.problems("control-character")
