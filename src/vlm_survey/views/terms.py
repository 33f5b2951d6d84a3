"""What the codebook shows: facets, terms and their papers."""

import dataclasses
from collections import Counter
from collections.abc import Mapping

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Term
from vlm_survey.model.value import Slug
from vlm_survey.views.items import Item, by_title, item


@dataclasses.dataclass(frozen=True)
class TermCount:
    """A term with the number of its records."""

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
class FieldView:
    """A field of a record whose values the taxonomy defines."""

    id: str
    name: str
    definition: str
    terms: tuple[TermCount, ...]


@dataclasses.dataclass(frozen=True)
class Codebook:
    """All words that a record is described with."""

    facets: tuple[FacetView, ...]
    fields: tuple[FieldView, ...]


@dataclasses.dataclass(frozen=True)
class TermView:
    """A term's page: its entry in the codebook and its papers."""

    facet_name: str
    term: Term
    count: int
    total: int
    items: tuple[Item, ...]


def codebook(catalog: Catalog) -> Codebook:
    """All facets, kinds and domains with their terms, counted."""
    taxonomy = catalog.taxonomy
    facets = tuple(
        FacetView(
            id=facet_id,
            name=facet.name,
            definition=facet.definition,
            terms=tuple(
                TermCount(term_id, term, len(_tagged(facet_id, term_id, catalog)))
                for term_id, term in facet.terms.items()
            ),
            not_looked_at=sum(record.terms(facet_id) is None for record in catalog),
        )
        for facet_id, facet in taxonomy.facets.items()
    )
    kinds = Counter(record.kind for record in catalog)
    domains = Counter(record.domain for record in catalog)
    fields = (
        FieldView("kind", "Kind", "What the work is.", _counted(taxonomy.kinds, kinds)),
        FieldView(
            "domain", "Domain", "What its images are of.", _counted(taxonomy.domains, domains)
        ),
    )
    return Codebook(facets, fields)


def term_view(facet_id: str, term_id: str, catalog: Catalog) -> TermView:
    """The page of one term."""
    facet = catalog.taxonomy.facets[facet_id]
    records = by_title(_tagged(facet_id, term_id, catalog))
    items = tuple(item(record, catalog) for record in records)
    return TermView(facet.name, facet.terms[Slug(term_id)], len(items), len(catalog), items)


def _counted(terms: Mapping[Slug, Term], counts: Counter[Slug | None]) -> tuple[TermCount, ...]:
    return tuple(TermCount(term_id, term, counts[term_id]) for term_id, term in terms.items())


def _tagged(facet_id: str, term_id: str, catalog: Catalog) -> list[Record]:
    return [record for record in catalog if term_id in (record.terms(facet_id) or ())]
