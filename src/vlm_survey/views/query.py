"""The filter grammar that the command line and the site's URLs share.

A query is a list of conditions, `field=value`, joined by `&` in a URL:

    task=vqa&task=segmentation     either of the two
    task=vqa&kind=method           both
    task=!vqa                      not that one
    task=none                      no term: none applies; `not-stated`: the sources do not say;
                                   `not-checked`: the sources were not yet read
    dataset=mimic-cxr              trains or evaluates on that data set
    builds_on=clip                 builds on CLIP, directly or indirectly
    q=chest x-ray                  all of these words, ranked (see `search.ranking`); an arXiv id or a
                                   DOI finds its paper, words in quotes are a phrase
    year=2022..2024  year=2023     that span, open at either end; that year
    has=code                       has such a link, identifier or field
    sort=-year                     newest first; `relevance`, `year`, `title`, `added`; the last three
                                   also in descending order with `-`
    view=table                     how the site shows the result; selects nothing

Fields are every facet of the taxonomy, `kind`, `domain`, `dataset`, `builds_on`, `venue`, `status` and
those above. Without `sort`, results come by relevance if there are words, otherwise newest first.
The grammar is a contract: a URL that worked keeps working, also after a term got another id.
"""

import dataclasses
import functools
import re
import urllib.parse
from collections.abc import Collection, Iterable, Mapping
from typing import Self, TypeAlias

from vlm_survey.errors import QueryError
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import EMPTY_STATES, Links, Record, Status
from vlm_survey.search.index import Index
from vlm_survey.search.ranking import Result, parse, search
from vlm_survey.views.items import by_title, newest_first

_LINKS = tuple(Links.model_fields)

HAS = (*_LINKS, "arxiv", "doi", "summary", "evidence")
"""What `has=` can ask for."""

SORTS = ("relevance", "year", "-year", "title", "-title", "added", "-added")
"""What `sort=` can order by; with `-`, in descending order."""

VIEWS = ("cards", "table")
"""How the site can show a result; the first is what it does unasked."""

MOST_NAMED = 60
"""Values that an error message lists."""

Years: TypeAlias = tuple[int | None, int | None]
"""First and last year, both included; None is open."""


