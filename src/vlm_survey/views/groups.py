"""The catalog as one list in groups, each record in one of them."""

import dataclasses

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.views.items import Item, by_title, item


@dataclasses.dataclass(frozen=True)
class Group:
    """A heading with its items.

    Attributes:
        shared: Field and id of the term, or the kind, that its items share; both empty for the rest.
    """

    shared: tuple[str, str]
    name: str
    definition: str
    items: tuple[Item, ...]


def groups(catalog: Catalog) -> tuple[Group, ...]:
    """All records by their main term on the taxonomy's grouping facet, the rest by their kind."""
    taxonomy = catalog.taxonomy
    beside = f"without a {taxonomy.grouping.name.lower()} tag"
    headings: dict[tuple[str, str], tuple[str, str]] = {
        (taxonomy.group_by, term_id): (term.name, term.definition)
        for term_id, term in taxonomy.grouping.terms.items()
    }
    headings |= {
        ("kind", kind_id): (f"{kind.name} {beside}", kind.definition)
        for kind_id, kind in taxonomy.kinds.items()
    }
    headings["", ""] = (f"Other records {beside}", "")
    placed: dict[tuple[str, str], list[Record]] = {key: [] for key in headings}
    for record in catalog:
        placed[_place(record, taxonomy.group_by)].append(record)
    return tuple(
        Group(
            shared=key,
            name=name,
            definition=definition,
            items=tuple(item(record, catalog) for record in by_title(placed[key])),
        )
        for key, (name, definition) in headings.items()
        if placed[key]
    )


def _place(record: Record, facet_id: str) -> tuple[str, str]:
    terms = record.terms(facet_id)
    if terms:
        return facet_id, terms[0]
    return ("kind", record.kind) if record.kind else ("", "")
