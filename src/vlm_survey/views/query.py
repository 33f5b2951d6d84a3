"""The filter grammar that the command line and the site's addresses share.

A query is a row of conditions, `field=value`, joined by `&` in an address:

    task=vqa&task=segmentation     either of the two
    task=vqa&kind=method           both
    task=!vqa                      not that one
    task=none                      no term: none applies; `not-stated`: the sources do not say;
                                   `not-checked`: the sources were not yet read
    dataset=mimic-cxr              trains or evaluates on that data set
    q=chest x-ray                  all of these words (title, name, authors, venue, summary, tags,
                                   data sets);
                                   a word that nothing begins with may have a slip or two
    year=2022..2024  year=2023     that span, open on either side; that year
    has=code                       has such a link, identifier or field
    sort=-year                     newest first; year, title, added, each with or without '-'
    view=table                     how the site shows the result; it selects nothing

Fields are every facet of the taxonomy, `kind`, `domain`, `dataset`, `venue`, `status` and those above.
It is a contract: an address that worked keeps working, also after a term got another id.
"""

import dataclasses
import re
import urllib.parse
from collections.abc import Iterable, Mapping
from typing import Self, TypeAlias

from vlm_survey.errors import QueryError
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import EMPTY_STATES, Links, Record, Status
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.views.search import WordIndex, folded_words, search_text

_LINKS = tuple(Links.model_fields)

HAS = (*_LINKS, "arxiv", "doi", "summary", "evidence")
"""What `has=` can ask for."""

SORTS = ("year", "title", "added")
"""What `sort=` can order by, each also reversed with a `-` before it."""

VIEWS = ("cards", "table")
"""How the site can show a result; the first is what it does unasked."""

Years: TypeAlias = tuple[int | None, int | None]
"""First and last year, both included; None is open."""


@dataclasses.dataclass(frozen=True)
class Query:
    """A parsed query. Printed with `str`, it is the canonical form of its address.

    Attributes:
        wanted: Field -> values of which a record must have one.
        unwanted: Field -> values of which a record must have none.
        words: Each must begin a word of the record's text, or nearly so (see `views.search`).
        years: Those that are asked for.
        has: What a record must have.
        sort: Order of the result; empty means the catalog's own, by title.
        view: How the site shows the result; empty means as cards.
    """

    wanted: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    unwanted: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    words: tuple[str, ...] = ()
    years: Years | None = None
    has: tuple[str, ...] = ()
    sort: str = ""
    view: str = ""

    @classmethod
    def from_address(cls, query: str, taxonomy: Taxonomy) -> Self:
        """Read the part of an address after its `?`.

        Raises:
            QueryError: It is not of the grammar, or names what the taxonomy does not have.
        """
        return cls.from_conditions(cls.conditions_of(query), taxonomy)

    @staticmethod
    def conditions_of(query: str) -> list[str]:
        """The conditions in the part of an address after its `?`."""
        pairs = urllib.parse.parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        return [f"{name}={value}" for name, value in pairs]

    @classmethod
    def from_conditions(cls, conditions: Iterable[str], taxonomy: Taxonomy) -> Self:
        """Read conditions one by one, as the command line gives them.

        Raises:
            QueryError: One is not of the grammar, or names what the taxonomy does not have.
        """
        known = _known_values(taxonomy)
        wanted: dict[str, list[str]] = {}
        unwanted: dict[str, list[str]] = {}
        words: list[str] = []
        years: Years | None = None
        has: list[str] = []
        sort = view = ""
        for condition in conditions:
            field, equals, value = condition.partition("=")
            if not equals:
                raise QueryError(f"{condition!r}: write it as field=value, such as has=code")
            if field == "q":
                words += folded_words(value)
            elif field == "year":
                years = _within(years, _years(value), value)
            elif field == "has":
                has.append(_one_of(value, HAS, "has"))
            elif field == "sort":
                sort = _sort(value)
            elif field == "view":
                view = _one_of(value, VIEWS, "view").removeprefix(VIEWS[0])
            else:
                values = known.get(field)
                if values is None:
                    raise QueryError(
                        f"unknown field {field!r}: use one of {', '.join(fields(taxonomy))}"
                    )
                negated = value.startswith("!")
                asked = value.removeprefix("!")
                term = _one_of(taxonomy.former_ids.get(field, {}).get(asked, asked), values, field)
                (unwanted if negated else wanted).setdefault(field, []).append(term)
        return cls(
            {field: _unique(values) for field, values in sorted(wanted.items())},
            {field: _unique(values) for field, values in sorted(unwanted.items())},
            _unique(words),
            years,
            _unique(has),
            sort,
            view,
        )

    def __str__(self) -> str:
        pairs = [(field, value) for field, values in self.wanted.items() for value in values]
        pairs += [
            (field, f"!{value}") for field, values in self.unwanted.items() for value in values
        ]
        if self.words:
            pairs.append(("q", " ".join(self.words)))
        if self.years:
            first, last = ("" if year is None else f"{year:04}" for year in self.years)
            pairs.append(("year", first if first == last else f"{first}..{last}"))
        pairs += [("has", value) for value in self.has]
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.view:
            pairs.append(("view", self.view))
        return urllib.parse.urlencode(pairs, safe="!.")

    def apply(self, catalog: Catalog) -> list[Record]:
        """The records that fulfil every condition, in the order asked for."""
        found = [record for record in self._having_words(catalog) if self._matches(record)]
        key = self.sort.removeprefix("-") or "title"
        found.sort(key=_title_key)
        if key != "title":
            # A record without a year comes last in either order.
            known = [record for record in found if getattr(record, key) is not None]
            known.sort(key=lambda record: str(getattr(record, key)), reverse=self.sort[0] == "-")
            return known + [record for record in found if getattr(record, key) is None]
        return found[::-1] if self.sort.startswith("-") else found

    def _having_words(self, catalog: Catalog) -> list[Record]:
        if not self.words:
            return list(catalog)
        index = WordIndex.of(search_text(record, catalog) for record in catalog)
        places = set.intersection(*(index.find(asked) for asked in self.words))
        return [catalog.records[place] for place in sorted(places)]

    def _matches(self, record: Record) -> bool:
        for field, values in self.wanted.items():
            if not set(values).intersection(values_of(record, field)):
                return False
        for field, values in self.unwanted.items():
            if set(values).intersection(values_of(record, field)):
                return False
        if self.years:
            first, last = self.years
            if record.year is None or record.year < (first or 0):
                return False
            if last is not None and record.year > last:
                return False
        return all(has(record, what) for what in self.has)


