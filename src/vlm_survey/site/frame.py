"""The theme's frame of a page: drawn once, cut at its slots, filled for each page.

MkDocs draws a page at each depth of folders, whose title, description, address, head and content are the
slot marks below. Its HTML is cut there; a page joins the pieces with its own, escaped, in between.
"""

import itertools
import re
from pathlib import Path

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
        pieces = _SLOT.split(re.sub(r"\s*\n\s*", "\n", html))
        if not {TITLE, BODY, HEAD} <= set(pieces):
            raise CatalogError(
                "the theme's frame lacks a slot: does its main.html show page.meta.slot and head?"
            )
        self._between = [piece.encode() for piece in pieces[::2]]
        self._slots = pieces[1::2]

    def fill(
        self, url: str, title: bytes, description: bytes, content: bytes, head: bytes
    ) -> bytes:
        """The whole page at `url`, with `content` in the middle and `head` at the end of its head.

        All are HTML.
        """
        texts = {TITLE: title, DESCRIPTION: description, BODY: content, HEAD: head}
        # A slot that is no text is the page's address.
        address = url.encode()
        filled = [texts.get(slot, address) for slot in self._slots]
        return b"".join(itertools.chain(*zip(self._between, [*filled, b""], strict=True)))
