"""Years and days that cannot be."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding, Severity


@check("implausible-date", Scope.WORDS)
def implausible_date(reading: Reading) -> Iterator[Finding]:
    """Year, arXiv id and `added` are consistent with each other and with today's date.

    `year` can be next year at most, since papers appear online early. An arXiv id starts with the
    year of the preprint. A publication year two or more years before the preprint is an error; five
    or more years after it is a warning.
    """
    for file, record in reading.records():
        if record.added > reading.today:
            fix = f"use the date on which the record was added, such as {reading.today}"
            yield file.finding("implausible-date", ("added",), "date in the future", fix)
        if record.year is None:
            continue
        if record.year > reading.today.year + 1:
            fix = "use the year of the version of record"
            yield file.finding("implausible-date", ("year",), "year in the future", fix)
        arxiv = record.identifiers.arxiv
        after = record.year - arxiv.year if arxiv else 0
        if arxiv and not -1 <= after < 5:
            when = f"{abs(after)} years {'before' if after < 0 else 'after'}"
            yield file.finding(
                "implausible-date",
                ("year",),
                f"year {record.year} is {when} the preprint arXiv:{arxiv}",
                "compare both with the paper's page",
                Severity.ERROR if after < 0 else Severity.WARNING,
            )
