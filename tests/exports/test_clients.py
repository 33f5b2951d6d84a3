"""Exports as the programs read them that researchers use: as many entries, the same facts."""

import ast
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pybtex.database
import pybtex.errors
import pypandoc
import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from tests.conftest import REPOSITORY
from tests.exports.generated import checked, generated
from tests.hostile import hostile_catalog
from tests.tools import missing
from vlm_survey import Catalog, Record
from vlm_survey.exports.registry import all_exports
from vlm_survey.views.stats import stats

GENERATED = generated(hostile_catalog().taxonomy)


@pytest.fixture(params=["real", "generated"])
def catalog(request: pytest.FixtureRequest, real: Catalog) -> Catalog:
    return real if request.param == "real" else GENERATED


def export(form: str, catalog: Catalog) -> bytes:
    return all_exports()[form].render(catalog.records, catalog)


def letters(text: str) -> str:
    """Letters and digits alone: what is left when every program has had its way with the signs."""
    text = re.sub(r"\\text(?:backslash|braceleft|braceright|asciicircum|asciitilde)", "", text)
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in folded if c.isalnum() and not unicodedata.combining(c))


def program(name: str) -> str:
    return shutil.which(name) or missing(name)


def test_generated_records_are_such_as_the_model_takes() -> None:
    for record in GENERATED:
        assert checked(record) == record
    assert len({letters(record.title) for record in GENERATED}) == len(GENERATED)


# --- BibTeX


def test_bibtex_cites_every_entry(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "all.bib").write_bytes(export("bibtex", catalog))
    (tmp_path / "all.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{all}\n")

    outcome = subprocess.run(
        [program("bibtex"), "all"], cwd=tmp_path, check=False, capture_output=True, text=True
    )

    log = (tmp_path / "all.blg").read_text(encoding="utf-8", errors="replace")
    lines = log.splitlines()
    warnings = [line for line in lines if line.startswith("Warning")]
    assert outcome.returncode == 0, log
    assert not [line for line in warnings if "empty" not in line and "to sort" not in line], log
    text = (tmp_path / "all.bbl").read_text(encoding="utf-8", errors="replace")
    assert text.count("\\bibitem{") == len(catalog)


def test_biber_finds_nothing_but_years_that_nobody_knows(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "all.bib").write_bytes(export("bibtex", catalog))
    command = [program("biber"), "--tool", "--validate-datamodel", "all.bib"]

    outcome = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)

    assert outcome.returncode == 0, outcome.stdout
    told = re.findall(r"^(?:WARN|ERROR) - (.*)$", outcome.stdout, re.MULTILINE)
    without_year = {record.id for record in catalog if not record.year}
    allowed = r"Datamodel: Entry '(.+)' \(all\.bib\): Missing mandatory field - one of 'date, year'"
    assert {m[1] if (m := re.match(allowed, line)) else line for line in told} == without_year
    entries = (tmp_path / "all_bibertool.bib").read_text(encoding="utf-8").count("\n@")
    assert entries >= len(catalog) - 1


def test_pybtex_reads_it_strictly(catalog: Catalog) -> None:
    pybtex.errors.set_strict_mode(True)
    library = pybtex.database.parse_bytes(export("bibtex", catalog), "bibtex")

    assert list(library.entries) == [record.id for record in catalog]
    for record in catalog:
        entry = library.entries[record.id]
        assert letters(entry.fields["title"]) == letters(record.title)
        assert entry.fields.get("year") == (str(record.year) if record.year else None)
        persons = entry.persons.get("author", [])
        assert len(persons) == len(record.authors)
        for person, author in zip(persons, record.authors, strict=True):
            family = " ".join([*person.prelast_names, *person.last_names])
            assert letters(family) == letters(author.family)


def test_bibtexparser_has_no_failed_block(catalog: Catalog) -> None:
    library = parse_string(export("bibtex", catalog).decode())

    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [record.id for record in catalog]


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_pandoc_makes_the_same_items_of_it(form: str, catalog: Catalog) -> None:
    text = export("bibtex", catalog).decode()
    items = json.loads(pypandoc.convert_text(text, "csljson", form))

    by_id = {item["id"]: item for item in items}
    assert len(items) == len(by_id) == len(catalog)
    for record in catalog:
        item = by_id[record.id]
        # What looks like CSL's own markup is taken for it.
        assert letters(plain(item["title"])) == letters(plain(record.title)), record.id
        years = [part[0] for part in item.get("issued", {}).get("date-parts", [])]
        assert [int(year) for year in years] == ([record.year] if record.year else [])
        found = item.get("author", [])
        assert len(found) == len(record.authors), record.id
        for name, author in zip(found, record.authors, strict=True):
            whole = name.get("literal") or " ".join(
                [
                    name.get("dropping-particle", ""),
                    name.get("non-dropping-particle", ""),
                    name["family"],
                ]
            )
            assert letters(plain(whole)) == letters(author.family), record.id


