"""Records of works that were rejected."""

from collections.abc import Iterable, Iterator

from vlm_survey.checks.registry import Key, check_keys
from vlm_survey.checks.rules.duplicate_arxiv import arxiv_ids
from vlm_survey.checks.rules.duplicate_doi import dois
from vlm_survey.checks.rules.duplicate_title import titles
from vlm_survey.load.reading import Place, Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.folding import fold
from vlm_survey.model.record import Record
from vlm_survey.model.rejected import Reason, Rejection


def _identities(record: Record) -> Iterator[tuple[str, Place]]:
    """What only one work can have: arXiv ids, DOIs and the title."""
    for keys in (arxiv_ids, dois, titles):
        yield from keys(record)


@check_keys("rejected-work", _identities)
def rejected_work(reading: Reading, keys: Iterable[Key]) -> Iterator[Finding]:
    """No record describes a work listed in `rejected.yaml`, compared by arXiv id, DOI and title.

    The list prevents rejected works from being proposed again. If the decision was wrong, delete the
    entry.
    """
    listed = {
        key: (number, work) for number, work in enumerate(reading.rejected) for key in _keys(work)
    }
    reported = set()
    for key in keys:
        if key.text in listed and key.file.path not in reported:
            reported.add(key.file.path)
            number, work = listed[key.text]
            line = reading.rejected_file.line_of(("rejected", number))
            note = f" ({work.note})" if work.note else ""
            message = f"this work was rejected on {work.day}: {work.reason}{note}"
            fix = f"to include it, delete the entry at {reading.rejected_file.path}:{line}"
            yield key.finding("rejected-work", message, fix)


def _keys(work: Rejection) -> Iterator[str]:
    """Return what identifies a rejected work; a duplicate often has the title of the record that stays."""
    if work.arxiv:
        yield work.arxiv.key
    if work.doi:
        yield work.doi.key
    if work.reason not in (Reason.DUPLICATE, Reason.SUPERSEDED, Reason.WITHDRAWN):
        yield fold(work.title)
