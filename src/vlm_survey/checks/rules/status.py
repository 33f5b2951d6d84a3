"""What a record's status promises."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.completeness import owed_by
from vlm_survey.model.finding import Finding, Severity
from vlm_survey.model.record import Status


@check("status", Scope.WORDS, needs_taxonomy=True)
def status(reading: Reading) -> Iterator[Finding]:
    """A curated record is complete; an imported one says, under strict checks, what it owes.

    `curated` and `reviewed` promise authors, year, venue, kind, domain, a summary, a link or
    identifier, the sources seen, every facet checked (`none` or `not-stated` if it has no term), and evidence for
    each tag. `imported` promises a title only.
    """
    taxonomy = reading.known_words
    for file, record in reading.records():
        owed = list(owed_by(record, taxonomy))
        if not owed:
            if record.status is Status.IMPORTED:
                fix = "if its facts were seen at the sources, write 'status: curated'"
                yield file.finding("status", ("status",), "nothing owed", fix, Severity.OWED)
            continue
        what = ", ".join(owed)
        if record.status is Status.IMPORTED:
            fix = "fill it in from the paper's page, or say in 'note' why it cannot be known"
            yield file.finding("status", ("status",), f"still owes: {what}", fix, Severity.OWED)
        else:
            fix = "fill it in, or write 'status: imported'"
            yield file.finding("status", ("status",), f"{record.status} without: {what}", fix)
