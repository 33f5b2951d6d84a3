"""What a record's page shows."""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.completeness import owed_by
from vlm_survey.model.identifiers import arxiv_id_in, doi_in
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.model.url import Url
from vlm_survey.model.value import Slug
from vlm_survey.urls import dataset_url, term_url, venue_url, year_url
from vlm_survey.views.choices import STATUS_DEFINITIONS
from vlm_survey.views.items import Item, Link, Tag, item, links, tags
from vlm_survey.views.lists import author_link
from vlm_survey.views.terms import STATE_NAMES

FIRST_AUTHORS = 20
"""So many are shown at once; some papers have hundreds."""


@dataclasses.dataclass(frozen=True)
class FacetTags:
    """A record's terms on one facet.

    Attributes:
        name: The facet's.
        definition: The facet's.
        tags: The terms.
        state: What the page shows if there is no term.
    """

    name: str
    definition: str
    tags: tuple[Tag, ...]
    state: str


class Relative(NamedTuple):
    """A record that this one builds on, or that builds on it. `year` is empty if it is not known."""

    id: str
    title: str
    name: str
    year: str


@dataclasses.dataclass(frozen=True)
class Value:
    """The record's kind or domain: what the field is called, the term's name, and its page."""

    label: str
    name: str
    url: str


@dataclasses.dataclass(frozen=True)
class DatasetUse:
    """A data set that the paper uses. `url` is its page."""

    name: str
    role: str
    url: str


@dataclasses.dataclass(frozen=True)
class Author:
    """A name as it is read, with the address of the person's papers; empty where there is none."""

    name: str
    url: str


@dataclasses.dataclass(frozen=True)
class SurveyRow:
    """A row of the survey's list, as printed, field by field."""

    section: str
    number: int
    printed: tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True)
class RecordView:
    """All that the page says. Empty tuples and texts mean that nothing is known.

    Attributes:
        more_authors: Those after the first 20.
        domain: None if the taxonomy has no domains.
        links: Where the work is found.
        elsewhere: Pages of others about it, whose addresses follow from its identifiers.
        sources: The pages where the facts were seen, with short labels.
        status_definition: What the status means.
        is_checked: Whether somebody has seen its facts at their sources.
        missing: What it lacks to be complete, in words.
    """

    item: Item
    authors: tuple[Author, ...]
    more_authors: tuple[Author, ...]
    venue_name: str
    venue_url: str
    year_url: str
    kind: Value
    domain: Value | None
    name: str
    identifiers: tuple[Link, ...]
    links: tuple[Link, ...]
    elsewhere: tuple[Link, ...]
    facets: tuple[FacetTags, ...]
    datasets: tuple[DatasetUse, ...]
    asks_datasets: bool
    survey: tuple[SurveyRow, ...]
    sources: tuple[Link, ...]
    note: str
    status: str
    status_definition: str
    is_checked: bool
    missing: tuple[str, ...]
    added: str
    file: str


def record_view(record: Record, catalog: Catalog) -> RecordView:
    """The page of `record`."""
    taxonomy = catalog.taxonomy
    venue = taxonomy.venues.get(record.venue) if record.venue else None
    arxiv = record.identifiers.arxiv
    authors = tuple(Author(name.display, author_link(name, catalog)) for name in record.authors)
    return RecordView(
        item=item(record, catalog),
        authors=authors[:FIRST_AUTHORS],
        more_authors=authors[FIRST_AUTHORS:],
        venue_name=venue.name if venue else "",
        venue_url=venue_url(record.venue) if record.venue else "",
        year_url=year_url(record.year) if record.year else "",
        kind=_value("kind", record.kind, taxonomy),
        domain=_value("domain", record.domain, taxonomy) if taxonomy.domains else None,
        name=record.name or "",
        identifiers=_identifiers(record),
        links=_links(record),
        elsewhere=(Link("alphaXiv", Url(arxiv.discussion_url)),) if arxiv else (),
        facets=tuple(
            FacetTags(
                facet.name,
                facet.definition,
                tags(record, facet_id, catalog),
                STATE_NAMES.get(record.tag_state(facet_id), ""),
            )
            for facet_id, facet in taxonomy.facets.items()
        ),
        datasets=tuple(
            DatasetUse(taxonomy.dataset(dataset).name, role.label, dataset_url(dataset))
            for dataset, role in record.datasets.items()
        ),
        asks_datasets=bool(taxonomy.datasets),
        survey=tuple(
            SurveyRow(
                row.section,
                row.number,
                tuple(
                    (field.title(), str(getattr(row, field)))
                    for field in ("name", "title", "domain", "task", "link")
                    if getattr(row, field)
                ),
            )
            for row in record.survey
        ),
        sources=_sources(record),
        note=record.note or "",
        status=record.status.value,
        status_definition=STATUS_DEFINITIONS[record.status],
        is_checked=record.is_checked,
        missing=tuple(_missing(record, taxonomy)),
        added=record.added.isoformat(),
        file=f"papers/{record.id}.yaml",
    )


def _identifiers(record: Record) -> tuple[Link, ...]:
    arxiv, doi = record.identifiers.arxiv, record.identifiers.doi
    found = [Link(f"arXiv {arxiv}", Url(arxiv.url))] if arxiv else []
    if doi:
        found.append(Link(f"DOI {doi}", Url(doi.url)))
    return tuple(found)


def _value(field: str, term: Slug | None, taxonomy: Taxonomy) -> Value:
    label = taxonomy.vocabulary[field].name
    if not term:
        return Value(label, "", "")
    return Value(label, taxonomy.term(field, term).name, term_url(field, term))


def _links(record: Record) -> tuple[Link, ...]:
    found, arxiv = links(record), record.identifiers.arxiv
    if arxiv and not record.links.pdf:
        return (*found[:1], Link("PDF", Url(arxiv.pdf_url)), *found[1:])
    return found


_REPOSITORY_HOSTS = {"github.com": "GitHub", "huggingface.co": "Hugging Face"}
"""Hosts whose addresses begin with an owner and a name."""


def _sources(record: Record) -> tuple[Link, ...]:
    labels = [_source_label(url) for url in record.sources]
    count = Counter(labels)
    return tuple(
        Link(label if count[label] == 1 else url.partition("://")[2], url)
        for label, url in zip(labels, record.sources, strict=True)
    )


def _source_label(url: Url) -> str:
    """What is read instead of the address: an identifier, a repository, or the host."""
    if arxiv := arxiv_id_in(url):
        return f"arXiv {arxiv}"
    if url.is_below("doi.org") and (doi := doi_in(url)):
        return f"DOI {doi}"
    host = url.host.removeprefix("www.")
    path = "/".join(url.partition("://")[2].split("/")[1:3]).strip("/")
    return f"{_REPOSITORY_HOSTS[host]} {path}" if host in _REPOSITORY_HOSTS and path else host


def _missing(record: Record, taxonomy: Taxonomy) -> Iterator[str]:
    """What the record lacks to be complete, as readers call it."""
    for name in owed_by(record, taxonomy):
        what, _, facet = name.partition(".")
        if what == "tags":
            yield taxonomy.facets[facet].name
        elif what.startswith("evidence of "):
            # `evidence of task.vqa`: the term follows the facet.
            term = taxonomy.term(what.removeprefix("evidence of "), Slug(facet))
            yield f"evidence for {term.name}"
        elif name == "links":
            yield "link to the paper"
        else:
            yield taxonomy.vocabulary[name].name if name in taxonomy.vocabulary else name


def relative(record: Record) -> Relative:
    """How others name `record`."""
    return Relative(record.id, record.title, record.name or record.title, str(record.year or ""))
