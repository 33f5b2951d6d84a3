"""The catalog in figures."""

import dataclasses

from vlm_survey.model.catalog import Catalog
from vlm_survey.views.items import Item, item, newest_first
from vlm_survey.views.matrix import Matrix, matrix
from vlm_survey.views.terms import FieldView, codebook

NEWEST = 5


@dataclasses.dataclass(frozen=True)
class Overview:
    """What the home page says.

    Attributes:
        total: Number of records.
        checked: Number of them whose facts and tags were seen at their sources.
        facets: All facets with their terms, counted.
        linked: Number of records that say what they are built on.
        matrix: The first facet and the one that lists are grouped by, crossed; None if there is
            but one.
        newest: The newest papers among the checked ones.
    """

    total: int
    checked: int
    facets: tuple[FieldView, ...]
    linked: int
    matrix: Matrix | None
    newest: tuple[Item, ...]


def overview(catalog: Catalog) -> Overview:
    """The figures of `catalog`."""
    checked = [record for record in catalog if record.is_checked]
    items = tuple(item(record, catalog) for record in newest_first(checked)[:NEWEST])
    facets = tuple(field for field in codebook(catalog) if field.is_facet)
    taxonomy = catalog.taxonomy
    first = next((facet for facet in taxonomy.facets if facet != taxonomy.group_by), None)
    crossed = tuple(facet for facet in taxonomy.facets if facet in (first, taxonomy.group_by))
    linked = sum(bool(record.builds_on) for record in catalog)
    table = matrix(crossed, catalog) if len(crossed) > 1 else None
    return Overview(len(catalog), len(checked), facets, linked, table, items)
