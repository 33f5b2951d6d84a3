"""The records as a table with typed columns, for data frames and columnar files."""

from collections.abc import Collection, Sequence
from typing import Any

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Links, Record
from vlm_survey.model.taxonomy import Taxonomy

TEXTS = ("id", "title", "name", "venue", "kind", "domain", "doi", "arxiv", "summary", "note")
"""Columns of texts; empty where nothing is said."""

LISTS = ("authors", "builds_on", "sources")
"""Columns of lists of texts."""


_OTHERS = ("year", "status", "tags", "datasets", "added", "address")


def facet_names(taxonomy: Taxonomy, taken: Collection[str]) -> dict[str, str]:
    """Each facet's own name: its id, with `facet_` before it where something else is called so."""
    names = {}
    for facet in taxonomy.facets:
        name = str(facet)
        while name in taken or (name != facet and name in taxonomy.facets):
            name = f"facet_{name}"
        names[facet] = name
    return names


def facet_columns(taxonomy: Taxonomy) -> dict[str, str]:
    """The column of each facet."""
    return facet_names(taxonomy, {*TEXTS, *LISTS, *Links.model_fields, *_OTHERS})


def state_columns(taxonomy: Taxonomy) -> dict[str, str]:
    """The column with the state of each facet: tagged, none, not-stated or not-checked."""
    return {facet: f"{name}_state" for facet, name in facet_columns(taxonomy).items()}


def column_names(taxonomy: Taxonomy) -> list[str]:
    """All columns, in order."""
    facets = [*facet_columns(taxonomy).values(), *state_columns(taxonomy).values()]
    first = ["id", "title", "name", "authors", "year", "venue", "kind", "domain", "status"]
    last = ["tags", "builds_on", "datasets", "sources", "note", "added"]
    return [*first, "doi", "arxiv", *Links.model_fields, "summary", *facets, *last]


def column_types(taxonomy: Taxonomy) -> dict[str, str]:
    """Each column's type, in words."""
    facets = dict.fromkeys(facet_columns(taxonomy).values(), "list of text")
    types = {
        **dict.fromkeys((*TEXTS, *Links.model_fields, "status"), "text"),
        **dict.fromkeys(state_columns(taxonomy).values(), "text"),
        **dict.fromkeys(LISTS, "list of text"),
        **facets,
        "year": "whole number",
        "added": "date",
        "tags": "list of facet, term, evidence",
        "datasets": "list of dataset, role",
    }
    return {name: types[name] for name in column_names(taxonomy)}


def columns(records: Sequence[Record], catalog: Catalog) -> dict[str, list[Any]]:
    """Column by column, what each record says.

    Texts and lists of texts; `year` a number, `added` a date; each link under its name; each facet a
    list of terms, None if it was not yet checked, and its state; `tags` a list of facet, term and
    evidence; `datasets` a list of dataset and role.
    """
    facets = facet_columns(catalog.taxonomy)
    states = state_columns(catalog.taxonomy)
    found: dict[str, list[Any]] = {name: [] for name in column_names(catalog.taxonomy)}
    for record in records:
        row: dict[str, Any] = {
            "id": str(record.id),
            "title": record.title,
            "name": record.name,
            "authors": [author.display for author in record.authors],
            "year": record.year,
            "venue": _text(record.venue),
            "kind": _text(record.kind),
            "domain": _text(record.domain),
            "status": record.status.value,
            "doi": _text(record.identifiers.doi),
            "arxiv": _text(record.identifiers.arxiv),
            **{name: _text(getattr(record.links, name)) for name in Links.model_fields},
            "summary": record.summary,
            **{name: _terms(record, facet) for facet, name in facets.items()},
            **{name: record.tag_state(facet).value for facet, name in states.items()},
            "tags": [
                {"facet": facet, "term": str(term), "evidence": evidence}
                for facet, term, evidence in record.all_tags()
            ],
            "builds_on": [str(base) for base in record.builds_on],
            "datasets": [
                {"dataset": str(dataset), "role": role.value}
                for dataset, role in record.datasets.items()
            ],
            "sources": [str(url) for url in record.sources],
            "note": record.note,
            "added": record.added,
        }
        for name, value in row.items():
            found[name].append(value)
    return found


def _text(value: str | None) -> str | None:
    return None if value is None else str(value)


def _terms(record: Record, facet: str) -> list[str] | None:
    return [str(term) for term in record.terms(facet)] if facet in record.tags else None
