"""A record's page: its facts, how to cite and correct it, and where to go on."""

import dataclasses
import functools
import urllib.parse
from typing import NamedTuple

from vlm_survey.exports.bibtex import BIBTEX
from vlm_survey.exports.reference import reference
from vlm_survey.exports.ris import RIS
from vlm_survey.forms import CORRECT
from vlm_survey.layout import SCHEMA_LINE, record_text
from vlm_survey.model.record import Record
from vlm_survey.model.value import Slug
from vlm_survey.views.edition import Edition
from vlm_survey.views.indexes import all_by_title
from vlm_survey.views.items import Named, newest_first
from vlm_survey.views.lists import author_link
from vlm_survey.views.record import RecordView, Relative, record_view, relative
from vlm_survey.views.related import Related, RelatedPapers
from vlm_survey.views.survey import comparison


@dataclasses.dataclass(frozen=True)
class Citation:
    """The record in one citation format. `id` is unique on the page, `file` the name of a download."""

    id: str
    name: str
    file: str
    text: str


class Beside(NamedTuple):
    """What a record's page says that does not follow from the record alone.

    Attributes:
        before: The record before it in the order of titles.
        after: The one after it.
        bases: The records that it builds on.
        descendants: Those that build on it, newest first.
        differs: Sorts of difference from the survey's list, with their anchors on the page that lists them.
        author_urls: Where the names of its authors lead, which depends on their other papers.
    """

    before: Named | None
    after: Named | None
    bases: tuple[Relative, ...]
    descendants: tuple[Relative, ...]
    related: tuple[Related, ...]
    differs: tuple[tuple[str, str], ...]
    author_urls: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class RecordPage:
    """All that the page shows.

    Attributes:
        reference: The record in a list of literature.
        edit: Where the record's file is edited on GitHub; empty without a repository.
        report: A form to suggest a correction, filled in with the record's present values; empty
            without a repository.
    """

    record: RecordView
    beside: Beside
    reference: str
    citations: tuple[Citation, ...]
    edit: str
    report: str


class RecordPages:
    """The pages of all records of an edition, each made when it is asked for."""

    def __init__(self, edition: Edition) -> None:
        """Work out what all pages need, but for what only those need that are made."""
        self._edition = edition
        self._records = all_by_title(edition.catalog)
        self._differs: dict[str, tuple[tuple[str, str], ...]] = {}
        for sort in comparison(edition.catalog).sorts:
            for entry in sort.items:
                known = self._differs.get(entry.id, ())
                self._differs[entry.id] = (*known, (sort.heading, sort.anchor))
        self._positions = {record.id: position for position, record in enumerate(self._records)}
        # It is asked for twice within a while: is there a page of this, and what does it say?
        self.beside = functools.lru_cache(maxsize=1024)(self._beside)

    def page(self, record: Record) -> RecordPage:
        """The page of `record`."""
        catalog, repository = self._edition.catalog, self._edition.settings.repository
        return RecordPage(
            record=record_view(record, catalog),
            beside=self.beside(record.id),
            reference=reference(record, catalog),
            citations=tuple(
                Citation(
                    f"cite-{form.name}",
                    form.title,
                    f"{record.id}{form.suffix}",
                    self._edition.entry(form, record).strip(),
                )
                for form in (BIBTEX, RIS)
            ),
            edit=f"{repository}/edit/main/papers/{record.id}.yaml" if repository else "",
            report=_report(record, repository) if repository else "",
        )

    @functools.cached_property
    def _related(self) -> RelatedPapers:
        return RelatedPapers(self._edition.catalog)

    def _beside(self, record_id: Slug) -> Beside:
        catalog, position = self._edition.catalog, self._positions[record_id]
        record = catalog[record_id]
        return Beside(
            before=self._named(position - 1),
            after=self._named(position + 1),
            bases=tuple(relative(catalog[base]) for base in record.builds_on if base in catalog),
            descendants=tuple(
                relative(other)
                for other in newest_first(catalog[at] for at in catalog.built_on.get(record.id, ()))
            ),
            related=self._related.of(record),
            differs=self._differs.get(record.id, ()),
            author_urls=tuple(author_link(name, catalog) for name in record.authors),
        )

    def _named(self, position: int) -> Named | None:
        if not 0 <= position < len(self._records):
            return None
        return Named(self._records[position].id, self._records[position].title)


LONGEST_REPORT = 6000
"""Characters of the address of a form with the record's values; GitHub refuses very long ones."""


def _report(record: Record, repository: str) -> str:
    fields = {"template": CORRECT, "title": f"Correct: {record.id}", "record": record.id}
    address = f"{repository}/issues/new?{urllib.parse.urlencode(fields)}&now="
    text = record_text(record.model_copy(update={"survey": ()}))
    lines = [f"# papers/{record.id}.yaml", *text.removeprefix(SCHEMA_LINE).strip().split("\n")]
    rest = urllib.parse.quote_plus("\n…")
    for number, line in enumerate(lines):
        more = urllib.parse.quote_plus(f"\n{line}" if number else line)
        if len(address) + len(more) + len(rest) > LONGEST_REPORT:
            return address + rest
        address += more
    return address
