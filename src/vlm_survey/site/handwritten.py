"""Putting the catalog's parts into hand-written pages, after MkDocs has drawn them.

A page asks for a part with `<!-- catalog: name -->`, and links to a record with `<!-- record: id -->`.
Markdown ends a paragraph at a comment that begins a line, so a link to a record must not begin one.
"""

import re

from vlm_survey.errors import CatalogError
from vlm_survey.site.fragment import Card, render_fragment
from vlm_survey.site.page import Part, parts
from vlm_survey.views.edition import Edition

_REQUEST = re.compile(r"<!--\s*(catalog|record)\s*:\s*(.*?)\s*-->", re.IGNORECASE)
"""Also as people write it by mistake: a comment that nobody answers would be missed by nobody."""


_TORN = re.compile(r"^[ \t]*(<!--\s*record\s*:.*?-->)", re.IGNORECASE | re.MULTILINE)


def parts_of(html: str, url: str) -> list[Part]:
    """The parts that the page at `url` asks for.

    Raises:
        CatalogError: There is no such part.
    """
    return [_part(name, url) for kind, name in _REQUEST.findall(html) if kind.lower() == "catalog"]


def filled(html: str, url: str, edition: Edition, card: Card) -> str:
    """The page at `url` with all that it asks for.

    Raises:
        CatalogError: There is no such part or record, or a link to a record begins a line.
    """
    if torn := _TORN.search(html):
        raise CatalogError(
            f"docs: page {url!r}: {torn[1]} begins a line, where Markdown would end the paragraph; "
            "put it after a word on the same line"
        )

    def answer(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind.lower() == "catalog":
            part = _part(name, url)
            return render_fragment(part.template, part.content(edition), url, card)
        if name not in edition.catalog:
            raise CatalogError(f"docs: page {url!r} links to a record that is not there: {name!r}")
        return render_fragment("record_link.html", edition.catalog[name], url, card).strip()

    return _REQUEST.sub(answer, html)


def _part(name: str, url: str) -> Part:
    if name not in parts():
        known = ", ".join(parts())
        raise CatalogError(f"docs: page {url!r}: no part is named {name!r}; use one of: {known}")
    return parts()[name]
