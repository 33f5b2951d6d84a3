"""The theme's frame of a page: drawn once, cut at its slots, filled for each page.

MkDocs draws a page at each depth of folders, whose title, description, address, head and content are the
slot marks below. Its HTML is cut there; a page joins the pieces with its own, escaped, in between.
"""

import re
from pathlib import Path

from markupsafe import Markup, escape

from vlm_survey.errors import CatalogError

TITLE = "catalogslottitle"
DESCRIPTION = "catalogslotdescription"
BODY = "catalogslotbody"
HEAD = "catalogslothead"
FOLDER = "catalogslotfolder"

DEEPEST = 8
"""So many folders deep a page may lie."""

_SLOT = re.compile(f"({TITLE}|{DESCRIPTION}|{BODY}|{HEAD}|{FOLDER}(?:/{FOLDER})*/)")
_SOURCE = f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nslot: {BODY}\nhead: {HEAD}\nhide: [navigation, toc]\n---\n"


def write_stubs(docs: Path) -> None:
    """Put the pages that become frames among the sources of MkDocs."""
    for depth in range(1, DEEPEST + 1):
        path = docs / (f"{FOLDER}/" * depth + "index.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_SOURCE, encoding="utf-8")


class Frame:
    """A drawn frame, ready to be filled."""

    def __init__(self, html: str) -> None:
        """Cut `html` at its slots.

        Raises:
            CatalogError: The theme left out the title or the content.
        """
        # Lines and indents are for those who write templates, and each page would carry them.
        self._pieces = _SLOT.split(re.sub(r"\s*\n\s*", "\n", html))
        if not {TITLE, BODY, HEAD} <= set(self._pieces):
            raise CatalogError(
                "the theme's frame lacks a slot: does its main.html show page.meta.slot and head?"
            )

    def fill(self, url: str, title: str, description: str, content: Markup, head: Markup) -> str:
        """The whole page at `url`, with `content` in the middle and `head` at the end of its head."""
        texts = {
            TITLE: str(escape(title)),
            DESCRIPTION: str(escape(description)),
            BODY: str(content),
            HEAD: str(head),
        }
        # Every second piece is a slot; one that is no text is the page's address.
        return "".join(
            texts.get(piece, url) if position % 2 else piece
            for position, piece in enumerate(self._pieces)
        )