def fields(taxonomy: Taxonomy) -> list[str]:
    """The fields that a query can name."""
    return [*_known_values(taxonomy), "q", "year", "has", "sort", "view"]


def values_of(record: Record, field: str) -> tuple[str, ...]:
    """What a record says on a field of the grammar: of a facet without a term, its state."""
    if field in ("kind", "domain", "venue", "status"):
        value = getattr(record, field)
        return (str(value),) if value else ()
    if field == "dataset":
        return tuple(record.datasets)
    return record.terms(field) or (record.tag_state(field).value,)


def _known_values(taxonomy: Taxonomy) -> dict[str, Iterable[str]]:
    known: dict[str, Iterable[str]] = {
        field: values.terms for field, values in taxonomy.vocabulary.items()
    }
    for facet_id in taxonomy.facets:
        known[facet_id] = [*known[facet_id], *(state.value for state in EMPTY_STATES)]
    if taxonomy.datasets:
        known["dataset"] = taxonomy.datasets
    known["venue"] = taxonomy.venues
    known["status"] = [status.value for status in Status]
    return known


def has(record: Record, what: str) -> bool:
    """Whether a record has what `has=` asks for."""
    if what in _LINKS:
        return getattr(record.links, what) is not None
    if what in ("arxiv", "doi"):
        return getattr(record.identifiers, what) is not None
    if what == "evidence":
        texts = [evidence for _, _, evidence in record.all_tags()]
        return bool(texts) and all(texts)
    return record.summary is not None


def _years(value: str) -> Years:
    match = re.fullmatch(r"(\d{4})|(\d{4})?\.\.(\d{4})?", value, re.ASCII)
    if not match or value == "..":
        raise QueryError(f"year={value!r}: write 2023, 2022..2024, 2022.. or ..2024")
    if match[1]:
        return int(match[1]), int(match[1])
    if match[2] and match[3] and match[2] > match[3]:
        raise QueryError(f"year={value!r}: the first year is after the last")
    return (int(match[2]) if match[2] else None, int(match[3]) if match[3] else None)


def _within(before: Years | None, years: Years, value: str) -> Years:
    """The years that are in both spans."""
    if before is None:
        return years
    first = max((year for year in (before[0], years[0]) if year is not None), default=None)
    last = min((year for year in (before[1], years[1]) if year is not None), default=None)
    if first is not None and last is not None and first > last:
        raise QueryError(f"year={value!r}: no year is in all spans that are asked for")
    return first, last


def _sort(value: str) -> str:
    _one_of(value.removeprefix("-"), SORTS, "sort")
    return value


def _one_of(value: str, values: Iterable[str], field: str) -> str:
    if value not in values:
        raise QueryError(f"{field}={value!r}: use one of {', '.join(values)}")
    return value


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _title_key(record: Record) -> tuple[str, str]:
    return " ".join(folded_words(record.title)), record.id
