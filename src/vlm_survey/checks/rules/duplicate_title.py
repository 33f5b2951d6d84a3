"""Two records with one title."""

from collections.abc import Iterable, Iterator

from vlm_survey.checks.collisions import collisions
from vlm_survey.checks.registry import Key, check_keys
from vlm_survey.load.reading import Place, Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.folding import fold
from vlm_survey.model.record import Record


def titles(record: Record) -> Iterator[tuple[str, Place]]:
    """A record's title by its letters and digits only."""
    yield fold(record.title), ("title",)


@check_keys("duplicate-title", titles)
def duplicate_title(_reading: Reading, keys: Iterable[Key]) -> Iterator[Finding]:
    """No two records have the same title.

    Only letters and digits are compared: case, accents, spaces, punctuation, ligatures and full-width
    forms are ignored. A title needs at least one letter or digit.
    """
    found = list(keys)
    for key in found:
        if not key.text:
            fix = "use the title as published"
            yield key.finding("duplicate-title", "title without a letter or digit", fix)
    yield from collisions((key for key in found if key.text), "duplicate-title", "title")
