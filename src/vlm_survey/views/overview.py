"""The catalog in figures."""

import dataclasses

from vlm_survey.model.catalog import Catalog
from vlm_survey.views.items import Item, item
from vlm_survey.views.terms import FieldView, codebook

NEWEST = 5


@dataclasses.dataclass(frozen=True)
class Overview:
    """What the home page says.

    Attributes:
        total: Number of records.
        checked: Number of them whose facts and tags were seen at their sources.
        facets: All facets with their terms, counted.
        newest: The records that came in last.
    """

    total: int
    checked: int
    facets: tuple[FieldView, ...]
    newest: tuple[Item, ...]


def overview(catalog: Catalog) -> Overview:
    """The figures of `catalog`."""
    checked = sum(record.is_checked for record in catalog)
    newest = sorted(catalog, key=lambda record: (record.added, record.year or 0), reverse=True)
    items = tuple(item(record, catalog) for record in newest[:NEWEST])
    facets = tuple(field for field in codebook(catalog) if field.is_facet)
    return Overview(len(catalog), checked, facets, items)
