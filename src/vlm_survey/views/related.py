"""Which papers a reader of one paper may want next, and why."""

from collections.abc import Sequence
from typing import NamedTuple

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.views.items import venue_name
from vlm_survey.views.likeness import Likeness, Near

MOST = 6
LEAST = 0.15
"""Below this likeness a paper is not named: the three parts together reach 1."""

SIMILAR_TEXT = 0.15
"""From this cosine on, the texts are called similar."""


class Related(NamedTuple):
    """A paper like another one, with the reasons."""

    id: str
    title: str
    published: str
    reasons: tuple[str, ...]


class RelatedPapers:
    """What to name beside each record of a catalog. Once made, it is only read."""

    def __init__(self, catalog: Catalog) -> None:
        """Compare all records of `catalog`."""
        self._catalog = catalog
        self._taxonomy = catalog.taxonomy
        self._likeness = Likeness(catalog.records)

    def of(self, record: Record) -> tuple[Related, ...]:
        """The papers most like `record`, the most alike first.

        Raises:
            KeyError: The catalog does not have it.
        """
        names = [
            (facet, term, self._taxonomy.term(facet, term).name.lower())
            for facet in self._taxonomy.facets
            for term in record.terms(facet)
        ]
        return tuple(
            self._related(record, names, near)
            for near in self._likeness.nearest(record, MOST, LEAST)
        )

    def _related(
        self, record: Record, names: Sequence[tuple[str, str, str]], near: Near
    ) -> Related:
        other, catalog = near.record, self._catalog
        reasons = []
        if other.id in record.builds_on:
            reasons.append("this paper builds on it")
        if record.id in other.builds_on:
            reasons.append("builds on this paper")
        shared = [base for base in record.builds_on if base in other.builds_on and base in catalog]
        if shared:
            bases = ", ".join(catalog[base].name or catalog[base].title for base in shared)
            reasons.append(f"also builds on {bases}")
        common = [name for facet, term, name in names if term in other.terms(facet)]
        if common:
            reasons.append(f"same tags: {', '.join(common)}")
        if near.text >= SIMILAR_TEXT:
            reasons.append("similar text")
        published = f"{venue_name(other, catalog)} {other.year or ''}".strip()
        return Related(other.id, other.title, published, tuple(reasons))
