"""What many pages and files say of the same record: its card in lists, its entry in each form of text.

Each is made once, by all processes together, and kept in files rather than in memory.
"""

import itertools
import os
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
        self._index: dict[str, tuple[int, ...]] = {}
        """Id -> number of the file, then where each column begins in it, and where the last ends."""

    def keep(self, folder: Path) -> None:
        """Make all pieces, and keep them in `folder`, which must stay while they are used."""
        records = self._catalog.records
        size = max(250, -(-len(records) // _MOST_FILES))

        def work(piece: Sequence[Record]) -> tuple[Path, list[tuple[int, ...]]]:
            path = folder / piece[0].id
            keys = [self._kept.key(record.id) for record in piece]
            self._kept.fetch(keys)
            pairs = zip(keys, piece, strict=True)
            rows = [self._kept.texts(key, partial(self._made, record)) for key, record in pairs]
            self._kept.save()
            return path, _written(path, rows)

        for number, (path, places) in enumerate(Spread(work, records, size)):
            self._files.append(os.open(path, os.O_RDONLY))
            for record, place in zip(records[number * size :], places, strict=False):
                self._index[record.id] = (number, *place)
        self._kept.prune([self._kept.key(record.id) for record in records])

    def close(self) -> None:
        """Forget what was kept."""
        self._index.clear()
        while self._files:
            os.close(self._files.pop())

    def card(self, record_id: str, level: int, root: str) -> Markup:
        """What a list shows of a record, under a heading of `level`, with `root` before its links."""
        text = self._written(record_id, 0)
        if text is None:
            text = self._card(self._catalog[record_id])
        # The template has escaped all that came from the record.
        return Markup(text.replace(_LEVEL, str(level)).replace(_ROOT, root))  # nosec B704  # noqa: S704

    def entry(self, form: TextExport, record: Record) -> str:
        """What a form of text says of a record."""
        text = self._written(record.id, self._column[form.name])
        return self._entry(form, record) if text is None else text

    def _written(self, record_id: str, column: int) -> str | None:
        place = self._index.get(record_id)
        if place is None:
            return None
        first, last = place[column + 1], place[column + 2]
        return os.pread(self._files[place[0]], last - first, first).decode()

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


def _written(path: Path, rows: list[list[bytes]]) -> list[tuple[int, ...]]:
    """Write all texts one after the other; of each row, where its texts begin, and where it ends."""
    path.write_bytes(b"".join(itertools.chain.from_iterable(rows)))
    places = []
    position = 0
    for row in rows:
        ends = list(itertools.accumulate(map(len, row), initial=position))
        places.append(tuple(ends))
        position = ends[-1]
    return places
