"""Years and days that cannot be."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding, Severity


@check("implausible-date", Scope.WORDS)
def implausible_date(reading: Reading) -> Iterator[Finding]:
    """The year fits today and the arXiv id, and the record was not added in the future.

    A paper of next year can be online already, one of the year after cannot. An arXiv id begins with
    the year of the preprint. It can be posted a year after publication; a paper published two or more
    years before it is another one. One published five or more years after is worth a second look.
    """
    for file, record in reading.records():
        if record.added > reading.today:
            fix = f"write the day on which the record came in, such as {reading.today}"
            yield file.finding("implausible-date", ("added",), "day in the future", fix)
        if record.year is None:
            continue
        if record.year > reading.today.year + 1:
            fix = "write the year of the version of record"
            yield file.finding("implausible-date", ("year",), "year in the future", fix)
        arxiv = record.identifiers.arxiv
        after = record.year - arxiv.year if arxiv else 0
        if arxiv and not -1 <= after < 5:
            when = f"{abs(after)} years {'before' if after < 0 else 'after'}"
            yield file.finding(
                "implausible-date",
                ("year",),
                f"year {record.year} is {when} the preprint arXiv:{arxiv}",
                "check both against the paper's page",
                Severity.ERROR if after < 0 else Severity.WARNING,
            )
