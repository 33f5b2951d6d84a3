"""Everything that a site consists of, listed before it is made."""

import contextlib
import dataclasses
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from markupsafe import escape

from vlm_survey.errors import CatalogError
from vlm_survey.site import sitemap
from vlm_survey.site.drawing import Drawing
from vlm_survey.site.fragment import render_fragment
from vlm_survey.site.frame import DEEPEST, Frame
from vlm_survey.site.handwritten import filled, parts_of
from vlm_survey.site.kept import Kept
from vlm_survey.site.page import FileKind, Page, PageKind, file_kinds, page_kinds
from vlm_survey.site.pieces import Pieces
from vlm_survey.views.edition import Edition
from vlm_survey.views.history import last_changes


@dataclasses.dataclass(frozen=True, slots=True)
class Output:
    """A file that will be.

    Attributes:
        path: Relative to the site's root.
        make: Makes all of it; a text is written as UTF-8.
        shares: Names what it is made of, if that is worth working out but once for several.
        record: Id of the one record that it is about, if it is kept from build to build.
        beside: Makes what it shows besides that record.
    """

    path: str
    make: Callable[[], str | bytes]
    shares: str = ""
    record: str = ""
    beside: Callable[[], object] = lambda: None

    def content(self) -> bytes:
        """All of it."""
        content = self.make()
        return content.encode() if isinstance(content, str) else content


@dataclasses.dataclass
class _Source:
    """Some of the files.

    Attributes:
        below: What all their paths begin with.
        make: Lists them.
        is_listed: Whether search engines are told of their pages.
        is_filled: Whether these are pages filled from records.
    """

    below: str
    make: Callable[[], Iterable[Output]]
    is_listed: bool = False
    is_filled: bool = False

    @functools.cached_property
    def outputs(self) -> dict[str, Output]:
        """The files by their paths."""
        found: dict[str, Output] = {}
        for output in self.make():
            found.setdefault(output.path, output)
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
        self._sources = [
            _Source("", self._drawn, is_listed=True),
            *(
                _Source(kind.below, partial(self._pages, kind), kind.is_listed, is_filled=True)
                for kind in page_kinds()
            ),
            *(_Source(kind.below, partial(self._files, kind)) for kind in file_kinds()),
            _Source("sitemap", self._sitemap),
        ]

    def find(self, path: str) -> Output | None:
        """The file at `path`, if there will be one."""
        for source in self._sources:
            if path.startswith(source.below) and path in source.outputs:
                return source.outputs[path]
        return None

    @functools.cached_property
    def outputs(self) -> dict[str, Output]:
        """All files by their paths.

        Raises:
            CatalogError: A hand-written page asks for a part that there is none of.
        """
        found: dict[str, Output] = {}
        for source in self._sources:
            # A page by another's address would hide it: the first one stays.
            found = source.outputs | found
        return found

    @property
    def filled(self) -> int:
        """How many pages are filled from records."""
        return sum(len(source.outputs) for source in self._sources if source.is_filled)

    def groups(self, piece: int) -> list[list[Output]]:
        """All outputs in groups, each for one process: what shares something, the rest in pieces."""
        shared: dict[str, list[Output]] = {}
        others: list[Output] = []
        for output in self.outputs.values():
            if output.shares:
                shared.setdefault(output.shares, []).append(output)
            else:
                others.append(output)
        for group in shared.values():
            # Pages say what is in files, so these come first.
            group.sort(key=lambda output: output.path.endswith(".html"))
        pieces = [others[start : start + piece] for start in range(0, len(others), piece)]
        # What takes longest comes first, so that no process waits for another at the end.
        return [*shared.values(), *pieces]

    def _drawn(self) -> Iterator[Output]:
        for path in self._drawing.paths():
            if path.endswith(".html"):
                html = self._drawing.page(path)
                shared = {part.shares for part in parts_of(html)} - {""}
                yield Output(
                    path, partial(self._handwritten, path, html), "".join(sorted(shared)[:1])
                )
            else:
                yield Output(path, partial(self._drawing.file, path))

    def _pages(self, kind: PageKind) -> Iterator[Output]:
        for page in kind.pages(self._edition):
            make = partial(self._page, kind.template, page)
            yield Output(f"{page.url}index.html", make, "", page.record, page.beside)

    def _files(self, kind: FileKind) -> Iterator[Output]:
        for file in kind.files(self._edition):
            yield Output(file.path, file.content, kind.shares)

    def _sitemap(self) -> Iterator[Output]:
        paths = [path for source in self._sources if source.is_listed for path in source.outputs]
        urls = [path.removesuffix("index.html") for path in paths if path.endswith("index.html")]
        changed = partial(last_changes, self._edition)
        for name, make in sitemap.files(urls, self._edition.settings.site_url, changed):
            yield Output(name, make)

    def _handwritten(self, path: str, html: str) -> str:
        url = path.removesuffix("index.html")
        return filled(html, url, self._edition, self._pieces.card)

    @contextlib.contextmanager
    def at_hand(self, outputs: Iterable[Output]) -> Iterator[Mapping[str, bytes]]:
        """Have at hand what was kept of these files, and keep what is made of them.

        What is yielded are the keys by which it is kept, by the ids of the records.
        """
        self._at_hand = {output.record: self._key(output) for output in outputs if output.record}
        self._kept.fetch(self._at_hand.values())
        yield self._at_hand
        self._kept.save()

    def prepare(self) -> None:
        """Work out what many files need, if they cannot do without, so that no two processes do."""
        of_records = (output for output in self.outputs.values() if output.record)
        for output in itertools.islice(of_records, 1):
            self._key(output)

    def _key(self, output: Output) -> bytes:
        known = self._keys.get(output.record)
        return known or self._kept.key(output.record, output.path, output.beside())

    def _page(self, template: str, page: Page) -> bytes:
        def texts() -> tuple[str, str, str, str]:
            content = page.content()
            card = self._pieces.card
            body = render_fragment(template, content.view, page.url, card)
            head = render_fragment("head.html", content.head, page.url, card)
            return escape(content.title), escape(content.description), body, head

        key = self._at_hand.get(page.record, b"")
        return self._frame(page.url).fill(page.url, *self._kept.texts(key, texts))

    @functools.cached_property
    def _frames(self) -> dict[int, Frame]:
        return self._drawing.frames()

    def _frame(self, url: str) -> Frame:
        depth = url.count("/")
        if depth not in self._frames:
            raise CatalogError(f"{url}: pages lie at most {DEEPEST} folders deep")
        return self._frames[depth]
