"""`vlm-survey add --json`: golden cases in `entries.yaml`, and files that mean harm."""

import collections
import difflib
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from tests.conftest import SMALL
from vlm_survey import load_catalog, read_catalog, run_checks
from vlm_survey.cli import cli, many
from vlm_survey.errors import CatalogError
from vlm_survey.intake import draft as drafting
from vlm_survey.intake import json_file, judging, works

Case = dict[str, Any]
CASES: list[Case] = yaml.safe_load(
    (Path(__file__).parent / "entries.yaml").read_text(encoding="utf-8")
)
Add = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the small catalog."""
    shutil.copytree(SMALL, tmp_path / "catalog")
    taxonomy = tmp_path / "catalog" / "taxonomy.yaml"
    text = taxonomy.read_text(encoding="utf-8")
    preprints = "\n  rayxiv: {short: rayXiv, name: The Ray Archive, type: preprint}\n"
    taxonomy.write_text(text.replace("\nvenues:\n", "\nvenues:" + preprints), encoding="utf-8")
    return tmp_path / "catalog"


@pytest.fixture
def add(root: Path, tmp_path: Path) -> Add:
    """Add the entries of a file with these bytes."""

    def run(data: bytes, *options: str) -> Result:
        path = tmp_path / "papers.jsonl"
        path.write_bytes(data)
        command = ["add", "--catalog", str(root), "--json", str(path), *options]
        return CliRunner().invoke(cli, command, catch_exceptions=False)

    return run


def lines_of(*entries: object) -> bytes:
    return "\n".join(
        entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False)
        for entry in entries
    ).encode()


def papers(root: Path) -> set[str]:
    return {path.stem for path in (root / "papers").iterdir()}


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: Case, add: Add, root: Path) -> None:
    before = papers(root)
    data = case["file"].encode() if "file" in case else lines_of(*case["lines"])

    outcome = add(data)

    assert papers(root) - before == set(case["adds"]), outcome.output
    for text in case.get("says", []):
        assert text in outcome.output
    assert outcome.exit_code == case.get("code", 0), outcome.output
    assert re.search(r"[\x00-\x08\x0b-\x1f\u202e]", outcome.output) is None
    catalog = load_catalog(root)
    for record_id, fields in case["adds"].items():
        record = catalog[record_id]
        found = json.loads(record.model_dump_json())
        for name, value in fields.items():
            said = found[name]
            if isinstance(said, dict):
                said = {key: one for key, one in said.items() if one is not None}
            assert said == value, (record_id, name)
        assert record.status == "imported"
        assert record.tags == {}
    new = {f"papers/{record_id}.yaml" for record_id in case["adds"]}
    errors = [one for one in run_checks(read_catalog(root)) if one.path in new]
    assert [one for one in errors if one.severity.value == "error"] == []


def test_tags_are_proposed_as_comments(add: Add, root: Path) -> None:
    add(lines_of({"title": "Alpha rays", "abstract": "By prompt learning."}))

    text = (root / "papers" / "alpha-rays.yaml").read_text(encoding="utf-8")
    assert '#   learning_strategy: prompt-learning, keywords: "Prompt learning"' in text


def test_a_dry_run_shows_and_writes_nothing(add: Add, root: Path) -> None:
    before = papers(root)

    outcome = add(lines_of({"title": "Alpha rays"}), "--dry-run")

    assert (outcome.exit_code, papers(root)) == (0, before)
    assert "\ntitle: Alpha rays\n" in outcome.output
    assert outcome.output.endswith("1 record would be added, 0 entries merged, 0 skipped\n")


def test_standard_input(root: Path) -> None:
    command = ["add", "--catalog", str(root), "--json", "-"]
    good = lines_of({"title": "Alpha rays"}, "{")

    outcome = CliRunner().invoke(cli, command, input=good, catch_exceptions=False)

    assert outcome.exit_code == 1
    assert "alpha-rays" in papers(root)
    assert "standard input:2: not added. invalid JSON" in outcome.output


@pytest.mark.parametrize(
    "options", [["2307.15189"], ["--id", "x"], ["--interactive"], ["--bibtex", "-"]]
)
def test_other_ways_do_not_go_with_it(options: list[str], add: Add, root: Path) -> None:
    before = papers(root)

    assert add(lines_of({"title": "Alpha rays"}), *options).exit_code == 2
    assert papers(root) == before


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no entries; write"),
        (b" \n\r\n", "no entries; write"),
        (b"[]", "no entries; write"),
        (b'[{"title": "A"},\n {"title": "B",,}]', "invalid JSON: expecting property name enclosed in double quotes at line 2, column 16"),
        (b'[{"title": "A"}', "invalid JSON: expecting ',' delimiter at column 16"),
        (b"[" * 200_000, "nested too deeply; write"),
        (b'{"title": "A"}\n\xff', "line 2 is not UTF-8 (invalid start byte); save the file as UTF-8"),
        ('{"title": "A"}'.encode("utf-16"), "line 1 is not UTF-8"),
        (b" " * (json_file.MOST_BYTES + 1), "larger than 16 MiB; split the file"),
        (b"x\n" * (json_file.MOST_ENTRIES + 1), "more than 20000 lines; split the file"),
        (b"[" + b"0," * json_file.MOST_ENTRIES + b"0]", "more than 20000 entries; split the file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_file_that_cannot_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(CatalogError, match=re.escape(reason)):
        json_file.items_of(data)


@pytest.mark.parametrize(
    "line",
    [
        '{"title": "A", "year": ' + "9" * 10_000 + "}",
        '{"title": "A", "rank": ' + "9" * 10_000 + ', "year": -Infinity}',
        '{"title": "A", "authors": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"title": "' + "a" * 100_000 + '"}',
        '{"title": "A", "note": "' + "a" * 1000 + '"}',
        '{"title": "A", "authors": ["' + "a" * 100_000 + '"]}',
        '{"title": "A", "authors": [' + '"B C",' * 3000 + '"B C"]}',
        '{"title": "A", "sources": [' + ",".join(f'"https://a.org/{n}"' for n in range(9000)) + "]}",
        '{"title": {"title": "A"}}',
        '{"title": "A", "id": 7}',
        '{"title": "A", "links": ["https://a.org"]}',
        '{"title": "A", "venue": ["ECCV"]}',
        '{"title": "A", "doi": "10.1000/\\u0000"}',
        '"title"',
        "NaN",
        "null",
    ],
)  # fmt: skip
def test_a_hostile_line_is_left_out_with_a_fix(line: str, add: Add, root: Path) -> None:
    before = papers(root)

    outcome = add(lines_of(line, {"title": "Good rays"}))

    assert papers(root) - before == {"good-rays"}
    assert outcome.exit_code == 1
    assert re.search(r"papers\.jsonl:1: .*not added\. .+; .+", outcome.output)
    assert len(outcome.output) < 2000


def test_a_file_of_one_work_over_and_over_is_cut_short(add: Add) -> None:
    outcome = add(lines_of(*[{"title": "Alpha rays"}] * 60))

    assert "same title as line 1, but there are already 50 entries of that work" in outcome.output
    assert outcome.output.endswith("1 record added, 49 entries merged, 10 skipped\n")


def test_a_record_that_cannot_be_written_keeps_no_other(
    add: Add, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str, **_: bool) -> None:
        if path.stem == "alpha-rays":
            raise OSError(28, "No space left on device")
        path.write_text(text)

    monkeypatch.setattr(many, "write_new", full)

    outcome = add(lines_of({"title": "Alpha rays"}, {"title": "Beta waves"}))

    assert "could not be written (No space left on device)" in outcome.output
    assert (outcome.exit_code, "beta-waves" in papers(root)) == (1, True)


def test_what_the_checks_refuse_counts_for_all_entries_of_the_work(add: Add) -> None:
    outcome = add(lines_of(*[{"title": "Alpha rays", "year": 2098}] * 2, {"title": "Good rays"}))

    assert outcome.output.endswith("1 record added, 0 entries merged, 2 skipped\n")


def test_the_work_grows_with_the_entries_not_with_their_square(
    add: Add, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: collections.Counter[str] = collections.Counter()

    def counted(module: object, name: str) -> None:
        inner = getattr(module, name)

        def call(*arguments: Any, **named: Any) -> Any:
            calls[name] += 1
            return inner(*arguments, **named)

        monkeypatch.setattr(module, name, call)

    counted(judging, "run_checks")
    counted(works, "titles_alike")
    counted(works, "fold")
    counted(works, "record_of")
    counted(drafting, "tags_suggested")
    counted(difflib, "SequenceMatcher")
    words = [f"{hashlib.sha256(str(n).encode()).hexdigest()}" for n in range(200)]
    entries = [{"title": f"{word} rays", "year": 2024} for word in words]
    (root / "papers" / "known.yaml").write_text(
        f"title: {words[0]} rays\nstatus: imported\nadded: 2026-11-24\n"
    )

    outcome = add(lines_of(*entries, *entries[:20]))

    assert outcome.output.endswith("199 records added, 19 entries merged, 2 skipped\n")
    assert calls["run_checks"] == 1
    assert calls["titles_alike"] == 20
    assert calls["record_of"] == 220
    assert calls["tags_suggested"] == 199
    assert calls["fold"] < 1000
    assert calls["SequenceMatcher"] < 1000
