"""A page for each term, and for each pair of terms of two facets that some record carries."""

from collections.abc import Iterator, Sequence
from functools import partial

from vlm_survey.model.record import Record
from vlm_survey.site.page import Content, Page, PageKind
from vlm_survey.urls import feed_url, pair_url
from vlm_survey.views.edition import Edition
from vlm_survey.views.head import Head
from vlm_survey.views.indexes import Pair, by_pair
from vlm_survey.views.terms import pair_view, term_parts, term_view


def _terms(edition: Edition) -> Iterator[Page]:
    for field_id, field in edition.catalog.taxonomy.vocabulary.items():
        for term_id in field.terms:
            for number, url in enumerate(term_parts(field_id, term_id, edition.catalog), 1):
                yield Page(url, partial(_term, field_id, term_id, number, edition))


def _term(field_id: str, term_id: str, number: int, edition: Edition) -> Content:
    view = term_view(field_id, term_id, edition.catalog, number)
    head = Head(feed=(view.term.name, feed_url(view.page))) if view.is_facet else None
    return Content(f"{view.term.name} ({view.field_name})", view.term.definition, view, head)


def _pairs(edition: Edition) -> Iterator[Page]:
    for pair, records in by_pair(edition.catalog).items():
        yield Page(pair_url(*pair), partial(_pair, pair, records, edition))


def _pair(pair: Pair, records: Sequence[Record], edition: Edition) -> Content:
    view = pair_view(pair, records, edition.catalog)
    names = " and ".join(term.name for term in view.terms)
    return Content(names, f"Papers tagged with both: {names}.", view)


TERM = PageKind("term.html", "terms/", _terms)
PAIR = PageKind("pair.html", "terms/", _pairs)
