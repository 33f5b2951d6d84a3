"""A page for each record."""

from collections.abc import Iterator
from functools import partial

from vlm_survey.model.record import Record
from vlm_survey.site.page import Content, Page, PageKind
from vlm_survey.urls import browse_url, record_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.head import record_head
from vlm_survey.views.record import RecordView
from vlm_survey.views.record_page import RecordPages


def _pages(edition: Edition) -> Iterator[Page]:
    pages = RecordPages(edition)
    for record in edition.catalog:
        content = partial(_content, record, pages, edition)
        beside = partial(pages.beside, record.id)
        yield Page(record_url(record.id), content, record.id, beside)


def _content(record: Record, pages: RecordPages, edition: Edition) -> Content:
    page = pages.page(record)
    return Content(record.title, _description(page.record), page, record_head(record, edition))


def _description(view: RecordView) -> str:
    if view.item.summary:
        return view.item.summary
    facts = (view.item.name, view.item.authors, view.item.venue, view.item.year, view.item.kind)
    tags = ", ".join(tag.name.lower() for tag in view.item.tags)
    return ", ".join(fact for fact in (*facts, tags) if fact) or view.item.title


RECORD = PageKind("record.html", "papers/", _pages, index=browse_url())
