"""What the home page shows of the catalog."""

import dataclasses
import datetime

from vlm_survey.model.catalog import Catalog
from vlm_survey.views.edition import Edition
from vlm_survey.views.items import Item, item, newest_first
from vlm_survey.views.matrix import Matrix, matrix
from vlm_survey.views.terms import FieldView, codebook

NEWEST = 8
BASES = 12
FIELDS = 2
"""So many papers, base models and categories are shown."""


@dataclasses.dataclass(frozen=True)
class Base:
    """A model that others are built on; `count` of them, directly or through others."""

    id: str
    name: str
    title: str
    count: int


@dataclasses.dataclass(frozen=True)
class Overview:
    """The home page.

    Attributes:
        total: Number of records.
        checked: Number of them whose facts and tags were verified.
        updated: Day on which a record was last added; None without records.
        release: Version of the records.
        matrix: The first facet and the one that lists are grouped by, crossed; None if there is
            but one.
        fields: The facets with most terms, in the taxonomy's order; of each the terms that are used,
            the most frequent first.
        bases: The models that most records are built on.
        newest: The newest papers.
    """

    total: int
    checked: int
    updated: datetime.date | None
    release: str
    matrix: Matrix | None
    fields: tuple[FieldView, ...]
    bases: tuple[Base, ...]
    newest: tuple[Item, ...]


def overview(edition: Edition) -> Overview:
    """The home page of an edition."""
    catalog = edition.catalog
    taxonomy = catalog.taxonomy
    first = next((facet for facet in taxonomy.facets if facet != taxonomy.group_by), None)
    crossed = tuple(facet for facet in taxonomy.facets if facet in (first, taxonomy.group_by))
    return Overview(
        total=len(catalog),
        checked=sum(record.is_checked for record in catalog),
        updated=max((record.added for record in catalog), default=None),
        release=edition.settings.release,
        matrix=matrix(crossed, catalog) if len(crossed) > 1 else None,
        fields=_fields(catalog),
        bases=_bases(catalog),
        newest=tuple(item(record, catalog) for record in newest_first(catalog)[:NEWEST]),
    )


def _fields(catalog: Catalog) -> tuple[FieldView, ...]:
    facets = [field for field in codebook(catalog) if field.is_facet]
    longest = sorted(facets, key=lambda field: -len(field.terms))[:FIELDS]
    return tuple(
        dataclasses.replace(
            field,
            terms=tuple(
                term for term in sorted(field.terms, key=lambda term: -term.count) if term.count
            ),
        )
        for field in facets
        if field in longest
    )


def _bases(catalog: Catalog) -> tuple[Base, ...]:
    bases = [
        Base(record.id, record.name or record.title, record.title, len(below))
        for base, below in catalog.descendants.items()
        if (record := catalog.by_id.get(base))
    ]
    return tuple(sorted(bases, key=lambda base: (-base.count, base.name))[:BASES])