@dataclasses.dataclass(frozen=True)
class Query:
    """A parsed query. Printed with `str`, it is the canonical form of its address.

    Attributes:
        wanted: Field -> values of which a record must have one.
        unwanted: Field -> values of which a record must have none.
        text: The words that are searched for, as the reader wrote them (see `search.ranking`).
        years: Those that are asked for.
        has: What a record must have.
        sort: Order of the result; empty means the default, by relevance if there is text, otherwise
            newest first.
        view: How the site shows the result; empty means as cards.
    """

    wanted: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    unwanted: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    text: str = ""
    years: Years | None = None
    has: tuple[str, ...] = ()
    sort: str = ""
    view: str = ""

    @classmethod
    def from_address(cls, query: str, catalog: Catalog) -> Self:
        """Read the part of an address after its `?`.

        Raises:
            QueryError: It is not of the grammar, or names what `catalog` does not have.
        """
        return cls.from_conditions(cls.conditions_of(query), catalog)

    @staticmethod
    def conditions_of(query: str) -> list[str]:
        """The conditions in the part of an address after its `?`."""
        pairs = urllib.parse.parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        return [f"{name}={value}" for name, value in pairs]

    @classmethod
    def from_conditions(cls, conditions: Iterable[str], catalog: Catalog) -> Self:
        """Read conditions one by one, as the command line gives them.

        Raises:
            QueryError: One is not of the grammar, or names what `catalog` does not have.
        """
        known = _known_values(catalog)
        wanted: dict[str, list[str]] = {}
        unwanted: dict[str, list[str]] = {}
        texts: list[str] = []
        years: Years | None = None
        has: list[str] = []
        sort = view = ""
        for condition in conditions:
            field, equals, value = condition.partition("=")
            if not equals:
                raise QueryError(f"{condition!r}: write it as field=value, such as has=code")
            if field == "q":
                texts += value.split()
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
                        f"unknown field {field!r}: use one of {', '.join(fields(catalog))}"
                    )
                negated = value.startswith("!")
                asked = value.removeprefix("!")
                term = _one_of(former_ids(catalog, field).get(asked, asked), values, field)
                (unwanted if negated else wanted).setdefault(field, []).append(term)
        return cls(
            {field: _unique(values) for field, values in sorted(wanted.items())},
            {field: _unique(values) for field, values in sorted(unwanted.items())},
            " ".join(texts),
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
        if self.text:
            pairs.append(("q", self.text))
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
        return self.run(catalog)[0]

    def run(self, catalog: Catalog) -> tuple[list[Record], Result]:
        """The same, with what the search for the words says."""
        records, result = in_default_order(catalog), Result()
        if self.has_words:
            index = index_of(catalog)
            result = search(index, self.text)
            records = tuple(records[number] for number in result.ranked(index))
        found = [record for record in records if self._matches(record, catalog)]
        return self._sorted(found), result

    @property
    def has_words(self) -> bool:
        """Whether there is something to search for: punctuation alone selects nothing."""
        return bool(parse(self.text))

    def _sorted(self, found: list[Record]) -> list[Record]:
        key = self.sort.removeprefix("-") or "relevance"
        if key == "relevance":
            return found
        if key == "title":
            return by_title(found)[:: -1 if self.sort.startswith("-") else 1]
        # Equal records are in the default order. A record without a year comes last either way.
        ordered = newest_first(found)
        known = [record for record in ordered if getattr(record, key) is not None]
        if self.sort == "year":
            known.sort(key=lambda record: (record.year, record.month or 13))
        elif key == "added":
            known.sort(key=lambda record: record.added, reverse=self.sort.startswith("-"))
        return known + [record for record in ordered if getattr(record, key) is None]

    def _matches(self, record: Record, catalog: Catalog) -> bool:
        for field, values in self.wanted.items():
            if not set(values).intersection(values_of(record, field, catalog)):
                return False
        for field, values in self.unwanted.items():
            if set(values).intersection(values_of(record, field, catalog)):
                return False
        if self.years:
            first, last = self.years
            if record.year is None or record.year < (first or 0):
                return False
            if last is not None and record.year > last:
                return False
        return all(has(record, what) for what in self.has)


@functools.lru_cache(maxsize=4)
def in_default_order(catalog: Catalog) -> tuple[Record, ...]:
    """All records, the newest first."""
    return tuple(newest_first(catalog))


@functools.lru_cache(maxsize=4)
def index_of(catalog: Catalog) -> Index:
    """The search index of all records, numbered in the default order."""
    return Index.of(in_default_order(catalog), catalog)


def fields(catalog: Catalog) -> list[str]:
    """The fields that a query can name."""
    return [*_known_values(catalog), "q", "year", "has", "sort", "view"]


def values_of(record: Record, field: str, catalog: Catalog) -> tuple[str, ...]:
    """What a record says on a field of the grammar: of a facet without a term, its state."""
    if field == "builds_on":
        return catalog.ancestors.get(record.id, ())
    if field in ("kind", "domain", "venue", "status"):
        value = getattr(record, field)
        return (str(value),) if value else ()
    if field == "dataset":
        return tuple(record.datasets)
    return record.terms(field) or (record.tag_state(field).value,)


def _known_values(catalog: Catalog) -> dict[str, Collection[str]]:
    taxonomy = catalog.taxonomy
    known: dict[str, Collection[str]] = {
        field: values.terms for field, values in taxonomy.vocabulary.items()
    }
    for facet_id in taxonomy.facets:
        known[facet_id] = [*known[facet_id], *(state.value for state in EMPTY_STATES)]
    if catalog.descendants:
        known["builds_on"] = catalog.descendants
    if taxonomy.datasets:
        known["dataset"] = taxonomy.datasets
    known["venue"] = taxonomy.venues
    known["status"] = [status.value for status in Status]
    return known


def former_ids(catalog: Catalog, field: str) -> Mapping[str, str]:
    """Former ids of the values of a field -> their ids now."""
    if field == "builds_on":
        return {old: tombstone.now for old, tombstone in catalog.retired.items() if tombstone.now}
    return catalog.taxonomy.former_ids.get(field, {})


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
    return _one_of(value, SORTS, "sort") if value else ""


def _one_of(value: str, values: Collection[str], field: str) -> str:
    if value not in values:
        names = [*values][:MOST_NAMED]
        more = len(values) - len(names)
        listed = ", ".join(names) + (f" … ({more} more)" if more else "")
        raise QueryError(f"{field}={value!r}: use one of {listed}")
    return value


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
