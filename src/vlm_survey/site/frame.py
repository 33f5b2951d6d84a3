"""The theme's frame of a page: drawn once, cut at its slots, filled for each page.

MkDocs draws a page at each depth of folders, whose title, description, address, head and content are the
slot marks below. Its HTML is cut there; a page joins the pieces with its own, escaped, in between.
"""

import itertools
import json
import re
from collections.abc import Iterable
from pathlib import Path

from vlm_survey.errors import CatalogError

TITLE = "catalogslottitle"
DESCRIPTION = "catalogslotdescription"
BODY = "catalogslotbody"
HEAD = "catalogslothead"
FOLDER = "catalogslotfolder"
MENU = "catalogslotmenu"

DEEPEST = 8
"""So many folders deep a page may lie."""

_SLOT = re.compile(f"({TITLE}|{DESCRIPTION}|{BODY}|{HEAD}|{FOLDER}(?:/{FOLDER})*/)")
_MENU = re.compile(f"{MENU}:(.*?):(.*?):{MENU}", re.DOTALL)
"""A section and the menu that marks it as current; the theme draws one for each section."""
_SOURCE = f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nslot: {BODY}\nhead: {HEAD}\nhide: [navigation, toc]\n"


def write_stubs(docs: Path, sections: Iterable[str]) -> None:
    """Add the pages that become frames to the sources of MkDocs.

    Args:
        sections: The pages in the menu that a filled page can belong to.
    """
    source = f"{_SOURCE}sections: {json.dumps(sorted(sections))}\n---\n"
    for depth in range(1, DEEPEST + 1):
        path = docs / (f"{FOLDER}/" * depth + "index.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")


class Frame:
    """A drawn frame, ready to be filled."""

    def __init__(self, html: str, section: str) -> None:
        """Cut `html` at its slots, with the menu that marks `section` as current.

        Raises:
            CatalogError: The theme left out the title or the content.
        """
        # Lines and indents are for those who write templates, and each page would carry them.
        html = _MENU.sub(lambda menu: menu[2] if menu[1] == section else "", html)
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
