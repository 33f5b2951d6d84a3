"""Whatever a text holds, programs of others read in every form just what the record says."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas
import pyarrow.parquet
import pybtex.database
import pytest
import rispy
from pylatexenc.latex2text import LatexNodes2Text

from tests.hostile import hostile_catalog
from vlm_survey import Record
from vlm_survey.exports.registry import all_exports
from vlm_survey.exports.ris import sorting_name
from vlm_survey.model.record import Links

CATALOG = hostile_catalog()
RECORDS = CATALOG.records
FORMULA = tuple("=+-@\t\r＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula."""


def export(form: str) -> bytes:
    return all_exports()[form].render(RECORDS, CATALOG)


def venue(record: Record) -> str:
    assert record.venue
    return CATALOG.taxonomy.venues[record.venue].name


def cells(record: Record) -> dict[str, str]:
    """What the row of a table says of texts."""
    return {
        "id": record.id,
        "title": record.title,
        "name": record.name or "",
        "authors": "; ".join(name.display for name in record.authors),
        "venue": venue(record),
        "doi": record.identifiers.doi or "",
        "summary": record.summary or "",
        "datasets": "; ".join(record.datasets),
        **{name: getattr(record.links, name) or "" for name in Links.model_fields},
    }


def by_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def by_pandas(data: bytes) -> list[dict[str, str]]:
    frame = pandas.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    return frame.to_dict("records")


@pytest.mark.parametrize("read", [by_csv, by_pandas])
def test_csv(read: Callable[[bytes], list[dict[str, str]]]) -> None:
    """Cell for cell, but for the sign that keeps a formula from being one."""
    rows = read(export("csv"))

    assert len(rows) == len(RECORDS)
    for row, record in zip(rows, RECORDS, strict=True):
        assert not [cell for cell in row.values() if cell.startswith(FORMULA)]
        for name, text in cells(record).items():
            assert row[name] == (f"'{text}" if text.startswith(FORMULA) else text)


def test_bibtex() -> None:
    library = pybtex.database.parse_bytes(export("bibtex"), "bibtex")

    def shown(text: str) -> str:
        # Its reader of TeX does not know the two long names, and draws the circumflex as an accent.
        known = text.replace(r"\textbraceleft", r"\{").replace(r"\textbraceright", r"\}")
        return LatexNodes2Text().latex_to_text(" ".join(known.split())).replace("ˆ", "^")

    assert list(library.entries) == [record.id for record in RECORDS]
    for record in RECORDS:
        fields = library.entries[record.id].fields
        assert shown(fields["title"]) == shown_by_tex(record.title)
        persons = library.entries[record.id].persons["author"]
        assert [shown(" ".join([*p.first_names, *p.middle_names, *p.prelast_names, *p.last_names])) for p in persons] == [
            shown_by_tex(name.display) for name in record.authors
        ]  # fmt: skip
        if record.identifiers.doi:
            quoted = record.identifiers.doi.replace("{", "%7B").replace("}", "%7D")
            assert fields["doi"] == quoted


def shown_by_tex(text: str) -> str:
    """Signs that a typesetter draws otherwise and TeX writes as others; many blanks are one."""
    text = " ".join(text.split())
    for typed, drawn in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")):
        text = text.replace(typed, drawn)
    return text


def test_ris() -> None:
    entries = rispy.loads(export("ris").decode())

    assert len(entries) == len(RECORDS)
    for entry, record in zip(entries, RECORDS, strict=True):
        assert entry["id"] == record.id
        assert entry["title"] == record.title
        assert entry["authors"] == [sorting_name(name) for name in record.authors]
        assert entry["secondary_title"] == venue(record)
        assert entry.get("doi") == record.identifiers.doi


def test_csl_json() -> None:
    for item, record in zip(json.loads(export("csl-json")), RECORDS, strict=True):
        assert item["title"] == record.title
        assert item.get("container-title", item.get("publisher")) == venue(record)
        assert item.get("DOI") == record.identifiers.doi
        for name, author in zip(item["author"], record.authors, strict=True):
            whole = name.get("literal") or " ".join(
                name[part] for part in ("given", "non-dropping-particle", "family") if part in name
            )
            assert whole == author.display


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json(form: str) -> None:
    text = export(form).decode()
    rows = json.loads(text) if form == "json" else [json.loads(t) for t in text.splitlines()]

    assert tuple(map(Record.model_validate, rows)) == RECORDS


def test_parquet() -> None:
    rows = pyarrow.parquet.read_table(io.BytesIO(export("parquet"))).to_pylist()

    for row, record in zip(rows, RECORDS, strict=True):
        for name, text in (cells(record) | {"venue": record.venue}).items():
            if name not in ("authors", "datasets"):
                assert (row[name] or "") == text
        assert row["authors"] == [name.display for name in record.authors]
        assert row["note"] == record.note
        assert row["sources"] == list(record.sources)
        assert {use["dataset"]: use["role"] for use in row["datasets"]} == record.datasets
        told = {(tag["facet"], tag["term"]): tag["evidence"] for tag in row["tags"]}
        assert told == {(f, t): said for f, t, said in record.all_tags()}


def test_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    path.write_bytes(export("sqlite"))
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT id, title, name, summary, note, doi FROM record ORDER BY rowid").fetchall()  # fmt: skip
        tags = database.execute("SELECT record, facet, term, evidence FROM tag").fetchall()
        rules = database.execute("SELECT field, id, name, definition, rule FROM term").fetchall()
        venues = database.execute("SELECT id, short, name FROM venue").fetchall()
        datasets = database.execute("SELECT id, name, access, licence, url FROM dataset").fetchall()
        uses = database.execute("SELECT record, dataset, role FROM uses_dataset").fetchall()
        used = database.execute("SELECT dataset, papers FROM papers_by_dataset").fetchall()
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
        printed = database.execute("SELECT record, section, name, title, domain, task, link FROM survey").fetchall()  # fmt: skip
        # A text that is looked for is no query of its own.
        found = database.execute("SELECT count(*) FROM search WHERE search MATCH ?", ['"pwned"'])
        assert found.fetchone()[0] > len(RECORDS) / 4
    database.close()

    assert sorted(rows) == sorted(
        (r.id, r.title, r.name, r.summary, r.note, r.identifiers.doi) for r in RECORDS
    )
    assert set(tags) == {
        (record.id, facet, term, said)
        for record in RECORDS
        for facet, term, said in record.all_tags()
    }
    assert set(rules) == {
        (field, i, term.name, term.definition, term.rule)
        for field, facet in CATALOG.taxonomy.vocabulary.items()
        for i, term in facet.terms.items()
    }
    assert set(venues) == {(i, v.short, v.name) for i, v in CATALOG.taxonomy.venues.items()}
    assert set(datasets) == {
        (i, d.name, d.access, d.licence, d.url) for i, d in CATALOG.taxonomy.datasets.items()
    }
    assert set(uses) == {(r.id, i, role) for r in RECORDS for i, role in r.datasets.items()}
    assert dict(used) == {
        i: sum(i in r.datasets for r in RECORDS) for i in CATALOG.taxonomy.datasets
    }
    assert not broken
    assert set(printed) == {
        (record.id, row.section, row.name, row.title, row.domain, row.task, row.link)
        for record in RECORDS
        for row in record.survey
    }
