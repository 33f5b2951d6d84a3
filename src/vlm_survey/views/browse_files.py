"""What the scripts of the list read, in files that are fetched as they are needed.

A record is known by its position in the order of titles. `core.json` says of every position what can
be filtered and sorted by, and nothing else: a byte or two a field. What a reader sees of a record is
in `cards-N.json`, its citations in `records-N.json`, so many records a file; where a word or an id is
found, and what the catalog has already, in lookups (see `views.lookup`).
"""

import functools
import itertools
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
from vlm_survey.store import digest
from vlm_survey.urls import dataset_url, record_url, term_url
from vlm_survey.views.choices import choice_fields, choices_of
from vlm_survey.views.edition import Edition, Lookups
from vlm_survey.views.indexes import all_by_title
from vlm_survey.views.items import links, short_authors, short_name
from vlm_survey.views.lookup import lookup_files
from vlm_survey.views.packing import gaps, packed
from vlm_survey.views.search import WordIndex, search_text

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
    records = all_by_title(edition.catalog)
    yield "core.json", lambda: _json(_core(records, edition))
    yield from _by_position("cards", records, CARDS, _card)
    yield from _by_position("records", records, RECORDS, partial(_whole, edition=edition))
    for name, text in edition.lookups or lookups(edition.catalog):
        yield name, partial(str, text)


def lookups(catalog: Catalog) -> Lookups:
    """Names and texts of the files in which places of records are looked up.

    `ids` leads from an id to a place, from a former id to that of the record that took its place;
    `retired` from an id that was given up to the one that took its place, or to nothing; `works`
    from whatever only one work can have to the id of the record that has it.
    """
    records = all_by_title(catalog)
    places = {record.id: place for place, record in enumerate(records)}
    retired = _retired(catalog)
    former = {old: places[now] for old, now in retired.items() if now in places}
    # Where two records have the same, the first stands for both.
    works = {key: record.id for record in reversed(records) for key in _keys(record)}
    index = WordIndex.of(search_text(record, catalog) for record in records)
    return (
        *lookup_files("ids", (former | places).items()),
        *lookup_files("retired", ((old, now or "") for old, now in retired.items())),
        *lookup_files("works", works.items()),
        *lookup_files("letters", _by_letter(index.words)),
        *lookup_files("words", _words(index)),
    )


def _retired(catalog: Catalog) -> dict[Slug, Slug | None]:
    return {old: tombstone.now for old, tombstone in catalog.retired.items()}


def _keys(record: Record) -> Iterator[str]:
    """What the checks for duplicates compare, of which none can be taken for one of another sort."""
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
                "former": catalog.taxonomy.former_ids.get(field.id, {}),
                "labels": [choice.name for choice in choices],
                **_column(
                    tuple(numbers[value] for value in choices_of(record, field.id))
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
        "year": _column((record.year,) if record.year else () for record in records),
        "added": _column((record.added.isoformat(),) for record in records),
    }


def _column(entries: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    """The different `entries`, the most frequent first, and which of them each record has."""
    column = list(entries)
    sets = [entry for entry, _ in Counter(column).most_common()]
    numbers = {entry: number for number, entry in enumerate(sets)}
    return {"sets": sets, "of": packed(numbers[entry] for entry in column)}


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


def _by_letter(words: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """All words under their first letters: among them a misspelt one is looked for."""
    for letter, found in itertools.groupby(words, key=lambda word: word[0]):
        yield letter, list(found)


def _words(index: WordIndex) -> Iterator[tuple[str, str]]:
    """Each word with its places; and what begins with one or two letters, with a `*`, as if a word.

    Too many words begin so to be put together by who asks; of longer beginnings there are few.
    """
    pairs = list(zip(index.words, index.places, strict=True))
    for word, places in pairs:
        yield word, packed(gaps(places))
    for length in (1, 2):
        for letters, found in itertools.groupby(pairs, key=lambda pair: pair[0][:length]):
            if len(letters) == length:
                together = set().union(*(places for _, places in found))
                yield f"{letters}*", packed(gaps(sorted(together)))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
