"""The list that readers filter: what its page shows before any script."""

import dataclasses
from collections import Counter

from vlm_survey.views.browse_files import data_version
from vlm_survey.views.choices import ChoiceField, choice_fields
from vlm_survey.views.edition import Edition
from vlm_survey.views.indexes import all_by_title
from vlm_survey.views.items import Item, item

FIRST = 30
"""Papers that the page lists before a script runs: more would delay the first view."""


@dataclasses.dataclass(frozen=True)
class BrowseView:
    """The page before any script.

    Attributes:
        version: Changes whenever a data file does, so that no browser mixes old and new.
        fields: What can be filtered by.
        years: Every year from the first to the last, with its number of records.
        items: The first records by title.
        total: Number of all.
    """

    version: str
    fields: tuple[ChoiceField, ...]
    years: tuple[tuple[int, int], ...]
    items: tuple[Item, ...]
    total: int


def browse_view(edition: Edition) -> BrowseView:
    """The page of all records."""
    catalog = edition.catalog
    known = Counter(record.year for record in catalog if record.year)
    years = range(min(known), max(known) + 1) if known else ()
    return BrowseView(
        version=data_version(edition),
        fields=choice_fields(catalog),
        years=tuple((year, known[year]) for year in years),
        items=tuple(item(record, catalog) for record in all_by_title(catalog)[:FIRST]),
        total=len(catalog),
    )
