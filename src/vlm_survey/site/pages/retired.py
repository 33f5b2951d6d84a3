"""What stands at the addresses of records that are no more."""

import dataclasses
from collections.abc import Iterator

from vlm_survey.site.page import FileKind, Page, PageKind, SiteFile
from vlm_survey.templating import render_html
from vlm_survey.urls import record_url, root_from
from vlm_survey.views.edition import Edition


@dataclasses.dataclass(frozen=True)
class RetiredView:
    """An id that leads to no record: which, since when, and why."""

    id: str
    day: str
    why: str


def _moved(edition: Edition) -> Iterator[SiteFile]:
    """Old addresses that lead on, at once and without scripts."""
    for old, tombstone in edition.catalog.retired.items():
        if tombstone.now:
            url, target = record_url(old), record_url(tombstone.now)
            html = render_html(
                "site/moved.html",
                title=edition.catalog[tombstone.now].title,
                target=root_from(url) + target,
                why=tombstone.why,
            )
            yield SiteFile(f"{url}index.html", str(html))


def _gone(edition: Edition) -> Iterator[Page]:
    for old, tombstone in edition.catalog.retired.items():
        if not tombstone.now:
            yield Page(
                url=record_url(old),
                title=f"{old} was retired",
                description=tombstone.why,
                content=RetiredView(old, tombstone.day.isoformat(), tombstone.why),
            )


MOVED = FileKind(_moved)
GONE = PageKind("retired.html", 2, _gone)
