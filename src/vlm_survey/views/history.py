"""What happened to the records: by release, by month, and as the entries of feeds."""

import dataclasses
import datetime
import heapq
import uuid
from collections.abc import Iterator, Sequence

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.release import RecordChange, Release
from vlm_survey.model.value import Slug
from vlm_survey.urls import record_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.items import Named, by_title, short_authors, venue_name

MOST_ENTRIES = 200
"""A feed holds the latest; who follows it has seen the others."""


@dataclasses.dataclass(frozen=True)
class Correction:
    """A field of a record, before and after; empty where it said nothing."""

    record: Named
    field: str
    before: str
    after: str


@dataclasses.dataclass(frozen=True)
class TagChange:
    """Names of the terms that a record gained and lost on a facet."""

    record: Named
    facet: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class ReleaseView:
    """A release with all that it changed."""

    name: str
    date: str
    added: tuple[Named, ...]
    corrected: tuple[Correction, ...]
    retagged: tuple[TagChange, ...]
    retired: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Month:
    """The records that came in within a month, written as 2026-11."""

    name: str
    added: tuple[Named, ...]


@dataclasses.dataclass(frozen=True)
class History:
    """The page of changes, the newest first."""

    releases: tuple[ReleaseView, ...]
    months: tuple[Month, ...]


@dataclasses.dataclass(frozen=True)
class Entry:
    """One entry of a feed.

    Attributes:
        id: The same for ever, wherever the site is hosted and however the record is tagged.
        updated: The day, as 2026-11-24.
    """

    id: str
    title: str
    url: str
    updated: str
    summary: str


@dataclasses.dataclass(frozen=True)
class Feed:
    """A feed; `about` is the page that it follows."""

    id: str
    title: str
    url: str
    about: str
    updated: str
    entries: tuple[Entry, ...]


def history(edition: Edition) -> History:
    """All releases, and the additions by month."""
    catalog = edition.catalog
    months: dict[str, list[Record]] = {}
    for record in catalog:
        months.setdefault(record.added.isoformat()[:7], []).append(record)
    return History(
        tuple(_release(release, catalog) for release in edition.releases),
        tuple(
            Month(month, tuple(_named(record.id, catalog) for record in by_title(months[month])))
            for month in sorted(months, reverse=True)
        ),
    )


def last_changes(edition: Edition) -> dict[str, datetime.date]:
    """Address of a record's page -> the day on which it came in or a release last changed it."""
    days = {record.id: record.added for record in edition.catalog}
    for release in edition.releases:
        for change in release.changed:
            if change.id in days:
                days[change.id] = max(days[change.id], release.date)
    return {record_url(record_id): day for record_id, day in days.items()}


def feed(edition: Edition, title: str, url: str, about: str, records: Sequence[Record]) -> Feed:
    """The feed of these records: additions, and what releases changed in them."""
    ids = {record.id for record in records}
    latest = heapq.nlargest(MOST_ENTRIES, records, key=lambda record: (record.added, record.id))
    entries = [
        *(_addition(record, edition) for record in latest),
        *(
            _change(change, release, edition)
            for release in edition.releases
            for change in release.changed
            if change.id in ids
        ),
    ]
    entries.sort(key=lambda entry: (entry.updated, entry.url, entry.id), reverse=True)
    oldest = datetime.date(1970, 1, 1).isoformat()
    return Feed(
        _identity(edition, url),
        title,
        url,
        about,
        max((entry.updated for entry in entries), default=oldest),
        tuple(entries[:MOST_ENTRIES]),
    )


def _release(release: Release, catalog: Catalog) -> ReleaseView:
    return ReleaseView(
        name=release.release,
        date=release.date.isoformat(),
        added=tuple(_named(record_id, catalog) for record_id in release.added),
        corrected=tuple(
            Correction(_named(change.id, catalog), name, field.before or "", field.after or "")
            for change in release.changed
            for name, field in change.fields.items()
        ),
        retagged=tuple(tag for change in release.changed for tag in _tag_changes(change, catalog)),
        retired=tuple(gone.title for gone in release.retired),
    )


def _tag_changes(change: RecordChange, catalog: Catalog) -> Iterator[TagChange]:
    facets = catalog.taxonomy.facets
    for facet_id, tags in change.tags.items():
        facet = facets.get(facet_id)
        yield TagChange(
            _named(change.id, catalog),
            facet.name if facet else facet_id,
            tuple(_term_name(facet_id, term, catalog) for term in tags.added),
            tuple(_term_name(facet_id, term, catalog) for term in tags.removed),
        )


def _term_name(facet_id: str, term: str, catalog: Catalog) -> str:
    # A release may name terms that the taxonomy has renamed or given up since.
    facet = catalog.taxonomy.facets.get(facet_id)
    now = catalog.taxonomy.former_ids.get(facet_id, {}).get(term, term)
    return facet.terms[Slug(now)].name if facet and now in facet.terms else term


def _named(record_id: str, catalog: Catalog) -> Named:
    title = catalog[record_id].title if record_id in catalog else record_id
    return Named(record_id if record_id in catalog else "", title)


def _addition(record: Record, edition: Edition) -> Entry:
    return Entry(
        _identity(edition, record_url(record.id)),
        record.title,
        record_url(record.id),
        record.added.isoformat(),
        record.summary or _facts(record, edition.catalog),
    )


def _facts(record: Record, catalog: Catalog) -> str:
    """What is known of a record without a summary."""
    facts = short_authors(record), venue_name(record, catalog), str(record.year or "")
    return ", ".join(fact for fact in facts if fact) or record.title


def _change(change: RecordChange, release: Release, edition: Edition) -> Entry:
    catalog = edition.catalog
    parts = []
    if change.fields:
        parts.append(f"Corrected: {', '.join(change.fields)}.")
    for tag in _tag_changes(change, catalog):
        signs = [*(f"+ {name}" for name in tag.gained), *(f"− {name}" for name in tag.lost)]
        parts.append(f"{tag.facet}: {', '.join(signs)}.")
    sort = "Re-tagged" if change.tags else "Corrected"
    url = record_url(change.id)
    return Entry(
        _identity(edition, f"{url}{release.release}"),
        f"{sort}: {catalog[change.id].title}",
        url,
        release.date.isoformat(),
        " ".join(parts),
    )


def _identity(edition: Edition, path: str) -> str:
    """An id that depends on the catalog's name and the record only."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"catalog:{edition.settings.name}:{path}").urn
