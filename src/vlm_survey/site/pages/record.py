"""A page for each record."""

from collections.abc import Iterator

from vlm_survey.site.page import Page, PageKind
from vlm_survey.urls import record_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.record import RecordView, record_view


def _pages(edition: Edition) -> Iterator[Page]:
    for record in edition.catalog:
        view = record_view(record, edition.catalog)
        yield Page(
            url=record_url(record.id),
            title=record.title,
            description=_description(view),
            content=view,
        )


def _description(view: RecordView) -> str:
    if view.item.summary:
        return view.item.summary
    facts = (view.item.name, view.item.authors, view.item.venue, view.item.year, view.item.kind)
    tags = ", ".join(tag.name.lower() for tag in view.item.tags)
    return ", ".join(fact for fact in (*facts, tags) if fact) or view.item.title


RECORD = PageKind("record.html", 2, _pages)
