"""Characters that no text of a record may hold."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("control-character", Scope.CATALOG)
def control_character(reading: Reading) -> Iterator[Finding]:
    r"""No value holds control characters, line breaks, surrogates or non-characters.

    They cannot be shown, and some outputs (XML, a terminal) break on them. Most come from a backslash
    inside double quotes, where YAML reads "\alpha" as a bell and 'lpha': use single quotes there.
    """
    yield from reading.problems("control-character")
