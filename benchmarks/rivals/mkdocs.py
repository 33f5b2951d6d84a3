"""The same content by MkDocs with Material: a Markdown page for each record and each term.

The pages stand in no navigation, since with it MkDocs takes quadratic time. Its search is as it comes.
"""

import html
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path

from vlm_survey.urls import root_from
from vlm_survey.views.edition import Edition
from vlm_survey.views.items import Item, item
from vlm_survey.views.record import FacetTags
from vlm_survey.views.record_page import RecordPage
from vlm_survey.views.terms import TermView, term_parts, term_view

_NOT_STATED = "*not stated*"


def version() -> str:
    """The versions of MkDocs and its theme."""
    return f"{metadata.version('mkdocs')} with Material {metadata.version('mkdocs-material')}"


def command(root: Path) -> Sequence[str]:
    """Build the site that was prepared in `root` into its `site/`."""
    return [
        sys.executable,
        "-m",
        "mkdocs",
        "--quiet",
        "build",
        "--config-file",
        str(root / "mkdocs.yml"),
    ]


def prepare(pages: Iterable[RecordPage], edition: Edition, root: Path) -> None:
    """Write MkDocs' input into the new folder `root`.

    Args:
        pages: What the records' pages show.
        edition: The catalog.
        root: Where to.
    """
    settings = {
        "site_name": edition.settings.name,
        "site_url": edition.settings.site_url,
        "theme": {"name": "material", "font": False},
        "nav": [{"Home": "index.md"}],
        "not_in_nav": "/papers/\n/terms/\n",
    }
    # What is JSON is YAML, too.
    _write(root / "mkdocs.yml", json.dumps(settings))
    _write(root / "docs" / "index.md", "# Home\n\nThe papers.\n")
    for page in pages:
        _write(root / "docs" / "papers" / f"{page.record.item.id}.md", record_text(page))
    for field, facet in edition.catalog.taxonomy.vocabulary.items():
        for term in facet.terms:
            for number, url in enumerate(term_parts(field, term, edition.catalog), 1):
                view = term_view(field, term, edition.catalog, number)
                path = root / "docs" / f"{url.rstrip('/')}.md"
                _write(path, term_text(view, edition))


def record_text(page: RecordPage) -> str:
    """The Markdown page of a record."""
    view, item = page.record, page.record.item
    authors = (*view.authors, *view.more_authors)
    domain = view.domain.name if view.domain else ""
    parts = [
        _head(item.title, item.summary or item.title),
        f"# {escape(item.title)}",
        escape(", ".join(author.name for author in authors)) or f"Authors {_NOT_STATED}",
        escape(_dotted(f"{item.venue} {item.year}".strip(), item.kind, domain)),
        " ".join(_outward(link.label, link.url) for link in view.links),
        escape(item.summary),
        "" if view.is_checked else "**Incomplete.** This record was imported.",
        f"**Note.** {escape(view.note)}" if view.note else "",
        "## Tags",
        *map(_tags, view.facets),
        "## Models and data sets",
        _list("Builds on", (f"[{escape(base.name)}]({base.id}.md)" for base in page.beside.bases)),
        _list(
            "Built on by",
            (f"[{escape(model.name)}]({model.id}.md)" for model in page.beside.descendants),
        ),
        "## Facts",
        _list("Name", [escape(view.name)]),
        _list("Published in", [escape(view.venue_name)]),
        _list("Identifiers", (_outward(link.label, link.url) for link in view.identifiers)),
        _list("Sources", (_outward(link.label, link.url) for link in view.sources)),
        _list("Record", [f"{view.status}, added {view.added}, `{view.file}`"]),
        "## Cite",
        escape(page.reference),
        *(f"### {text.name}\n\n~~~~~~\n{text.text}\n~~~~~~" for text in page.citations),
        "## Related papers" if page.beside.related else "",
        "\n".join(
            f"- [{escape(other.title)}]({other.id}.md) {escape(other.published)}: "
            f"{escape('; '.join(other.reasons))}"
            for other in page.beside.related
        ),
        *(
            f"## {escape(row.section)}, number {row.number}, as printed\n\n"
            + "\n".join(f"- {name}: {escape(value)}" for name, value in row.printed)
            for row in view.survey
        ),
    ]
    return _joined(parts)


