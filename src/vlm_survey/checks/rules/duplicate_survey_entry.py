"""Two records for one row of the survey's list."""

from collections.abc import Iterable, Iterator

from vlm_survey.checks.collisions import collisions
from vlm_survey.checks.registry import Key, check_keys
from vlm_survey.load.reading import Place, Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.record import Record


def _rows(record: Record) -> Iterator[tuple[str, Place]]:
    for number, entry in enumerate(record.survey):
        row = (entry.section, entry.number, entry.name, entry.title)
        yield repr(row), ("survey", number)


@check_keys("duplicate-survey-entry", _rows)
def duplicate_survey_entry(_reading: Reading, keys: Iterable[Key]) -> Iterator[Finding]:
    """Each row of the survey's list belongs to one record only.

    A row is identified by its section, number, name and title, because printed numbers repeat.
    """
    yield from collisions(keys, "duplicate-survey-entry", "row of the survey's list")
