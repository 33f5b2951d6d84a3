"""Lists of papers by author, venue and year."""

import dataclasses
import functools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import Record
from vlm_survey.search.text import folded_words
from vlm_survey.urls import author_url, browse_url, venue_url, year_url
from vlm_survey.views.items import newest_first
from vlm_survey.views.paging import Papers, part, parts_of
from vlm_survey.views.query import Query

MOST_CO_AUTHORS = 8


class CoAuthor(NamedTuple):
    """Somebody with whom an author wrote several papers, and how many."""

    name: str
    url: str
    papers: int


@dataclasses.dataclass(frozen=True, slots=True)
class Listing:
    """Papers that have something in common.

    Attributes:
        url: The list's own page.
        name: An author's, a venue's, or a year.
        short: A venue's short name, if it has another one.
        type: A venue's type.
        narrower: The same list in the filtered view, where the grammar can say it.
        records: The papers, in the order in which they are shown.
        letter: What it stands under in an index.
        also: Other spellings of an author's name that the papers print.
        co_authors: Those with whom an author wrote most of the papers.
    """

    url: str
    name: str
    narrower: str
    records: Sequence[Record]
    short: str = ""
    type: str = ""
    letter: str = ""
    also: tuple[str, ...] = ()
    co_authors: tuple[CoAuthor, ...] = ()

    @property
    def count(self) -> int:
        """How many papers they are."""
        return len(self.records)

    @property
    def years(self) -> str:
        """The first and the last year of its papers."""
        known = [record.year for record in self.records if record.year]
        first, last = min(known, default=""), max(known, default="")
        return f"{first}" if first == last else f"{first}–{last}"

    @property
    def parts(self) -> tuple[str, ...]:
        """The addresses of its pages."""
        return parts_of(self.records, self.url)

    def page(self, number: int) -> "ListingPage":
        """One of them, from 1."""
        return ListingPage(self, part(self.records, self.url, number))


@dataclasses.dataclass(frozen=True, slots=True)
class ListingPage:
    """A list with the part of its papers that one page shows."""

    listing: Listing
    papers: Papers


@functools.lru_cache(maxsize=2)
def authors(catalog: Catalog) -> tuple[Listing, ...]:
    """Return everybody with two or more papers in the catalog, by family name.

    Two people of one name share a page: the catalog knows names, not persons.
    """
    listings = []
    for person, papers in _papers_by_person(catalog).items():
        if len(papers) > 1:
            family = " ".join(folded_words(person.family))
            printed = {name.display for paper in papers for name in paper.names}
            listing = Listing(
                url=author_url(person.display),
                name=person.display,
                narrower="",
                records=tuple(paper.record for paper in papers),
                letter=_initial(family),
                also=tuple(sorted(printed - {person.display})),
                co_authors=tuple(_co_authors(person, papers)),
            )
            listings.append((family, listing))
    listings.sort(key=lambda pair: (pair[0], pair[1].name, pair[1].url))
    return tuple(listing for _, listing in listings)


def _co_authors(person: PersonName, papers: Sequence["_Paper"]) -> Iterator[CoAuthor]:
    people = Counter(other for paper in papers for other in paper.people if other != person)
    for other, count in people.most_common(MOST_CO_AUTHORS):
        if count > 1:
            yield CoAuthor(other.display, author_url(other.display), count)


def author_link(name: PersonName, catalog: Catalog) -> str:
    """Return the address of a person's papers: the person's page, or the search where there is none.

    A name without a letter or digit leads nowhere, since no search finds it.
    """
    person = catalog.person(name)
    if len(_papers_by_person(catalog).get(person, ())) > 1:
        return author_url(person.display)
    if not folded_words(name.display):
        return ""
    phrase = name.display.replace('"', " ")
    return browse_url(str(Query(text=f'"{phrase}"')))


class _Paper(NamedTuple):
    """A paper of a person, with the names that it prints for that person, and all its authors."""

    record: Record
    names: tuple[PersonName, ...]
    people: Collection[PersonName]


@functools.lru_cache(maxsize=2)
def _papers_by_person(catalog: Catalog) -> Mapping[PersonName, Sequence[_Paper]]:
    found: dict[PersonName, list[_Paper]] = {}
    for record in newest_first(catalog):
        names: dict[PersonName, list[PersonName]] = {}
        for name in record.authors:
            names.setdefault(catalog.person(name), []).append(name)
        for person, printed in names.items():
            found.setdefault(person, []).append(_Paper(record, tuple(printed), names))
    return found


@functools.lru_cache(maxsize=2)
def venues(catalog: Catalog) -> tuple[Listing, ...]:
    """All venues with papers, those with most papers first."""
    found: dict[str, list[Record]] = {}
    for record in newest_first(catalog):
        if record.venue:
            found.setdefault(record.venue, []).append(record)
    known = catalog.taxonomy.venues
    listings = []
    for venue_id, records in found.items():
        venue = known[venue_id]  # type: ignore[index]
        listing = Listing(
            url=venue_url(venue_id),
            name=venue.name,
            narrower=browse_url(f"venue={venue_id}"),
            records=records,
            short=venue.short if venue.short != venue.name else "",
            type=venue.type.value,
        )
        listings.append(listing)
    return tuple(sorted(listings, key=lambda one: (-one.count, one.name.casefold(), one.url)))


@functools.lru_cache(maxsize=2)
def years(catalog: Catalog) -> tuple[Listing, ...]:
    """All years with papers, the newest first, then the papers whose year is not known."""
    found: dict[int | None, list[Record]] = {}
    for record in newest_first(catalog):
        found.setdefault(record.year, []).append(record)
    unknown = found.pop(None, [])
    listings = [
        Listing(year_url(year), str(year), browse_url(f"year={year}"), records)
        for year, records in found.items()
        if year
    ]
    if unknown:
        listings.append(Listing(year_url("unknown"), "Year not known", "", unknown))
    return tuple(listings)


@dataclasses.dataclass(frozen=True)
class Letter:
    """A letter of an index and its lists."""

    letter: str
    listings: tuple[Listing, ...]


def authors_by_letter(catalog: Catalog) -> tuple[Letter, ...]:
    """Return the authors with a page under the first letter of their family names, without accents."""
    found: dict[str, list[Listing]] = {}
    for listing in authors(catalog):
        found.setdefault(listing.letter, []).append(listing)
    return tuple(Letter(letter, tuple(found[letter])) for letter in sorted(found))


def _initial(family: str) -> str:
    letters = "".join(folded_words(family))
    return letters[:1].upper() or "#"
