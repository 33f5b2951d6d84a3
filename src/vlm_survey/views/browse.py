"""The list that readers filter: what its page shows before any script, and what its scripts read.

The scripts read columns: position by position, in the order of titles, what each record says on each
field. What only some readers need (summaries and links, words, citations) lies in files of its own,
the long ones in chunks of `CHUNK` records, so that a reader fetches what she looks at.
"""

import dataclasses
import functools
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from vlm_survey.exports.bibtex import bibtex_entry
from vlm_survey.exports.ris import ris_entry
from vlm_survey.exports.table import csv_heading, csv_line
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.urls import record_url, term_url
from vlm_survey.views.choices import ChoiceField, choice_fields, choices_of
from vlm_survey.views.edition import Edition
from vlm_survey.views.items import Item, by_title, item
from vlm_survey.views.search import WordIndex, search_text

CHUNK = 32

LISTED = 250
"""So many records stand on the page itself; of a larger catalog the rest is found by year."""


@dataclasses.dataclass(frozen=True)
class BrowseView:
    """The page before any script.

    Attributes:
        version: Changes whenever a data file does, so that no browser mixes old and new.
        fields: What can be filtered by.
        years: Every year from the first to the last, with its number of records.
        items: The first records by title.
        total: Number of all.
    """

    version: str
    fields: tuple[ChoiceField, ...]
    years: tuple[tuple[int, int], ...]
    items: tuple[Item, ...]
    total: int


def browse_view(edition: Edition) -> BrowseView:
    """The page of all records."""
    catalog = edition.catalog
    known = [record.year for record in catalog if record.year]
    years = range(min(known), max(known) + 1) if known else ()
    return BrowseView(
        version=data_version(edition),
        fields=choice_fields(catalog),
        years=tuple((year, known.count(year)) for year in years),
        items=tuple(item(record, catalog) for record in by_title(catalog)[:LISTED]),
        total=len(catalog),
    )


def data_version(edition: Edition) -> str:
    """A short digest of all data files."""
    digest = hashlib.sha256()
    for name, text in data_files(edition):
        digest.update(f"{name}\n{text}\n".encode())
    return digest.hexdigest()[:12]


@functools.lru_cache(maxsize=1)
def data_files(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Names and texts of what the scripts read."""
    return tuple(_data_files(edition))


def _data_files(edition: Edition) -> Iterator[tuple[str, str]]:
    catalog = edition.catalog
    records = by_title(catalog)
    yield "core.json", _json(_core(records, edition))
    index = WordIndex.of(search_text(record, catalog.taxonomy) for record in records)
    yield "words.json", _json({"words": index.words, "places": [_gaps(p) for p in index.places]})
    for first in range(0, len(records), CHUNK):
        chunk = records[first : first + CHUNK]
        number = first // CHUNK
        yield f"details-{number}.json", _json([_details(record, catalog) for record in chunk])
        yield f"records-{number}.json", _json([_whole(record, catalog) for record in chunk])


def _core(records: list[Record], edition: Edition) -> dict[str, Any]:
    catalog = edition.catalog
    items = [item(record, catalog) for record in records]
    fields = []
    for field in choice_fields(catalog):
        numbers = {choice.id: number for number, choice in enumerate(field.choices)}
        fields.append(
            {
                "id": field.id,
                "name": field.name,
                "hue": field.hue,
                "values": list(numbers),
                "former": catalog.taxonomy.former_ids.get(field.id, {}),
                "labels": [choice.name for choice in field.choices],
                "of": [
                    [numbers[value] for value in choices_of(record, field.id)] for record in records
                ],
            }
        )
    return {
        "name": edition.settings.name,
        "release": edition.settings.release,
        "chunk": CHUNK,
        "csv": csv_heading(catalog),
        "urls": {"record": record_url("{id}"), "term": term_url("{field}", "{term}")},
        "fields": fields,
        "id": [record.id for record in records],
        "title": [record.title for record in records],
        "label": [entry.name for entry in items],
        "authors": [entry.authors for entry in items],
        "year": [record.year for record in records],
        "added": [record.added.isoformat() for record in records],
    }


def _details(record: Record, catalog: Catalog) -> dict[str, Any]:
    entry = item(record, catalog)
    links = [("Paper", entry.primary_link)] if entry.primary_link else []
    return {
        "summary": entry.summary,
        "links": [*links, *((link.label, link.url) for link in entry.links)],
    }


def _whole(record: Record, catalog: Catalog) -> dict[str, Any]:
    return {
        "record": record.model_dump(mode="json", exclude_none=True, exclude={"survey"}),
        "authors": [author.display for author in record.authors],
        "bibtex": bibtex_entry(record, catalog),
        "ris": ris_entry(record, catalog),
        "csv": csv_line(record, catalog),
    }


def _gaps(places: tuple[int, ...]) -> list[int]:
    """Ascending positions as steps from one to the next: shorter, and they compress well."""
    return [place - before for before, place in zip((0, *places), places, strict=False)]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
