"""Putting the catalog's parts into hand-written pages, after MkDocs has drawn them.

A page asks for a part with `<!-- catalog: name -->`, and links to a record with `<!-- record: id -->`.
"""

import re
from pathlib import Path

from vlm_survey.errors import CatalogError
from vlm_survey.site.fragment import render_fragment
from vlm_survey.site.page import parts
from vlm_survey.views.edition import Edition

_REQUEST = re.compile(r"<!-- (catalog|record): ([a-z0-9-]+) -->")


def fill_parts(edition: Edition, site: Path) -> None:
    """Answer what the pages in the folder `site` ask for.

    Raises:
        CatalogError: There is no such part or record.
    """
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        if _REQUEST.search(html):
            url = path.relative_to(site).as_posix().removesuffix("index.html")
            path.write_text(_filled(html, url, edition), encoding="utf-8")


def _filled(html: str, url: str, edition: Edition) -> str:
    def answer(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == "record":
            if name not in edition.catalog:
                raise CatalogError(
                    f"docs: page {url!r} links to a record that is not there: {name!r}"
                )
            return render_fragment("record_link.html", edition.catalog[name], url).strip()
        if name not in parts():
            known = ", ".join(parts())
            raise CatalogError(f"docs: no part is named {name!r}; use one of: {known}")
        part = parts()[name]
        return render_fragment(part.template, part.content(edition), url)

    return _REQUEST.sub(answer, html)
