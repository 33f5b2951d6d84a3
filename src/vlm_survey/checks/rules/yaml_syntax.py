"""Files that are not YAML."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("yaml-syntax", Scope.CATALOG)
def yaml_syntax(reading: Reading) -> Iterator[Finding]:
    """The file is valid YAML.

    The commonest slip is a value with ': ' in it, such as a title with a subtitle: put it in quotes.
    Tabs are refused everywhere, since programs differ on where one may stand. Nothing else can be
    said about a file until it can be read.
    """
    yield from reading.problems("yaml-syntax")
