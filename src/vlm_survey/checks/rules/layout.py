"""The layout of the record files."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.layout import canonical_text
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding, Severity


@check("layout")
def layout(reading: Reading) -> Iterator[Finding]:
    """Warn about files that are not formatted with 'vlm-survey fmt'.

    With one field order and one quoting style, a diff shows only what has changed.
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
                "not formatted",
                "run: vlm-survey fmt",
                Severity.WARNING,
            )
