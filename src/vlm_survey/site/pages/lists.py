"""An index and a page each of authors, venues and years."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from vlm_survey.site.page import Content, Page, PageKind, Part
from vlm_survey.views.edition import Edition
from vlm_survey.views.lists import (
    Listing,
    authors,
    authors_by_letter,
    venues,
    years,
)


def _kind(
    below: str, listings: Callable[[Edition], Iterable[Listing]], description: str
) -> PageKind:
    def pages(edition: Edition) -> Iterator[Page]:
        for listing in listings(edition):
            for number, url in enumerate(listing.parts, 1):
                yield Page(url, partial(_content, listing, number, description))

    return PageKind("listing.html", below, pages)


def _content(listing: Listing, number: int, description: str) -> Content:
    return Content(listing.name, description.format(listing.name), listing.page(number))


AUTHOR = _kind(
    "authors/", lambda edition: authors(edition.catalog), "Papers of {} in this catalog."
)
VENUE = _kind("venues/", lambda edition: venues(edition.catalog), "Papers in {}.")
YEAR = _kind("years/", lambda edition: years(edition.catalog), "Papers by year of publication: {}.")

AUTHORS = Part("authors", "authors.html", lambda edition: authors_by_letter(edition.catalog))
VENUES = Part("venues", "venues.html", lambda edition: venues(edition.catalog))
YEARS = Part("years", "listings.html", lambda edition: years(edition.catalog))
