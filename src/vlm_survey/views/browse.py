"""The list that readers filter: what its page shows before any script."""

import dataclasses
from collections import Counter

from vlm_survey.views.browse_files import data_version
from vlm_survey.views.choices import ChoiceField, choice_fields
from vlm_survey.views.edition import Edition
from vlm_survey.views.items import Item, item
from vlm_survey.views.query import in_default_order

FIRST = 20
"""Papers that the page lists before a script runs: more would delay the first view."""


@dataclasses.dataclass(frozen=True)
class BrowseView:
    """The page before any script.

    Attributes:
        version: Changes whenever a data file does, so that no browser mixes old and new.
        fields: What can be filtered by.
        years: Every year from the first to the last, with its number of records.
        items: The newest records.
        total: Number of all.
        open: Ids of the fields that are not folded.
        before_years: Id of the field that the years follow.
    """

    version: str
    fields: tuple[ChoiceField, ...]
    years: tuple[tuple[int, int], ...]
    items: tuple[Item, ...]
    total: int
    open: frozenset[str]
    before_years: str


def browse_view(edition: Edition) -> BrowseView:
    """The page of all records."""
    catalog = edition.catalog
    known = Counter(record.year for record in catalog if record.year)
    years = range(min(known), max(known) + 1) if known else ()
    fields = choice_fields(catalog)
    # The first fields are open, together with the years and with what a paper makes available.
    opened = [field.id for field in fields if field.id in catalog.taxonomy.main_facets]
    return BrowseView(
        version=data_version(edition),
        fields=fields,
        years=tuple((year, known[year]) for year in years),
        items=tuple(item(record, catalog) for record in in_default_order(catalog)[:FIRST]),
        total=len(catalog),
        open=frozenset([*opened, "has"]),
        before_years=opened[-1],
    )
