"""The records of a catalog by what they have in common, each list by title; worked out once."""

import functools
import itertools
from collections.abc import Mapping, Sequence

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.views.items import by_title

Pair = tuple[str, str, str, str]
"""Facet and term, other facet and term, in the taxonomy's order of facets."""

Records = Sequence[Record]


@functools.lru_cache(maxsize=2)
def all_by_title(catalog: Catalog) -> Records:
    """All records."""
    return tuple(by_title(catalog))


@functools.lru_cache(maxsize=2)
def by_term(catalog: Catalog) -> Mapping[tuple[str, str], Records]:
    """For each field and term of the vocabulary, the records that carry it."""
    vocabulary = catalog.taxonomy.vocabulary
    found: dict[tuple[str, str], list[Record]] = {
        (field_id, term_id): [] for field_id, field in vocabulary.items() for term_id in field.terms
    }
    for record in all_by_title(catalog):
        for field_id in vocabulary:
            for term_id in _terms_of(record, field_id):
                found[field_id, term_id].append(record)
    return found


def _terms_of(record: Record, field_id: str) -> tuple[str, ...]:
    if field_id in ("kind", "domain"):
        value = getattr(record, field_id)
        return (value,) if value else ()
    return record.terms(field_id)


@functools.lru_cache(maxsize=2)
def by_pair(catalog: Catalog) -> Mapping[Pair, Records]:
    """Every pair of terms of two facets that some record carries, with those records."""
    found: dict[Pair, list[Record]] = {}
    facets = list(catalog.taxonomy.facets)
    for record in all_by_title(catalog):
        tagged = [(facet, term) for facet in facets for term in record.terms(facet)]
        for (facet, term), (other_facet, other_term) in itertools.combinations(tagged, 2):
            if facet != other_facet:
                found.setdefault((facet, term, other_facet, other_term), []).append(record)
    return dict(sorted(found.items()))
