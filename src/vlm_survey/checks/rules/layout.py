"""The layout of the record files."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.layout import canonical_text
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding, Severity


@check("layout")
def layout(reading: Reading) -> Iterator[Finding]:
    """A warning for files that are not laid out as 'vlm-survey fmt' writes them.

    One order of fields, one way to quote: then a change of a record shows what was changed and
    nothing else.
    """
    for file, record in reading.records():
        text = file.text or ""
        wanted = canonical_text(text, record, file.lines)
        if text != wanted:
            lines = zip(text.split("\n"), wanted.split("\n"), strict=False)
            first = next((n for n, (a, b) in enumerate(lines, 1) if a != b), 1)
            yield Finding(
                file.path,
                first,
                "layout",
                "not in the canonical layout",
                "run: vlm-survey fmt",
                Severity.WARNING,
            )
