"""What many pages and files say of the same record: its card in lists, its entry in each form of text.

Each is made once, by all processes together, and kept in files rather than in memory.
"""

import itertools
import os
from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from markupsafe import Markup

from vlm_survey.exports.registry import TextExport, text_exports
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.processes import Spread
from vlm_survey.site.kept import Kept
from vlm_survey.templating import render_html
from vlm_survey.urls import record_url, term_url
from vlm_survey.views.items import item

_ROOT, _LEVEL = "\0", "\1"
"""Stand in a card for what differs from page to page. No text can hold them: control characters are refused when it is read."""

_MOST_FILES = 64


class Pieces:
    """The pieces of a catalog; until they are kept, each is made whenever it is asked for."""

    def __init__(self, catalog: Catalog, kept: Kept | None = None) -> None:
        """Make nothing yet.

        Args:
            kept: Where pieces were kept before.
        """
        self._catalog = catalog
        self._kept = kept or Kept("pieces")
        self._forms = text_exports()
        self._column = {form.name: number for number, form in enumerate(self._forms, 1)}
        self._files: list[int] = []
        self._size = 0
        """How many records have their texts in one file."""
        self._places: dict[str, int] = {}
        """Id -> place of the record in all files together."""
        self._ends: list[array[int]] = []
        """For each file, where each of its texts ends, row by row; a 0 comes first."""

    def keep(self, folder: Path) -> None:
        """Make all pieces, and keep them in `folder`, which must stay while they are used."""
        records = self._catalog.records
        self._size = max(250, -(-len(records) // _MOST_FILES))

        def work(piece: Sequence[Record]) -> tuple[Path, "array[int]"]:
            path = folder / piece[0].id
            keys = [self._kept.key(record.id) for record in piece]
            self._kept.fetch(keys)
            pairs = zip(keys, piece, strict=True)
            rows = [self._kept.texts(key, partial(self._made, record)) for key, record in pairs]
            self._kept.save()
            return path, _written(path, rows)

        for path, ends in Spread(work, records, self._size):
            self._files.append(os.open(path, os.O_RDONLY))
            self._ends.append(ends)
        self._places = {record.id: place for place, record in enumerate(records)}
        self._kept.prune([self._kept.key(record.id) for record in records])

    def close(self) -> None:
        """Forget what was kept."""
        self._places = {}
        self._ends.clear()
        while self._files:
            os.close(self._files.pop())

    def card(self, record_id: str, level: int, root: str) -> Markup:
        """What a list shows of a record, under a heading of `level`, with `root` before its links."""
        written = self._written(record_id, 0)
        text = self._card(self._catalog[record_id]) if written is None else written.decode()
        # The template has escaped all that came from the record.
        return Markup(text.replace(_LEVEL, str(level)).replace(_ROOT, root))  # nosec B704  # noqa: S704

    def entry(self, form: TextExport, record: Record) -> bytes:
        """What a form of text says of a record, as UTF-8."""
        written = self._written(record.id, self._column[form.name])
        return self._entry(form, record).encode() if written is None else written

    def _written(self, record_id: str, column: int) -> bytes | None:
        place = self._places.get(record_id)
        if place is None:
            return None
        number, row = divmod(place, self._size)
        at = row * (1 + len(self._forms)) + column
        first, last = self._ends[number][at : at + 2]
        return os.pread(self._files[number], last - first, first)

    def _made(self, record: Record) -> list[str]:
        return [self._card(record), *(self._entry(form, record) for form in self._forms)]

    def _card(self, record: Record) -> str:
        return render_html(
            "site/card.html",
            view=item(record, self._catalog),
            root=_ROOT,
            level=_LEVEL,
            record_url=record_url,
            term_url=term_url,
        )

    def _entry(self, form: TextExport, record: Record) -> str:
        return form.entries.entry(record, self._catalog)


def _written(path: Path, rows: list[list[bytes]]) -> "array[int]":
    """Write all texts one after the other; 0, and where each of them ends."""
    texts = list(itertools.chain.from_iterable(rows))
    path.write_bytes(b"".join(texts))
    return array("Q", itertools.accumulate(map(len, texts), initial=0))
