"""A record's page: its facts, how to cite and correct it, and where to go on."""

import dataclasses
import functools
import urllib.parse
from collections.abc import Mapping

from vlm_survey.exports.bibtex import BIBTEX
from vlm_survey.exports.reference import reference
from vlm_survey.exports.ris import RIS
from vlm_survey.forms import CORRECT
from vlm_survey.model.record import Record
from vlm_survey.views.edition import Edition
from vlm_survey.views.items import Named
from vlm_survey.views.lookup import all_by_title
from vlm_survey.views.record import RecordView, record_view
from vlm_survey.views.related import Related, related
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


class RecordPages:
    """The pages of all records of an edition, each made when it is asked for."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._records = all_by_title(edition.catalog)
        self._positions = {record.id: position for position, record in enumerate(self._records)}

    def page(self, record: Record) -> RecordPage:
        """The page of `record`."""
        catalog, repository = self._edition.catalog, self._edition.settings.repository
        position = self._positions[record.id]
        return RecordPage(
            record=record_view(record, catalog),
            related=self._alike[record.id],
            citations=(
                Citation("cite-reference", "Reference", reference(record, catalog)),
                Citation("cite-bibtex", "BibTeX", self._edition.entry(BIBTEX, record).strip()),
                Citation("cite-ris", "RIS", self._edition.entry(RIS, record).strip()),
            ),
            before=self._named(position - 1),
            after=self._named(position + 1),
            differs=self._differs.get(record.id, ()),
            edit=f"{repository}/edit/main/papers/{record.id}.yaml" if repository else "",
            report=_report(record, repository) if repository else "",
        )

    def prepare(self) -> None:
        """Work out what all pages need, so that it is not worked out in each process."""
        _ = self._alike, self._differs

    @functools.cached_property
    def _alike(self) -> Mapping[str, tuple[Related, ...]]:
        return related(self._edition.catalog)

    @functools.cached_property
    def _differs(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for sort in comparison(self._edition.catalog).sorts:
            for entry in sort.items:
                found[entry.id] = (*found.get(entry.id, ()), (sort.heading, sort.anchor))
        return found

    def _named(self, position: int) -> Named | None:
        if not 0 <= position < len(self._records):
            return None
        return Named(self._records[position].id, self._records[position].title)


def _report(record: Record, repository: str) -> str:
    fields = {"template": CORRECT, "title": f"Correct: {record.id}", "record": record.id}
    return f"{repository}/issues/new?{urllib.parse.urlencode(fields)}"
