"""Files that are not YAML."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("yaml-syntax", Scope.CATALOG)
def yaml_syntax(reading: Reading) -> Iterator[Finding]:
    """The file is valid YAML.

    The most common mistake is a value that contains ': ', such as a title with a subtitle: put it in
    quotes. Tabs are rejected everywhere, because parsers treat them differently. Other checks skip
    the file until it is valid.
    """
    yield from reading.problems("yaml-syntax")
