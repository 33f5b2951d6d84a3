"""How far the work on the catalog has come, and what is left."""

import dataclasses
from collections import Counter

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.completeness import owed_by
from vlm_survey.model.record import Status
from vlm_survey.views.items import by_title


@dataclasses.dataclass(frozen=True)
class StatusCount:
    """A status with the number of its records."""

    status: str
    count: int


@dataclasses.dataclass(frozen=True)
class Incomplete:
    """A record that is not yet curated, and what it lacks."""

    id: str
    title: str
    lacks: str


@dataclasses.dataclass(frozen=True)
class Quality:
    """The state of the catalog."""

    statuses: tuple[StatusCount, ...]
    tags: int
    tags_with_evidence: int
    incomplete: tuple[Incomplete, ...]


def quality(catalog: Catalog) -> Quality:
    """The state of `catalog`."""
    counts = Counter(record.status for record in catalog)
    evidence = [
        text for record in catalog for terms in record.tags.values() for text in terms.values()
    ]
    return Quality(
        statuses=tuple(StatusCount(status.value, counts[status]) for status in Status),
        tags=len(evidence),
        tags_with_evidence=sum(text is not None for text in evidence),
        incomplete=tuple(
            Incomplete(record.id, record.title, ", ".join(owed_by(record, catalog.taxonomy)))
            for record in by_title(catalog)
            if not record.is_checked
        ),
    )