def term_text(view: TermView, edition: Edition) -> str:
    """The Markdown page of a term, or of a part of its papers."""
    papers, root = view.papers, root_from(view.papers.url.rstrip("/"))
    name = f"{view.term.name} ({view.field_name})"
    sources = (_outward(source.label, source.url) for source in view.term.sources)
    entry = [
        escape(view.term.definition),
        _list("Decision rule", [escape(view.term.rule)]),
        _list("Looks alike", [escape(view.term.look_alike)]),
        _list("Also called", map(escape, view.term.aliases)),
        _list("Sources", sources),
        *(
            _list(found.field_name, (f"{escape(term.name)} {term.count}" for term in found.terms))
            for found in view.partners
        ),
        "## By year",
        ", ".join(f"{year}: {count}" for year, count, _ in view.years),
    ]
    parts = (f"[{n}]({root}{url.rstrip('/')}.md)" for n, url in enumerate(papers.parts, 1))
    return _joined(
        [
            _head(name, view.term.definition),
            f"# {escape(view.term.name)}",
            *(entry if papers.number == 1 else ()),
            f"## Papers: {view.count} of {view.total}",
            *(_card(item(edition.catalog[paper], edition.catalog), root) for paper in papers.ids),
            " ".join(parts) if len(papers.parts) > 1 else "",
        ]
    )


def escape(text: str) -> str:
    r"""`text` as Markdown that shows exactly it, wherever in a paragraph it stands.

    >>> print(escape("1. a *b* <i> & {{ c }}"))
    1\. a \*b\* &lt;i&gt; &amp; \{\{ c \}\}
    """
    text = re.sub(r"[\\`*_{}\[\]]", r"\\\g<0>", text)
    text = re.sub(r"^(\d*)([.#+:~-])", r"\1\\\2", text)
    return html.escape(text, quote=False)


def _card(item: Item, root: str) -> str:
    facts = _dotted(item.name, item.authors, f"{item.venue} {item.year}".strip(), item.kind)
    tags = (f"[{escape(tag.name)}]({root}terms/{tag.facet}/{tag.term}.md)" for tag in item.tags)
    links = [_outward(link.label, link.url) for link in item.links]
    if item.primary_link:
        links.insert(0, _outward("Paper", item.primary_link))
    parts = [
        f"### [{escape(item.title)}]({root}papers/{item.id}.md)",
        escape(facts),
        escape(item.summary),
        " ".join((*tags, *links)),
    ]
    return "\n\n".join(filter(None, parts))


def _tags(facet: FacetTags) -> str:
    if not facet.tags:
        return f"### {facet.name}\n\n{facet.state}"
    lines = (
        f"- [{escape(tag.name)}](../terms/{tag.facet}/{tag.term}.md): "
        f"{escape(tag.evidence or 'no evidence noted yet')}"
        for tag in facet.tags
    )
    return f"### {facet.name}\n\n" + "\n".join(lines)


def _list(name: str, values: Iterable[str]) -> str:
    return f"**{name}** " + (", ".join(filter(None, values)) or _NOT_STATED)


def _outward(label: str, url: str) -> str:
    return f"[{escape(label)}](<{url}>)"


def _dotted(*facts: str) -> str:
    return " · ".join(filter(None, facts))


def _head(title: str, description: str) -> str:
    # The theme writes both into HTML as they are.
    head = {"title": html.escape(title), "description": html.escape(description)}
    lines: Iterator[str] = (f"{name}: {json.dumps(text)}" for name, text in head.items())
    return "---\n" + "\n".join(lines) + "\n---"


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, parts)) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
