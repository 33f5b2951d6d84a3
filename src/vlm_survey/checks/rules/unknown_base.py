"""Base models without a record."""

from collections.abc import Iterable, Iterator

from vlm_survey.checks.registry import Key, check_keys
from vlm_survey.load.reading import Place, Reading
from vlm_survey.load.validate import did_you_mean
from vlm_survey.model.finding import Finding
from vlm_survey.model.record import Record


def bases(record: Record) -> Iterator[tuple[str, Place]]:
    """The ids of the models that a record is built on."""
    for number, base in enumerate(record.builds_on):
        yield base, ("builds_on", number)


@check_keys("unknown-base", bases)
def unknown_base(reading: Reading, keys: Iterable[Key]) -> Iterator[Finding]:
    """Each id under `builds_on` is a record of this catalog.

    The base model pages are built from these ids. If a base model has no record yet, add one first. A
    record that has errors itself still counts.
    """
    ids = {file.id for file in reading.files}
    for key in keys:
        if key.text not in ids:
            fix = did_you_mean(key.text, ids) or f"add papers/{key.text}.yaml first"
            yield key.finding("unknown-base", f"no record has the id {key.text!r}", fix)
