"""How complete the catalog is."""

from collections import Counter

from vlm_survey.exports.columns import facet_names
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Links
from vlm_survey.views.terms import codebook

_FIELDS = (
    "name",
    "authors",
    "year",
    "venue",
    "kind",
    "domain",
    "summary",
    "sources",
    "builds_on",
    "datasets",
)


def stats(catalog: Catalog) -> dict[str, dict[str, int]]:
    """Headings, each with counts of records: status, fields that are filled, terms of each facet."""
    filled: dict[str, int] = {
        name: sum(bool(getattr(record, name)) for record in catalog) for name in _FIELDS
    }
    for name in ("arxiv", "doi"):
        filled[name] = sum(getattr(record.identifiers, name) is not None for record in catalog)
    for name in Links.model_fields:
        filled[f"links.{name}"] = sum(getattr(record.links, name) is not None for record in catalog)
    found = {
        "records": {"all": len(catalog)},
        "status": dict(sorted(Counter(record.status.value for record in catalog).items())),
        "filled": filled,
    }
    names = facet_names(catalog.taxonomy, tuple(found))
    for field in codebook(catalog):
        if field.is_facet:
            counts = {count.id: count.count for count in field.terms}
            states = {state.value: number for state, number in field.states}
            found[names[field.id]] = {**counts, **states}
    return found
