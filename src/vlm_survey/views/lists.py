"""Lists of papers by author, venue and year."""

import dataclasses
import functools
from collections import Counter

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.urls import author_url, browse_url, venue_url, year_url
from vlm_survey.views.items import Item, by_title, item
from vlm_survey.views.search import folded_words


@dataclasses.dataclass(frozen=True)
class Listing:
    """Papers that have something in common.

    Attributes:
        url: The list's own page.
        name: An author's, a venue's, or a year.
        detail: A venue's full name and type.
        narrower: The same list in the filtered view, where the grammar can say it.
        letter: What it stands under in an index.
    """

    url: str
    name: str
    detail: str
    narrower: str
    items: tuple[Item, ...]
    letter: str = ""


@functools.lru_cache(maxsize=1)
def authors(catalog: Catalog) -> tuple[Listing, ...]:
    """Everybody who wrote a paper of the catalog, by family name.

    Names that differ in accents, case and signs only are taken for one person's; the most frequent
    spelling is shown. Two people of one name share a page: the catalog knows names, not persons.
    """
    spellings: dict[str, Counter[str]] = {}
    families: dict[str, str] = {}
    written: dict[str, list[Record]] = {}
    for record in catalog:
        for author in record.authors:
            url = author_url(author.display)
            spellings.setdefault(url, Counter())[author.display] += 1
            families.setdefault(url, " ".join(folded_words(author.family)))
            papers = written.setdefault(url, [])
            if not papers or papers[-1] is not record:
                papers.append(record)
    names = {url: max(sorted(counts), key=counts.__getitem__) for url, counts in spellings.items()}
    order = sorted(written, key=lambda url: (families[url], names[url]))
    return tuple(
        Listing(
            url, names[url], "", "", _newest_first(written[url], catalog), _initial(families[url])
        )
        for url in order
    )


def venues(catalog: Catalog) -> tuple[Listing, ...]:
    """All venues with papers, by full name."""
    found: dict[str, list[Record]] = {}
    for record in catalog:
        if record.venue:
            found.setdefault(record.venue, []).append(record)
    known = catalog.taxonomy.venues
    listings = []
    for venue_id in sorted(found, key=lambda venue: known[venue].name.casefold()):  # type: ignore[index]
        venue = known[venue_id]  # type: ignore[index]
        detail = (
            venue.type.value if venue.name == venue.short else f"{venue.short}, {venue.type.value}"
        )
        items = _newest_first(found[venue_id], catalog)
        narrower = browse_url(f"venue={venue_id}")
        listings.append(Listing(venue_url(venue_id), venue.name, detail, narrower, items))
    return tuple(listings)


def years(catalog: Catalog) -> tuple[Listing, ...]:
    """All years with papers, the newest first."""
    found: dict[int, list[Record]] = {}
    for record in catalog:
        if record.year:
            found.setdefault(record.year, []).append(record)
    return tuple(
        Listing(
            year_url(year),
            str(year),
            "",
            browse_url(f"year={year}"),
            tuple(item(record, catalog) for record in by_title(found[year])),
        )
        for year in sorted(found, reverse=True)
    )


@dataclasses.dataclass(frozen=True)
class Letter:
    """A letter of an index, with the lists that stand under it."""

    letter: str
    listings: tuple[Listing, ...]


def authors_by_letter(catalog: Catalog) -> tuple[Letter, ...]:
    """All authors under the first letter of their family names, without accents."""
    found: dict[str, list[Listing]] = {}
    for listing in authors(catalog):
        found.setdefault(listing.letter, []).append(listing)
    return tuple(Letter(letter, tuple(found[letter])) for letter in sorted(found))


def _initial(family: str) -> str:
    letters = "".join(folded_words(family))
    return letters[:1].upper() or "#"


def _newest_first(records: list[Record], catalog: Catalog) -> tuple[Item, ...]:
    ordered = sorted(by_title(records), key=lambda record: -(record.year or 0))
    return tuple(item(record, catalog) for record in ordered)
