"""A page for each record."""

from collections.abc import Iterator

from vlm_survey.site.page import Page, PageKind
from vlm_survey.urls import record_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.head import record_head
from vlm_survey.views.record import RecordView
from vlm_survey.views.record_page import record_pages


def _pages(edition: Edition) -> Iterator[Page]:
    for page in record_pages(edition):
        yield Page(
            url=record_url(page.record.item.id),
            title=page.record.item.title,
            description=_description(page.record),
            content=page,
            head=record_head(edition.catalog[page.record.item.id], edition),
        )


def _description(view: RecordView) -> str:
    if view.item.summary:
        return view.item.summary
    facts = (view.item.name, view.item.authors, view.item.venue, view.item.year, view.item.kind)
    tags = ", ".join(tag.name.lower() for tag in view.item.tags)
    return ", ".join(fact for fact in (*facts, tags) if fact) or view.item.title


RECORD = PageKind("record.html", 2, _pages)
