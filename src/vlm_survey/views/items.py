"""A record as one item of a list."""

import dataclasses
import functools
from collections.abc import Iterable
from typing import NamedTuple

from vlm_survey.exports.coins import coins
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.model.url import Url
from vlm_survey.views.search import folded_words

HUES = 4
"""So many colours there are for facets; more facets take them in turn."""

LINK_LABELS = {
    "paper": "Paper",
    "pdf": "PDF",
    "code": "Code",
    "weights": "Weights",
    "data": "Data",
    "project": "Project",
}


@dataclasses.dataclass(frozen=True)
class Tag:
    """A term on a record. `hue` is the number of its facet's colour."""

    facet: str
    term: str
    name: str
    definition: str
    evidence: str | None
    hue: int


class Named(NamedTuple):
    """A record that is named with a link; without an id, one that is no longer there."""

    id: str
    title: str


@dataclasses.dataclass(frozen=True)
class Link:
    """An address with what it leads to."""

    label: str
    url: Url


@dataclasses.dataclass(frozen=True)
class Item:
    """What a list shows of a record; empty texts where nothing is known.

    Attributes:
        name: See `short_name`.
        authors: As a citation in a text names them.
        links: All that lead elsewhere than `primary_link`.
        tags: Facet by facet in the taxonomy's order, the main term of each first.
        coins: What reference managers find in a list.
    """

    id: str
    title: str
    name: str
    authors: str
    venue: str
    year: str
    kind: str
    summary: str
    primary_link: Url | None
    links: tuple[Link, ...]
    tags: tuple[Tag, ...]
    coins: str


def item(record: Record, catalog: Catalog) -> Item:
    """The list item of `record`."""
    taxonomy = catalog.taxonomy
    venue = taxonomy.venues.get(record.venue) if record.venue else None
    primary = record.primary_link
    return Item(
        id=record.id,
        title=record.title,
        name=short_name(record),
        authors=short_authors(record),
        venue=venue.short if venue else "",
        year=str(record.year or ""),
        kind=taxonomy.term("kind", record.kind).name if record.kind else "",
        summary=record.summary or "",
        primary_link=primary,
        links=tuple(link for link in links(record) if link.url != primary),
        tags=tuple(tag for facet in taxonomy.facets for tag in tags(record, facet, catalog)),
        coins=coins(record, catalog),
    )


def tags(record: Record, facet_id: str, catalog: Catalog) -> tuple[Tag, ...]:
    """The record's terms on a facet, in its own order: the main one first."""
    taxonomy = catalog.taxonomy
    hue = hue_of(facet_id, taxonomy)
    found = [
        (taxonomy.term(facet_id, term_id), term_id, evidence)
        for term_id, evidence in record.evidence(facet_id).items()
    ]
    return tuple(
        Tag(facet_id, term_id, term.name, term.definition, evidence, hue)
        for term, term_id, evidence in found
    )


def hue_of(field_id: str, taxonomy: Taxonomy) -> int:
    """The number of a facet's colour; 0 for a field that is no facet."""
    facets = list(taxonomy.facets)
    return facets.index(field_id) % HUES + 1 if field_id in facets else 0


def links(record: Record) -> tuple[Link, ...]:
    """Where the work is found, without naming one page twice."""
    found = [Link(LINK_LABELS[name], url) for name, url in record.links.named()]
    doi, arxiv = record.identifiers.doi, record.identifiers.arxiv
    if doi and not record.links.paper:
        found.insert(0, Link("Paper", Url(doi.url)))
    if arxiv and Url(arxiv.url) not in {link.url for link in found}:
        found.append(Link("arXiv", Url(arxiv.url)))
    return tuple(found)


def short_name(record: Record) -> str:
    """The model's short name, where the title does not say it."""
    return record.name if record.name and record.name not in record.title else ""


def short_authors(record: Record) -> str:
    """The authors as a citation in a text names them."""
    families = [name.family for name in record.authors]
    if len(families) > 2:
        return f"{families[0]} et al."
    return " and ".join(families)


def by_title(records: Iterable[Record]) -> list[Record]:
    """The records as a reader looks them up: by title, without case, accents and signs."""
    return sorted(records, key=lambda record: (_sorted_by(record.title), record.id))


def newest_first(records: Iterable[Record]) -> list[Record]:
    """The records by year and month, newest first, then by title: the default order of lists."""
    return sorted(by_title(records), key=lambda record: (-(record.year or 0), -(record.month or 0)))


@functools.lru_cache(maxsize=1 << 16)
def _sorted_by(title: str) -> str:
    # A blank comes before all letters: so shorter words do.
    return " ".join(folded_words(title))
