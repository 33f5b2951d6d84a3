"""The data files of the Browse page, which its scripts load as they need them.

A record is known by its position: its place in the default order of lists. `core.json` has what can be
filtered by. `cards-N.json` has what a list shows of a record and `records-N.json` the record with its
citations, a fixed number of records in each file; `orders.json` has the other orders. Words and ids are
found in lookups (see `views.lookup`).
"""

import functools
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from vlm_survey.checks.rules.duplicate_arxiv import arxiv_ids
from vlm_survey.checks.rules.duplicate_doi import dois
from vlm_survey.checks.rules.duplicate_title import titles
from vlm_survey.exports.bibtex import BIBTEX
from vlm_survey.exports.ris import RIS
from vlm_survey.exports.table import CSV, csv_heading
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.model.value import Slug
from vlm_survey.search.ranking import settings as search_settings
from vlm_survey.store import digest
from vlm_survey.urls import dataset_url, record_url, term_url
from vlm_survey.views.choices import choice_fields, choices_of
from vlm_survey.views.edition import Edition, Lookups
from vlm_survey.views.items import links, short_authors, short_name
from vlm_survey.views.lookup import lookup_files
from vlm_survey.views.query import Query, former_ids, in_default_order, index_of

CARDS = 16
"""Records in a file of cards: about as many as a reader sees at once."""

RECORDS = 32
"""Records in a file of citations."""


@functools.lru_cache(maxsize=1)
def data_version(edition: Edition) -> str:
    """A short digest of all that the files are made of: no browser may mix old and new."""
    settings, catalog = edition.settings, edition.catalog
    words = catalog.taxonomy.model_dump_json()
    spellings = list(catalog.spellings.items())
    given = (settings.name, settings.release, _retired(catalog), spellings)
    found = digest(json.dumps(given).encode(), words.encode())
    for record in catalog:
        found = digest(found, record.model_dump_json().encode())
    return found.hex()[:12]


def data_files(edition: Edition) -> Iterator[tuple[str, Callable[[], str]]]:
    """Names of all files, with what makes their texts."""
    records = in_default_order(edition.catalog)
    yield "core.json", lambda: _json(_core(records, edition))
    yield "orders.json", lambda: _json(_orders(records, edition.catalog))
    yield from _by_position("cards", records, CARDS, _card)
    yield from _by_position("records", records, RECORDS, partial(_whole, edition=edition))
    for name, text in edition.lookups or lookups(edition.catalog):
        yield name, partial(str, text)


def lookups(catalog: Catalog) -> Lookups:
    """Names and texts of the lookup files.

    `ids` maps an id, or a former id, to a position; `retired` a retired id to its successor or an empty
    text; `works` an arXiv id, DOI or title to a record id; `words` a word to its places; `vocabulary` a
    first letter to the words that a misspelt word can stand for.
    """
    records = in_default_order(catalog)
    places = {record.id: place for place, record in enumerate(records)}
    retired = _retired(catalog)
    former = {old: places[now] for old, now in retired.items() if now in places}
    # If two records share a key, the first one is kept.
    works = {key: record.id for record in reversed(records) for key in _keys(record)}
    index = index_of(catalog)
    vocabulary = index.vocabulary
    letters = sorted({*vocabulary.prose, *vocabulary.other})
    return (
        *lookup_files("ids", (former | places).items()),
        *lookup_files("retired", ((old, now or "") for old, now in retired.items())),
        *lookup_files("works", works.items()),
        *lookup_files(
            "vocabulary",
            (
                (letter, [vocabulary.prose.get(letter, []), vocabulary.other.get(letter, [])])
                for letter in letters
            ),
        ),
        *lookup_files("words", index.postings.items()),
    )


def _retired(catalog: Catalog) -> dict[Slug, Slug | None]:
    return {old: tombstone.now for old, tombstone in catalog.retired.items()}


def _keys(record: Record) -> Iterator[str]:
    """The keys that the checks for duplicates compare; keys of different kinds never collide."""
    for keys in (arxiv_ids, dois, titles):
        yield from (key for key, _ in keys(record) if key)


def _core(records: Sequence[Record], edition: Edition) -> dict[str, Any]:
    catalog = edition.catalog
    fields = []
    for field in choice_fields(catalog):
        choices = (*field.choices, *field.others)
        numbers = {choice.id: number for number, choice in enumerate(choices)}
        fields.append(
            {
                "id": field.id,
                "name": field.name,
                "hue": field.hue,
                "values": list(numbers),
                # The values after these have no page: states of a facet without a term.
                "terms": sum(bool(choice.url) for choice in field.choices),
                "former": former_ids(catalog, field.id),
                "labels": [choice.name for choice in choices],
                **_column(
                    tuple(numbers[value] for value in choices_of(record, field.id, catalog))
                    for record in records
                ),
            }
        )
    return {
        "name": edition.settings.name,
        "release": edition.settings.release,
        "size": len(records),
        "cards": CARDS,
        "records": RECORDS,
        "csv": csv_heading(catalog),
        "urls": {
            "record": record_url("{id}"),
            "term": term_url("{field}", "{term}"),
            "dataset": dataset_url("{id}"),
        },
        "fields": fields,
        "year": [record.year for record in records],
        "search": search_settings(index_of(catalog)),
    }


def _orders(records: Sequence[Record], catalog: Catalog) -> dict[str, list[int]]:
    """Sort -> the positions of all records in that order."""
    positions = {record.id: position for position, record in enumerate(records)}
    sorts = ("title", "-title", "year", "added", "-added")
    return {
        sort: [positions[record.id] for record in Query(sort=sort).apply(catalog)] for sort in sorts
    }


def _column(entries: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    """The different `entries`, the most frequent first, and which of them each record has."""
    column = list(entries)
    sets = [entry for entry, _ in Counter(column).most_common()]
    numbers = {entry: number for number, entry in enumerate(sets)}
    return {"sets": sets, "of": [numbers[entry] for entry in column]}


def _by_position(
    name: str, records: Sequence[Record], size: int, described: Callable[[Record], Any]
) -> Iterator[tuple[str, Callable[[], str]]]:
    """Files with `size` of the records each."""

    def text(first: int) -> str:
        return _json([described(record) for record in records[first : first + size]])

    for number, first in enumerate(range(0, len(records), size)):
        yield f"{name}-{number}.json", partial(text, first)


def _card(record: Record) -> dict[str, Any]:
    primary = record.primary_link
    found = [("Paper", primary)] if primary else []
    return {
        "id": record.id,
        "title": record.title,
        "label": short_name(record),
        "authors": short_authors(record),
        "summary": record.summary or "",
        "links": [
            *found,
            *((link.label, link.url) for link in links(record) if link.url != primary),
        ],
    }


def _whole(record: Record, edition: Edition) -> dict[str, Any]:
    return {
        "record": record.model_dump(mode="json", exclude_none=True, exclude={"survey"}),
        "authors": [author.display for author in record.authors],
        "bibtex": edition.entry(BIBTEX, record),
        "ris": edition.entry(RIS, record),
        "csv": edition.entry(CSV, record),
    }


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
