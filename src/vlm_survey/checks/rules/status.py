"""What a record's status promises."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.completeness import owed_by
from vlm_survey.model.finding import Finding, Severity
from vlm_survey.model.record import Status


@check("status", Scope.WORDS, needs_taxonomy=True)
def status(reading: Reading) -> Iterator[Finding]:
    """A record with status `curated` or `reviewed` is complete.

    Required are authors, year, venue, kind, domain, a summary, a link or identifier, sources, every
    facet checked (`none` or `not-stated` if it has no term), and evidence for each tag. An `imported`
    record needs a title only; strict checks report what is missing.
    """
    taxonomy = reading.known_words
    for file, record in reading.records():
        owed = list(owed_by(record, taxonomy))
        if not owed:
            if record.status is Status.IMPORTED:
                fix = "if the facts were checked against the sources, set 'status: curated'"
                yield file.finding("status", ("status",), "nothing missing", fix, Severity.OWED)
            continue
        what = ", ".join(owed)
        if record.status is Status.IMPORTED:
            fix = "fill it in from the paper's page, or explain in 'note' why it is unknown"
            yield file.finding("status", ("status",), f"missing: {what}", fix, Severity.OWED)
        else:
            fix = "fill it in, or set 'status: imported'"
            yield file.finding("status", ("status",), f"{record.status}, but missing: {what}", fix)
