"""Ids that were given up."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.load.validate import did_you_mean
from vlm_survey.model.finding import Finding


@check("retired-id", Scope.CATALOG)
def retired_id(reading: Reading) -> Iterator[Finding]:
    """An id in `retired.yaml` has no record; its replacement, if given, exists.

    Ids are cited in papers, so an id is never reused for another work, and its page still says what
    happened to the record.
    """
    stems = {file.id for file in reading.files}
    for old, tombstone in reading.retired.items():
        place = ("retired", old)
        if old in stems:
            yield reading.retired_file.finding(
                "retired-id",
                place,
                f"{old} still has a record: papers/{old}.yaml",
                "choose another id for that record, or delete this entry if it is the same work",
            )
        if tombstone.now and tombstone.now not in stems:
            fix = (
                did_you_mean(tombstone.now, stems)
                or "use the id of an existing record, or delete the line"
            )
            message = f"{old} is replaced by {tombstone.now!r}, which has no record"
            yield reading.retired_file.finding("retired-id", (*place, "now"), message, fix)