def plain(text: str) -> str:
    """CSL's own markup for capitals that stay, and pandoc's for the rest, taken out."""
    return re.sub(r"</?(?:span|i|b|sub|sup|code)\b[^>]*>", "", text)


# --- RIS, CSL-JSON


def test_rispy_reads_as_many_records(catalog: Catalog) -> None:
    found = rispy.loads(export("ris", catalog).decode())

    assert [entry["id"] for entry in found] == [record.id for record in catalog]
    for entry, record in zip(found, catalog, strict=True):
        assert entry["title"] == record.title
        assert len(entry.get("authors", [])) == len(record.authors)
        assert entry.get("year") == (str(record.year) if record.year else None)
        assert entry.get("doi") == record.identifiers.doi


def test_citation_processors_read_csl_json(catalog: Catalog) -> None:
    text = export("csl-json", catalog).decode()
    items = json.loads(pypandoc.convert_text(text, "csljson", "csljson"))

    assert [item["id"] for item in items] == [record.id for record in catalog]
    for item, record in zip(items, catalog, strict=True):
        assert len(item.get("author", [])) == len(record.authors)
        assert item.get("DOI") == record.identifiers.doi
        # Markup and dashes of titles are pandoc's own affair.
        assert letters(plain(item["title"])) == letters(plain(record.title))


# --- JSON, SQLite, Parquet


def test_json_says_all_again(catalog: Catalog) -> None:
    for form in ("json", "jsonl"):
        text = export(form, catalog).decode()
        data = (
            json.loads(text) if form == "json" else [json.loads(t) for t in text.split("\n") if t]
        )
        assert tuple(type(r).model_validate(d) for r, d in zip(catalog, data, strict=True)) == (
            catalog.records
        )


@pytest.fixture
def database(catalog: Catalog, tmp_path: Path) -> Path:
    path = tmp_path / "catalog.sqlite"
    path.write_bytes(export("sqlite", catalog))
    path.chmod(0o444)
    return path


def ask(database: Path, sql: str) -> list[str]:
    command = [program("sqlite3"), "-readonly", str(database), sql]
    outcome = subprocess.run(command, check=True, capture_output=True, text=True)
    return outcome.stdout.splitlines()


def test_sqlite_answers_in_its_shell(database: Path, catalog: Catalog) -> None:
    assert ask(database, "PRAGMA integrity_check; PRAGMA foreign_key_check") == ["ok"]
    assert ask(database, "SELECT count(*) FROM record") == [str(len(catalog))]
    authors = sum(len(record.authors) for record in catalog)
    assert ask(database, "SELECT count(*) FROM author") == [str(authors)]
    tags = sum(len(list(record.all_tags())) for record in catalog)
    assert ask(database, "SELECT count(*) FROM tag") == [str(tags)]
    for view in ask(database, "SELECT name FROM sqlite_master WHERE type = 'view'"):
        ask(database, f"SELECT * FROM {view} LIMIT 1")


def test_sqlite_gives_every_record_back(database: Path, catalog: Catalog) -> None:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row

    def rows(table: str, record: Record, order: str) -> list[sqlite3.Row]:
        sql = f"SELECT * FROM {table} WHERE record = ? ORDER BY {order}"
        return connection.execute(sql, (record.id,)).fetchall()

    for record in catalog:
        own = dict(connection.execute("SELECT * FROM record WHERE id = ?", (record.id,)).fetchone())
        identifiers = {name: own.pop(name) for name in ("doi", "arxiv")}
        tags: dict[str, Any] = {
            row["facet"]: "not-stated" if row["state"] == "not-stated" else {}
            for row in rows("facet_state", record, "facet")
        }
        for row in rows("tag", record, "facet, position"):
            tags[row["facet"]][row["term"]] = row["evidence"]
        survey = [dict(row) for row in rows("survey", record, "position")]
        for entry in survey:
            del entry["record"], entry["position"]
        again = Record.model_validate(
            {
                **own,
                "identifiers": identifiers,
                "authors": [row["bibtex"] for row in rows("author", record, "position")],
                "links": {row["name"]: row["url"] for row in rows("link", record, "name")},
                "sources": [row["url"] for row in rows("source", record, "position")],
                "builds_on": [row["base"] for row in rows("builds_on", record, "position")],
                "tags": tags,
                "datasets": {
                    row["dataset"]: row["role"] for row in rows("uses_dataset", record, "dataset")
                },
                "survey": survey,
            }
        )
        assert again == record
    connection.close()


