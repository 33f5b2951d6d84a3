"""YAML that a record does not need."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("yaml-feature", Scope.CATALOG)
def yaml_feature(reading: Reading) -> Iterator[Finding]:
    """Records use plain YAML only: fields, lists and text.

    Anchors, aliases, tags, merge keys, directives, multiple documents and nesting deeper than eight
    levels are rejected. They can expand a small file enormously, run code, or hide duplicates.
    """
    yield from reading.problems("yaml-feature")
