"""Evidence that says too much."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding

MAX_WORDS = 25


@check("long-evidence")
def long_evidence(reading: Reading) -> Iterator[Finding]:
    """The evidence of a tag has at most 25 words.

    Evidence says where to find the statement and what it says, in our own words. It is not a
    quotation.
    """
    for file, record in reading.records():
        for facet, term, evidence in record.all_tags():
            words = len((evidence or "").split())
            if words > MAX_WORDS:
                yield file.finding(
                    "long-evidence",
                    ("tags", facet, term),
                    f"{words} words of evidence",
                    f"use at most {MAX_WORDS} words, in your own words",
                )
