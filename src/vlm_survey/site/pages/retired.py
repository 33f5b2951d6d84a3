"""What stands at the addresses of records and terms that are no more, or no more of that id."""

import dataclasses
import itertools
from collections.abc import Iterator
from functools import partial

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.retired import Tombstone
from vlm_survey.model.value import Slug
from vlm_survey.site.page import Content, FileKind, Page, PageKind, SiteFile
from vlm_survey.templating import render_html
from vlm_survey.urls import (
    browse_url,
    dataset_url,
    pair_url,
    record_url,
    root_from,
    term_url,
    venue_url,
)
from vlm_survey.views.edition import Edition
from vlm_survey.views.indexes import by_pair


@dataclasses.dataclass(frozen=True)
class RetiredView:
    """An id that leads to no record: which, since when, and why."""

    id: str
    day: str
    why: str


def _moved(edition: Edition) -> Iterator[SiteFile]:
    """Old addresses that lead on, at once and without scripts."""
    catalog = edition.catalog
    for old, tombstone in catalog.retired.items():
        if tombstone.now:
            target = record_url(tombstone.now)
            yield _leads_on(record_url(old), target, catalog[tombstone.now].title, tombstone.why)
    for field, moved in catalog.taxonomy.former_ids.items():
        for former, now in moved.items():
            if field == "venue":
                if any(record.venue == now for record in catalog):
                    name = catalog.taxonomy.venues[Slug(now)].name
                    yield _leads_on(venue_url(former), venue_url(now), name)
            elif field == "dataset":
                if any(now in record.datasets for record in catalog):
                    name = catalog.taxonomy.datasets[Slug(now)].name
                    yield _leads_on(dataset_url(former), dataset_url(now), name)
            else:
                name = catalog.taxonomy.vocabulary[field].terms[Slug(now)].name
                yield _leads_on(term_url(field, former), term_url(field, now), name)
    for pair in by_pair(catalog):
        facet, term, other_facet, other_term = pair
        terms, others = _ids(facet, term, catalog), _ids(other_facet, other_term, catalog)
        for ids in itertools.product(terms, others):
            if ids != (term, other_term):
                former_url = pair_url(facet, ids[0], other_facet, ids[1])
                yield _leads_on(former_url, pair_url(*pair), f"{term} and {other_term}")


def _ids(facet: str, term: str, catalog: Catalog) -> tuple[str, ...]:
    return (term, *catalog.taxonomy.facets[facet].terms[Slug(term)].formerly)


def _leads_on(url: str, target: str, title: str, why: str = "") -> SiteFile:
    way = root_from(url) + target
    content = partial(render_html, "site/moved.html", title=title, target=way, why=why)
    return SiteFile(f"{url}index.html", content)


def _gone(edition: Edition) -> Iterator[Page]:
    for old, tombstone in edition.catalog.retired.items():
        if not tombstone.now:
            yield Page(record_url(old), partial(_content, old, tombstone))


def _content(old: str, tombstone: Tombstone) -> Content:
    view = RetiredView(old, tombstone.day.isoformat(), tombstone.why)
    return Content(f"{old} was retired", tombstone.why, view)


MOVED = FileKind("", _moved)
GONE = PageKind("retired.html", "papers/", _gone, is_listed=False, index=browse_url())
"""What only says that something is gone is nothing to find."""
