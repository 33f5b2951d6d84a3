"""A record's page: its facts, how to cite and correct it, and where to go on."""

import dataclasses
import urllib.parse
from collections.abc import Iterator

from vlm_survey.exports.bibtex import bibtex_entry
from vlm_survey.exports.reference import reference
from vlm_survey.exports.ris import ris_entry
from vlm_survey.forms import CORRECT
from vlm_survey.model.record import Record
from vlm_survey.views.edition import Edition
from vlm_survey.views.items import Named, by_title
from vlm_survey.views.record import RecordView, record_view
from vlm_survey.views.related import Related, RelatedPapers
from vlm_survey.views.survey import comparison


@dataclasses.dataclass(frozen=True)
class Citation:
    """The record in one citation form. `id` is unique on the page."""

    id: str
    name: str
    text: str


@dataclasses.dataclass(frozen=True)
class RecordPage:
    """All that the page shows.

    Attributes:
        before: The record before it in the order of titles.
        after: The one after it.
        differs: Sorts of difference from the survey's list, with their anchors on the page that lists them.
        edit: Where the record's file is edited; empty while nobody knows where that is.
        report: Where a mistake is reported, with the record named.
    """

    record: RecordView
    related: tuple[Related, ...]
    citations: tuple[Citation, ...]
    before: Named | None
    after: Named | None
    differs: tuple[tuple[str, str], ...]
    edit: str
    report: str


def record_pages(edition: Edition) -> Iterator[RecordPage]:
    """The pages of all records, by title."""
    catalog = edition.catalog
    records = by_title(catalog)
    related = RelatedPapers(catalog)
    differs: dict[str, list[tuple[str, str]]] = {}
    for sort in comparison(catalog).sorts:
        for entry in sort.items:
            differs.setdefault(entry.id, []).append((sort.heading, sort.anchor))
    repository = edition.settings.repository
    for position, record in enumerate(records):
        yield RecordPage(
            record=record_view(record, catalog),
            related=related.of(record),
            citations=(
                Citation("cite-reference", "Reference", reference(record, catalog)),
                Citation("cite-bibtex", "BibTeX", bibtex_entry(record, catalog).strip()),
                Citation("cite-ris", "RIS", ris_entry(record, catalog).strip()),
            ),
            before=_neighbour(records, position - 1),
            after=_neighbour(records, position + 1),
            differs=tuple(differs.get(record.id, ())),
            edit=f"{repository}/edit/main/papers/{record.id}.yaml" if repository else "",
            report=_report(record, repository) if repository else "",
        )


def _neighbour(records: list[Record], position: int) -> Named | None:
    if not 0 <= position < len(records):
        return None
    return Named(records[position].id, records[position].title)


def _report(record: Record, repository: str) -> str:
    fields = {"template": CORRECT, "title": f"Correct: {record.id}", "record": record.id}
    return f"{repository}/issues/new?{urllib.parse.urlencode(fields)}"
