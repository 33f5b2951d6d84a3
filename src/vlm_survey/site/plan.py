"""Everything that a site consists of, listed before it is made."""

import contextlib
import dataclasses
import functools
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from markupsafe import escape

from vlm_survey.site import sitemap
from vlm_survey.site.drawing import Drawing
from vlm_survey.site.fragment import render_fragment
from vlm_survey.site.frame import Frame
from vlm_survey.site.handwritten import filled, parts_of
from vlm_survey.site.kept import Kept
from vlm_survey.site.page import Page, SiteFile, file_kinds, page_kinds
from vlm_survey.site.pieces import Pieces
from vlm_survey.views.edition import Edition
from vlm_survey.views.history import last_changes


@dataclasses.dataclass
class _Source:
    """Some of the site's pages and files.

    Attributes:
        below: What all their paths begin with.
        make: Lists them.
        template: What shows the pages among them.
        is_listed: Whether search engines are told of its pages.
        section: Address of the page that the menu marks as current on them.
    """

    below: str
    make: Callable[[], Iterable[Page | SiteFile]]
    template: str = ""
    is_listed: bool = False
    section: str = ""

    @functools.cached_property
    def items(self) -> dict[str, Page | SiteFile]:
        """What it lists, by the paths."""
        found: dict[str, Page | SiteFile] = {}
        for item in self.make():
            found.setdefault(item.path, item)
        return found


class Plan:
    """The site of an edition: a row of sources, each listed when its files are wanted."""

    def __init__(
        self,
        edition: Edition,
        drawing: Drawing,
        pieces: Pieces,
        kept: Kept | None = None,
        keys: Mapping[str, bytes] | None = None,
    ) -> None:
        """List nothing yet.

        Args:
            kept: Where pages of records were kept.
            keys: Of these pages, by the ids of the records, as far as they are known.
        """
        self._edition, self._drawing, self._pieces = edition, drawing, pieces
        self._kept = kept or Kept("pages")
        self._keys = keys or {}
        self._at_hand: Mapping[str, bytes] = {}
        self._frames: dict[tuple[int, str], Frame] = {}
        self._sources = [
            _Source("", self._drawn, is_listed=True),
            *(
                _Source(
                    kind.below,
                    partial(kind.pages, edition),
                    kind.template,
                    kind.is_listed,
                    kind.section,
                )
                for kind in page_kinds()
            ),
            *(_Source(kind.below, partial(kind.files, edition)) for kind in file_kinds()),
            _Source("sitemap", self._sitemap),
        ]

    def content(self, path: str) -> bytes | None:
        """All of the file at `path`; None if there will be none."""
        source = self._source(path)
        if source is None:
            return None
        item = source.items[path]
        if isinstance(item, Page):
            return self._page(source, item)
        content = item.content()
        return content.encode() if isinstance(content, str) else content

    @functools.cached_property
    def paths(self) -> Collection[str]:
        """The paths of all files.

        Raises:
            CatalogError: A hand-written page asks for a part that there is none of.
        """
        return dict.fromkeys(itertools.chain.from_iterable(s.items for s in self._sources))

    @property
    def filled(self) -> int:
        """How many pages are filled from records."""
        return sum(len(source.items) for source in self._sources if source.template)

    def groups(self, piece: int) -> list[list[str]]:
        """All paths in groups, each for one process: what shares something, the rest in pieces."""
        shared: dict[str, list[str]] = {}
        others: list[str] = []
        for path in self.paths:
            item = self._item(path)
            if isinstance(item, SiteFile) and item.shares:
                shared.setdefault(item.shares, []).append(path)
            else:
                others.append(path)
        for group in shared.values():
            # Pages say what is in files, so these come first.
            group.sort(key=lambda path: path.endswith(".html"))
        pieces = [others[start : start + piece] for start in range(0, len(others), piece)]
        # What takes longest comes first, so that no process waits for another at the end.
        return [*shared.values(), *pieces]

    def _source(self, path: str) -> _Source | None:
        """Whatever lists the path first: a page by another's address would hide it."""
        for source in self._sources:
            if path.startswith(source.below) and path in source.items:
                return source
        return None

    def _item(self, path: str) -> Page | SiteFile | None:
        source = self._source(path)
        return source.items[path] if source else None

    def _drawn(self) -> Iterator[SiteFile]:
        for path in self._drawing.paths():
            if path.endswith(".html"):
                html = self._drawing.page(path)
                shared = {
                    part.shares for part in parts_of(html, path.removesuffix("index.html"))
                } - {""}
                make = partial(self._handwritten, path, html)
                yield SiteFile(path, make, "".join(sorted(shared)[:1]))
            else:
                yield SiteFile(path, partial(self._drawing.file, path))

    def _sitemap(self) -> Iterator[SiteFile]:
        paths = [path for source in self._sources if source.is_listed for path in source.items]
        urls = [path.removesuffix("index.html") for path in paths if path.endswith("index.html")]
        changed = partial(last_changes, self._edition)
        for name, make in sitemap.files(urls, self._edition.settings.site_url, changed):
            yield SiteFile(name, make)

    def _handwritten(self, path: str, html: str) -> str:
        url = path.removesuffix("index.html")
        return filled(html, url, self._edition, self._pieces.card)

    @contextlib.contextmanager
    def at_hand(self, paths: Iterable[str]) -> Iterator[Mapping[str, bytes]]:
        """Have at hand what was kept of these files, and keep what is made of them.

        What is yielded are the keys by which it is kept, by the ids of the records.
        """
        self._at_hand = {page.record: self._key(page) for page in self._of_records(paths)}
        self._kept.fetch(self._at_hand.values())
        yield self._at_hand
        self._kept.save()

    def prepare(self) -> None:
        """Work out what many files need, if they cannot do without, so that no two processes do."""
        for page in itertools.islice(self._of_records(self.paths), 1):
            self._key(page)

    def _of_records(self, paths: Iterable[str]) -> Iterator[Page]:
        for path in paths:
            item = self._item(path)
            if isinstance(item, Page) and item.record:
                yield item

    def _key(self, page: Page) -> bytes:
        known = self._keys.get(page.record)
        return known or self._kept.key(page.record, page.path, page.beside())

    def _page(self, source: _Source, page: Page) -> bytes:
        def texts() -> tuple[str, str, str, str]:
            content = page.content()
            card = self._pieces.card
            body = render_fragment(source.template, content.view, page.url, card)
            head = render_fragment("head.html", content.head, page.url, card)
            return escape(content.title), escape(content.description), body, head

        key = self._at_hand.get(page.record, b"")
        frame = self._frame(page.url.count("/"), source.section)
        return frame.fill(page.url, *self._kept.texts(key, texts))

    def _frame(self, depth: int, section: str) -> Frame:
        if (depth, section) not in self._frames:
            self._frames[depth, section] = self._drawing.frame(depth, section)
        return self._frames[depth, section]
