"""How far the work on the catalog has come, and what is left."""

import dataclasses
from collections import Counter
from collections.abc import Callable

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.completeness import owed_by
from vlm_survey.model.record import Record, Status
from vlm_survey.model.value import Slug
from vlm_survey.urls import browse_url
from vlm_survey.views.indexes import all_by_title
from vlm_survey.views.items import Named
from vlm_survey.views.survey import comparison


@dataclasses.dataclass(frozen=True)
class StatusCount:
    """A status with the number of its records and their list."""

    status: str
    count: int
    url: str


@dataclasses.dataclass(frozen=True)
class Completeness:
    """How many records say something on a field, and which do not."""

    field: str
    count: int
    lacking: tuple[Named, ...]


@dataclasses.dataclass(frozen=True)
class Incomplete:
    """A record that is not yet curated, and what is missing in it."""

    id: str
    title: str
    lacks: str


@dataclasses.dataclass(frozen=True)
class Difference:
    """A sort of difference from the survey's list, with how often it was met."""

    heading: str
    anchor: str
    count: int


@dataclasses.dataclass(frozen=True)
class Quality:
    """The state of the catalog.

    Attributes:
        total: Number of records.
        statuses: All statuses, counted.
        tags: Number of tags.
        tags_with_evidence: Number of those that say where the paper says so.
        fields: The fields that a record owes, with the records that lack them.
        incomplete: Records that are not yet curated.
        differences: Where records and the survey's list differ.
        oldest: The record that has been in the catalog longest without a second person's review.
        oldest_day: When it came in.
    """

    total: int
    statuses: tuple[StatusCount, ...]
    tags: int
    tags_with_evidence: int
    fields: tuple[Completeness, ...]
    incomplete: tuple[Incomplete, ...]
    differences: tuple[Difference, ...]
    oldest: Named | None
    oldest_day: str


def quality(catalog: Catalog) -> Quality:
    """The state of `catalog`."""
    counts = Counter(record.status for record in catalog)
    evidence = [text for record in catalog for _, _, text in record.all_tags()]
    unreviewed = [record for record in catalog if record.status is not Status.REVIEWED]
    oldest = min(unreviewed, key=lambda record: (record.added, record.id), default=None)
    return Quality(
        total=len(catalog),
        statuses=tuple(
            StatusCount(status.value, counts[status], browse_url(f"status={status.value}"))
            for status in Status
        ),
        tags=len(evidence),
        tags_with_evidence=sum(text is not None for text in evidence),
        fields=_completeness(catalog),
        incomplete=tuple(
            Incomplete(record.id, record.title, _missing(record, catalog))
            for record in all_by_title(catalog)
            if not record.is_checked
        ),
        differences=tuple(
            Difference(sort.heading, sort.anchor, len(sort.items))
            for sort in comparison(catalog).sorts
        ),
        oldest=Named(oldest.id, oldest.title) if oldest else None,
        oldest_day=oldest.added.isoformat() if oldest else "",
    )


def _missing(record: Record, catalog: Catalog) -> str:
    """What the record lacks, by the names that readers see."""
    facets = catalog.taxonomy.facets
    found: dict[str, None] = {}
    for name in owed_by(record, catalog.taxonomy):
        kind, _, facet = name.removeprefix("evidence of ").partition(".")
        if facet in facets:
            found[facets[facet].name] = None
        elif kind in facets:
            found[f"Evidence of {facets[kind].terms[Slug(facet)].name}"] = None
        else:
            found[_FIELD_NAMES.get(name, name.capitalize())] = None
    return ", ".join(found)


_FIELD_NAMES = {"links": "Link or identifier", "sources": "Sources"}


def _completeness(catalog: Catalog) -> tuple[Completeness, ...]:
    says: dict[str, Callable[[Record], object]] = {
        "Authors": lambda record: record.authors,
        "Year": lambda record: record.year,
        "Venue": lambda record: record.venue,
        "Type": lambda record: record.kind,
        "Field": lambda record: record.domain,
        "Summary": lambda record: record.summary,
        "Link or identifier": lambda record: record.primary_link,
        "Sources": lambda record: record.sources,
        "Evidence for every tag": lambda record: all(
            evidence for _, _, evidence in record.all_tags()
        ),
    }
    if not catalog.taxonomy.domains:
        del says["Field"]
    for facet_id, facet in catalog.taxonomy.facets.items():
        says[f"{facet.name} checked"] = lambda record, f=facet_id: f in record.tags  # type: ignore[misc]
    records = all_by_title(catalog)
    found = []
    for field, has in says.items():
        lacking = tuple(Named(record.id, record.title) for record in records if not has(record))
        found.append(Completeness(field, len(catalog) - len(lacking), lacking))
    return tuple(found)
