"""The theme's frame of a page: drawn once, cut at its slots, filled for each page.

MkDocs draws one page at each depth whose title, description, address, head and content are the slot marks
below. Its HTML is cut there; a page joins the pieces with its own, escaped, in between.
"""

import re
from pathlib import Path

from markupsafe import Markup, escape

from vlm_survey.errors import CatalogError
from vlm_survey.site.page import Page

TITLE = "catalogslottitle"
DESCRIPTION = "catalogslotdescription"
BODY = "catalogslotbody"
HEAD = "catalogslothead"
FOLDER = "catalogslotfolder"

_SLOT = re.compile(f"({TITLE}|{DESCRIPTION}|{BODY}|{HEAD}|{FOLDER}(?:/{FOLDER})*/)")
_SOURCE = f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nslot: {BODY}\nhead: {HEAD}\nhide: [navigation, toc]\n---\n"


def stub_path(depth: int) -> str:
    """Where the frame's stub lies among the sources, so that it is drawn `depth` folders deep."""
    return f"{FOLDER}/" * depth + "index.md"


def write_stub(docs: Path, depth: int) -> None:
    """Put the page that becomes the frame for `depth` among the sources of MkDocs."""
    path = docs / stub_path(depth)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_SOURCE, encoding="utf-8")


class Frame:
    """A drawn frame, ready to be filled."""

    def __init__(self, html: str) -> None:
        """Cut `html` at its slots.

        Raises:
            CatalogError: The theme left out the title or the content.
        """
        self._pieces = _SLOT.split(html)
        if not {TITLE, BODY, HEAD} <= set(self._pieces):
            raise CatalogError(
                "the theme's frame lacks a slot: does its main.html show page.meta.slot and head?"
            )

    @classmethod
    def drawn_in(cls, site: Path, depth: int) -> "Frame":
        """The frame that MkDocs drew from the stub for `depth`."""
        path = site / stub_path(depth).replace("index.md", "index.html")
        return cls(path.read_text(encoding="utf-8"))

    def fill(self, page: Page, content: Markup, head: Markup) -> str:
        """The whole page, with `content` in the middle and `head` at the end of its head."""
        texts = {
            TITLE: str(escape(page.title)),
            DESCRIPTION: str(escape(page.description)),
            BODY: str(content),
            HEAD: str(head),
        }
        # Every second piece is a slot; one that is no text is the page's address.
        return "".join(
            texts.get(piece, page.url) if position % 2 else piece
            for position, piece in enumerate(self._pieces)
        )
