"""What the codebook shows: facets, terms and their papers."""

import dataclasses

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Term
from vlm_survey.model.value import Slug
from vlm_survey.views.items import Item, by_title, item


@dataclasses.dataclass(frozen=True)
class TermCount:
    """A term with the number of its records."""

    facet: str
    id: str
    term: Term
    count: int


@dataclasses.dataclass(frozen=True)
class FacetView:
    """A facet with its terms.

    Attributes:
        id: The facet's.
        name: The facet's.
        definition: The facet's.
        terms: All of them, in the taxonomy's order.
        not_looked_at: How many records nobody has yet tagged on it.
    """

    id: str
    name: str
    definition: str
    terms: tuple[TermCount, ...]
    not_looked_at: int


@dataclasses.dataclass(frozen=True)
class TermView:
    """A term's page: its entry in the codebook and its papers."""

    facet_name: str
    term: Term
    count: int
    total: int
    items: tuple[Item, ...]


def codebook(catalog: Catalog) -> tuple[FacetView, ...]:
    """All facets and terms, counted."""
    views = []
    for facet_id, facet in catalog.taxonomy.facets.items():
        counts = tuple(
            TermCount(facet_id, term_id, term, len(_tagged(facet_id, term_id, catalog)))
            for term_id, term in facet.terms.items()
        )
        open_ = sum(record.terms(facet_id) is None for record in catalog)
        views.append(FacetView(facet_id, facet.name, facet.definition, counts, open_))
    return tuple(views)


def term_view(facet_id: str, term_id: str, catalog: Catalog) -> TermView:
    """The page of one term."""
    facet = catalog.taxonomy.facets[facet_id]
    records = by_title(_tagged(facet_id, term_id, catalog))
    items = tuple(item(record, catalog) for record in records)
    return TermView(facet.name, facet.terms[Slug(term_id)], len(items), len(catalog), items)


def _tagged(facet_id: str, term_id: str, catalog: Catalog) -> list[Record]:
    return [record for record in catalog if term_id in (record.terms(facet_id) or ())]
