"""An index and a page each of authors, venues and years."""

from collections.abc import Callable, Iterable, Iterator

from vlm_survey.site.page import Page, PageKind, Part
from vlm_survey.views.edition import Edition
from vlm_survey.views.lists import Listing, authors, authors_by_letter, venues, years


def _kind(listings: Callable[[Edition], Iterable[Listing]], description: str) -> PageKind:
    def pages(edition: Edition) -> Iterator[Page]:
        for listing in listings(edition):
            yield Page(listing.url, listing.name, description.format(listing.name), listing)

    return PageKind("listing.html", 2, pages)


AUTHOR = _kind(lambda edition: authors(edition.catalog), "Papers of {} in this catalog.")
VENUE = _kind(lambda edition: venues(edition.catalog), "Papers in {}.")
YEAR = _kind(lambda edition: years(edition.catalog), "Papers of {}.")

AUTHORS = Part("authors", "authors.html", lambda edition: authors_by_letter(edition.catalog))
VENUES = Part("venues", "listings.html", lambda edition: venues(edition.catalog))
YEARS = Part("years", "listings.html", lambda edition: years(edition.catalog))
