"""The JSON Schema that editors use, judged by another reader of YAML and schemas."""

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY
from vlm_survey import Catalog
from vlm_survey.layout import SCHEMA_LINE
from vlm_survey.model.record import Record
from vlm_survey.schema import PATH, record_schema

GOOD = "title: A\nyear: 2024\nkind: method\ntags: {task: {vqa: null}}\ndatasets: {mimic-cxr: both}\nstatus: imported\nadded: 2026-11-24\n"


def mistakes(paths: list[Path]) -> set[str]:
    """The names of those files that do not fit the schema."""
    program = str(Path(sys.executable).parent / "check-jsonschema")
    command = [program, "--schemafile", str(REPOSITORY / PATH), "--output-format=json"]
    outcome = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, timeout=120
    )
    told = json.loads(outcome.stdout)
    assert told.get("parse_errors", []) == []
    return {Path(error["filename"]).name for error in told.get("errors", [])}


def test_every_record_fits_the_schema_and_names_it() -> None:
    paths = sorted((REPOSITORY / "papers").glob("*.yaml"))

    assert mistakes(paths) == set()
    for path in paths:
        assert path.read_text(encoding="utf-8").startswith(SCHEMA_LINE + "\n")
    assert (REPOSITORY / "papers" / SCHEMA_LINE.rpartition("=")[2]).resolve() == REPOSITORY / PATH


def test_an_editor_marks_the_same_mistakes(tmp_path: Path) -> None:
    changes = [
        ("title: A\n", ""),
        ("title:", "tilte:"),
        ("year: 2024", "year: 1776"),
        ("year: 2024", "year: soon"),
        ("kind: method", "kind: paper"),
        ("vqa", "vqqa"),
        ("task", "tasks"),
        ("status: imported", "status: done"),
        ("added: 2026-11-24", "added: today"),
        ("status:", "venue: nowhere\nstatus:"),
        ("status:", "links: {cod: 'https://example.org/'}\nstatus:"),
        ("status:", "links: {code: 'ftp://example.org/'}\nstatus:"),
        ("status:", "identifiers: {arxiv: '23.1'}\nstatus:"),
        ("status:", "builds_on: [clip, clip]\nstatus:"),
        ("mimic-cxr", "no-such-set"),
        ("both", "training"),
    ]
    texts = {f"bad-{n}.yaml": GOOD.replace(old, new, 1) for n, (old, new) in enumerate(changes)}
    for name, text in (texts | {"good.yaml": GOOD}).items():
        (tmp_path / name).write_text(text)

    assert mistakes(sorted(tmp_path.glob("*.yaml"))) == set(texts)


def test_every_field_says_what_it_is_for(real: Catalog) -> None:
    schema = record_schema(real.taxonomy)
    parts = [
        schema["properties"],
        *(part.get("properties", {}) for part in schema["$defs"].values()),
    ]

    assert set(schema["properties"]) == set(Record.model_fields) - {"id"}
    for properties in parts:
        for name, field in properties.items():
            assert field.get("description"), name


def test_an_editor_offers_every_term_with_its_definition(real: Catalog) -> None:
    tags = record_schema(real.taxonomy)["properties"]["tags"]["properties"]

    for facet_id, facet in real.taxonomy.facets.items():
        for term_id, term in facet.terms.items():
            assert tags[facet_id]["anyOf"][0]["properties"][term_id]["description"].startswith(
                term.definition
            )
