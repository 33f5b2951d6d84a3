"""A catalog together with what it says of itself."""

import dataclasses
from collections.abc import Callable, Sequence

from vlm_survey.exports.registry import TextExport
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.release import Release
from vlm_survey.settings import Settings
from vlm_survey.urls import root_from

Lookups = tuple[tuple[str, str], ...]
"""Names and texts of files in which the list's scripts look places up."""


@dataclasses.dataclass(frozen=True, eq=False)
class Edition:
    """What a site is made of: records and words, the name they appear under, and their releases.

    Attributes:
        lookups: The lookups of the list, if they were made before.
        kept: Where the entry of a record in a form of text is found, as UTF-8, instead of being made
            anew.
    """

    catalog: Catalog
    settings: Settings
    releases: tuple[Release, ...] = ()
    kept: Callable[[TextExport, Record], bytes] | None = None
    lookups: Lookups = ()

    def root(self, path: str) -> str:
        """What leads from the file at `path` to the site's root: its address, where that is known."""
        site = self.settings.site_url
        return site.rstrip("/") + "/" if site else root_from(path)

    def entry(self, form: TextExport, record: Record) -> str:
        """What a form that is text says of a record."""
        return self._entry(form, record).decode()

    def text(self, form: TextExport, records: Sequence[Record]) -> bytes:
        """The records in a form that is text, as UTF-8."""
        return form.entries.join((self._entry(form, record) for record in records), self.catalog)

    def _entry(self, form: TextExport, record: Record) -> bytes:
        if self.kept:
            return self.kept(form, record)
        return form.entries.entry(record, self.catalog).encode()
