"""Two records for one row of the survey's list."""

from collections.abc import Iterator

from vlm_survey.checks.collisions import collisions
from vlm_survey.checks.registry import check
from vlm_survey.load.reading import Place, Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.record import Record


@check("duplicate-survey-entry")
def duplicate_survey_entry(reading: Reading) -> Iterator[Finding]:
    """Each row of the survey's list stands in one record only.

    A row is known by its section, number, name and title; the printed numbers alone repeat.
    """
    yield from collisions(reading, "duplicate-survey-entry", "row of the survey's list", _rows)


def _rows(record: Record) -> Iterator[tuple[str, Place]]:
    for number, entry in enumerate(record.survey):
        row = (entry.section, entry.number, entry.name, entry.title)
        yield repr(row), ("survey", number)
