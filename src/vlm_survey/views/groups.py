"""The catalog as one list in groups, each record in one of them."""

import dataclasses

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Taxonomy
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
    """Group all records: kinds with sections of their own first, then by main term, then the rest.

    The main term is the record's first on the taxonomy's grouping facet that is no umbrella.
    """
    taxonomy = catalog.taxonomy
    headings: dict[tuple[str, str], tuple[tuple[str, str], str, str]] = {}
    for kind_id, kind in taxonomy.kinds.items():
        for domain, heading in kind.sections.items():
            headings[kind_id, domain] = ("kind", kind_id), heading, kind.definition
    for term_id, term in taxonomy.grouping.terms.items():
        shared = taxonomy.group_by, term_id
        headings[shared] = shared, term.name, term.definition
    headings["", ""] = ("", ""), "Other works", ""
    placed: dict[tuple[str, str], list[Record]] = {key: [] for key in headings}
    for record in catalog:
        placed[_place(record, taxonomy)].append(record)
    return tuple(
        Group(
            shared=shared,
            name=name,
            definition=definition,
            items=tuple(item(record, catalog) for record in by_title(placed[key])),
        )
        for key, (shared, name, definition) in headings.items()
        if placed[key]
    )


def _place(record: Record, taxonomy: Taxonomy) -> tuple[str, str]:
    kind = taxonomy.kinds.get(record.kind) if record.kind else None
    if kind and record.kind and record.domain and record.domain in kind.sections:
        return record.kind, record.domain
    facet_id, known = taxonomy.group_by, taxonomy.grouping.terms
    terms = [term for term in record.terms(facet_id) if term in known]
    specific = [term for term in terms if not known[term].umbrella]
    first = next(iter(specific or terms), None)
    return (facet_id, first) if first else ("", "")
