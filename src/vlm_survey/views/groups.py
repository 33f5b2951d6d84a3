"""The catalog as one list in groups, each record in one of them."""

import dataclasses

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.views.items import Item, by_title, item


@dataclasses.dataclass(frozen=True)
class Group:
    """A heading with its items. `anchor` is unique among the groups."""

    anchor: str
    name: str
    definition: str
    items: tuple[Item, ...]


def groups(catalog: Catalog) -> tuple[Group, ...]:
    """All records by their first term on the taxonomy's grouping facet, the rest by their kind."""
    facet_id = catalog.taxonomy.group_by
    facet = catalog.taxonomy.grouping
    placed: dict[str, list[Record]] = {term: [] for term in facet.terms}
    rest: dict[str, list[Record]] = {kind: [] for kind in catalog.taxonomy.kinds}
    unsorted: list[Record] = []
    for record in catalog:
        tagged = record.terms(facet_id) or ()
        term = next((term for term in facet.terms if term in tagged), None)
        if term is not None:
            placed[term].append(record)
        elif record.kind is not None:
            rest[record.kind].append(record)
        else:
            unsorted.append(record)
    found = [
        (f"{facet_id}-{term_id}".replace("_", "-"), term.name, term.definition, placed[term_id])
        for term_id, term in facet.terms.items()
    ]
    beside = f"without a {facet.name.lower()} tag"
    found += [
        (f"kind-{kind_id}", f"{kind.name} {beside}", kind.definition, rest[kind_id])
        for kind_id, kind in catalog.taxonomy.kinds.items()
    ]
    found.append(("unsorted", f"Other records {beside}", "", unsorted))
    return tuple(
        Group(
            anchor, name, definition, tuple(item(record, catalog) for record in by_title(records))
        )
        for anchor, name, definition, records in found
        if records
    )
