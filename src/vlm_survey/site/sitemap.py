"""The list of all pages for search engines. Source: https://www.sitemaps.org/protocol.html."""

import datetime
import urllib.parse
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

MOST = 50_000
"""Pages that one list may hold."""

Changes = Callable[[], Mapping[str, datetime.date]]
"""Address -> day of the last change, where that is known."""


def files(
    addresses: Sequence[str], site_url: str, changed: Changes
) -> Iterator[tuple[str, Callable[[], str]]]:
    """Name of each list, with what makes its text; none for a site that nobody knows the place of.

    A longer list is cut into several, and the first names the others.

    Args:
        addresses: Of all pages, relative to the site's root.
        site_url: Where it will be hosted.
    """
    if not site_url:
        return
    base = site_url.rstrip("/") + "/"
    pages = sorted(addresses)
    pieces = [pages[start : start + MOST] for start in range(0, len(pages), MOST)] or [[]]
    if len(pieces) == 1:
        yield "sitemap.xml", partial(_pages, pieces[0], base, changed)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(pieces) + 1)]
    yield "sitemap.xml", partial(_index, names, base)
    for name, piece in zip(names, pieces, strict=True):
        yield name, partial(_pages, piece, base, changed)


def _index(names: list[str], base: str) -> str:
    return _text(
        "sitemapindex", [f"  <sitemap>{_location(base, name)}</sitemap>" for name in names]
    )


def _pages(pages: Sequence[str], base: str, changed: Changes) -> str:
    days = changed()
    return _text("urlset", [f"  <url>{_entry(base, page, days.get(page))}</url>" for page in pages])


def _text(element: str, lines: list[str]) -> str:
    whole = [f'<{element} xmlns="{_NAMESPACE}">', *lines, f"</{element}>"]
    return _HEAD + "\n".join(whole) + "\n"


def _entry(base: str, page: str, day: datetime.date | None) -> str:
    date = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"{_location(base, page)}{date}"


def _location(base: str, path: str) -> str:
    return f"<loc>{escape(base + urllib.parse.quote(path))}</loc>"
