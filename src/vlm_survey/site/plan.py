"""Everything that a site consists of, listed before it is made."""

import dataclasses
from collections.abc import Callable, Iterator
from functools import partial

from vlm_survey.errors import CatalogError
from vlm_survey.site import sitemap
from vlm_survey.site.drawing import Drawing
from vlm_survey.site.fragment import render_fragment
from vlm_survey.site.frame import DEEPEST, Frame
from vlm_survey.site.handwritten import filled, parts_of
from vlm_survey.site.page import Page, file_kinds, page_kinds
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
    """

    path: str
    make: Callable[[], str | bytes]
    shares: str = ""

    def content(self) -> bytes:
        """All of it."""
        content = self.make()
        return content.encode() if isinstance(content, str) else content


class Plan:
    """The site of an edition.

    Attributes:
        outputs: All files by their paths.
        filled: How many of them are pages filled from records.
    """

    def __init__(self, edition: Edition, drawing: Drawing, pieces: Pieces) -> None:
        """List what the site will consist of.

        Raises:
            CatalogError: A hand-written page asks for a part that there is none of.
        """
        self._edition, self._drawing, self._pieces = edition, drawing, pieces
        self._frames = drawing.frames()
        self.filled = 0
        listed: list[str] = []
        self.outputs: dict[str, Output] = {}
        for output in self._drawn():
            self._add(output)
            listed.append(output.path)
        for page_kind in page_kinds():
            for page in page_kind.pages(edition):
                path = f"{page.url}index.html"
                self._add(Output(path, partial(self._page, page_kind.template, page)))
                self.filled += 1
                if page_kind.is_listed:
                    listed.append(path)
        for file_kind in file_kinds():
            for file in file_kind.files(edition):
                self._add(Output(file.path, file.content, file_kind.shares))
        urls = [p.removesuffix("index.html") for p in listed if p.endswith("index.html")]
        for name, make in sitemap.files(urls, drawing.hosted_at, partial(last_changes, edition)):
            self._add(Output(name, make))

    def _add(self, output: Output) -> None:
        # A page by another's address would hide it: the first one stays.
        self.outputs.setdefault(output.path, output)

    def _drawn(self) -> Iterator[Output]:
        for path in self._drawing.paths():
            if path.endswith(".html"):
                html = self._drawing.page(path)
                shared = {part.shares for part in parts_of(html)} - {""}
                yield Output(path, partial(self._handwritten, path, html), *sorted(shared)[:1])
            else:
                yield Output(path, partial(self._drawing.file, path))

    def _handwritten(self, path: str, html: str) -> str:
        url = path.removesuffix("index.html")
        return filled(html, url, self._edition, self._pieces.card)

    def _page(self, template: str, page: Page) -> str:
        content = page.content()
        card = self._pieces.card
        return self._frame(page.url).fill(
            page.url,
            content.title,
            content.description,
            render_fragment(template, content.view, page.url, card),
            render_fragment("head.html", content.head, page.url, card),
        )

    def _frame(self, url: str) -> Frame:
        depth = url.count("/")
        if depth not in self._frames:
            raise CatalogError(f"{url}: pages lie at most {DEEPEST} folders deep")
        return self._frames[depth]

    def in_order(self, piece: int) -> list[list[Output]]:
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