def test_sqlite_counts_as_the_command_line_does(real: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    path.write_bytes(export("sqlite", real))
    counted = stats(real)

    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        found = connection.execute("SELECT facet, term, papers FROM papers_by_term").fetchall()
        asked = connection.execute("SELECT id FROM search WHERE search MATCH 'flamingo'").fetchall()
    connection.close()

    for facet, term, papers in found:
        assert counted[facet][term] == papers
    assert ("med-flamingo",) in asked


def test_datasette_opens_it(database: Path, catalog: Catalog) -> None:
    def got(path: str) -> list[dict[str, object]]:
        command = [str(Path(sys.executable).parent / "datasette"), "--get", path, str(database)]
        outcome = subprocess.run(command, check=True, capture_output=True, text=True)
        return json.loads(outcome.stdout)

    rows = got("/catalog/record.json?_shape=array&_size=max")
    assert [row["id"] for row in rows] == [record.id for record in catalog]
    assert got("/catalog/papers_by_term.json?_shape=array")


@pytest.fixture
def parquet(real: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "catalog.parquet").write_bytes(export("parquet", real))
    (tmp_path / "catalog.csv").write_bytes(export("csv", real))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "catalog.parquet"


def answered(sql: str) -> list[Any]:
    """The rows of DuckDB's answer."""
    relation = duckdb.sql(sql)
    assert relation is not None
    return relation.fetchall()


def examples(language: str) -> list[str]:
    page = (REPOSITORY / "docs" / "data.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def test_duckdb_answers_the_page_s_questions_as_stats_does(parquet: Path, real: Catalog) -> None:
    assert parquet.is_file()
    by_task, by_status, by_modality, by_dataset = map(answered, examples("sql"))
    counted = stats(real)

    assert dict(by_status) == counted["status"]
    present = {term: count for term, count in counted["modality"].items() if count}
    for state in ("none", "not-stated", "not-checked"):
        present.pop(state, None)
    assert dict(by_modality) == present
    prompts = [r for r in real if "prompt-learning" in (r.terms("learning_strategy") or ())]
    tasks = [task for record in prompts for task in record.terms("task") or ()]
    assert dict(by_task) == {task: tasks.count(task) for task in set(tasks)}
    tested = [i for r in real for i, role in r.datasets.items() if role in ("test", "both")]
    assert dict(by_dataset) == {dataset: tested.count(dataset) for dataset in set(tested)}


def test_the_page_s_three_ways_give_one_answer(parquet: Path) -> None:
    by_task = dict(answered(examples("sql")[0]))

    def told(example: str, folder: Path) -> str:
        command = [sys.executable, "-c", example]
        return subprocess.run(
            command, cwd=folder, check=True, capture_output=True, text=True
        ).stdout

    with_pandas, with_package = examples("python")
    table = re.findall(r"^([a-z-]+)\s+(\d+)$", told(with_pandas, parquet.parent), re.MULTILINE)

    assert {task: int(count) for task, count in table} == by_task
    assert dict(ast.literal_eval(told(with_package, REPOSITORY))) == by_task


def test_parquet_holds_every_value(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "catalog.parquet"
    path.write_bytes(export("parquet", catalog))
    frame = pandas.read_parquet(path)

    assert list(frame.id) == [record.id for record in catalog]
    assert list(frame.title) == [record.title for record in catalog]
    for row, record in zip(frame.itertuples(), catalog, strict=True):
        assert list(row.authors) == [author.display for author in record.authors]
        tags = {(tag["facet"], tag["term"]): tag["evidence"] for tag in row.tags}
        assert tags == {(facet, term): evidence for facet, term, evidence in record.all_tags()}


def test_parquet_can_be_cut_by_year(parquet: Path, real: Catalog) -> None:
    (statement,) = re.findall(r"`(COPY .+?)`\.", (REPOSITORY / "docs" / "data.md").read_text())
    duckdb.sql(statement)

    read = "SELECT count(*) FROM read_parquet('by-year/*/*.parquet', hive_partitioning = true)"
    assert parquet.is_file()
    assert answered(read) == [(len(real),)]


@pytest.mark.parametrize("form", sorted(all_exports()))
def test_the_same_records_give_the_same_bytes(form: str, real: Catalog) -> None:
    assert export(form, real) == export(form, real)
