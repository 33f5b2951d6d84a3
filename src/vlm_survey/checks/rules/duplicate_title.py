"""Two records with one title."""

from collections.abc import Iterator

from vlm_survey.checks.collisions import collisions
from vlm_survey.checks.registry import check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.folding import fold


@check("duplicate-title")
def duplicate_title(reading: Reading) -> Iterator[Finding]:
    """No two records have the same title, compared by its letters and digits only.

    Capitals, accents, blanks, hyphens and other signs do not count, and neither do forms of one
    letter (full-width, ligatures). A title without a letter or digit is no title.
    """
    for file, record in reading.records():
        if not fold(record.title):
            fix = "write the title as published"
            yield file.finding(
                "duplicate-title", ("title",), "title without a letter or digit", fix
            )
    yield from collisions(
        reading,
        "duplicate-title",
        "title",
        lambda record: [(fold(record.title), ("title",))] if fold(record.title) else [],
    )
