"""What a record's page shows."""

import dataclasses
from typing import NamedTuple

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.url import Url
from vlm_survey.urls import dataset_url, venue_url, year_url
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
    """A record that this one is built on, or that is built on it."""

    id: str
    title: str
    name: str


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
        is_checked: Whether somebody has seen its facts at their sources.
    """

    item: Item
    authors: tuple[Author, ...]
    more_authors: tuple[Author, ...]
    venue_name: str
    venue_url: str
    year_url: str
    domain: str
    asks_domain: bool
    name: str
    identifiers: tuple[Link, ...]
    links: tuple[Link, ...]
    facets: tuple[FacetTags, ...]
    datasets: tuple[DatasetUse, ...]
    asks_datasets: bool
    survey: tuple[SurveyRow, ...]
    sources: tuple[Url, ...]
    note: str
    status: str
    is_checked: bool
    added: str
    file: str


def record_view(record: Record, catalog: Catalog) -> RecordView:
    """The page of `record`."""
    taxonomy = catalog.taxonomy
    venue = taxonomy.venues.get(record.venue) if record.venue else None
    authors = tuple(Author(name.display, author_link(name, catalog)) for name in record.authors)
    return RecordView(
        item=item(record, catalog),
        authors=authors[:FIRST_AUTHORS],
        more_authors=authors[FIRST_AUTHORS:],
        venue_name=venue.name if venue else "",
        venue_url=venue_url(record.venue) if record.venue else "",
        year_url=year_url(record.year) if record.year else "",
        domain=taxonomy.term("domain", record.domain).name if record.domain else "",
        asks_domain=bool(taxonomy.domains),
        name=record.name or "",
        identifiers=_identifiers(record),
        links=links(record),
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
        sources=record.sources,
        note=record.note or "",
        status=record.status.value,
        is_checked=record.is_checked,
        added=record.added.isoformat(),
        file=f"papers/{record.id}.yaml",
    )


def _identifiers(record: Record) -> tuple[Link, ...]:
    arxiv, doi = record.identifiers.arxiv, record.identifiers.doi
    found = [Link(f"arXiv:{arxiv}", Url(arxiv.url))] if arxiv else []
    if doi:
        found.append(Link(f"doi:{doi}", Url(doi.url)))
    return tuple(found)


def relative(record: Record) -> Relative:
    """How others name `record`."""
    return Relative(record.id, record.title, record.name or record.title)
