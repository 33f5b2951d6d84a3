"""Golden cases: for each check, what it must let pass and what it must report, word for word.

A file of `cases/` is named after a check's code. Under `good` and `bad` stand cases by name; a case
says which files lie in `papers/` (over those of the small catalog, with `alone: true` instead of
them), or what `taxonomy.yaml`, `gaps.yaml`, `retired.yaml` or `authors.yaml` says, and what `vlm-survey check --strict` prints of this code.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import TODAY
from vlm_survey import read_catalog, run_checks
from vlm_survey.checks import all_checks
from vlm_survey.cli.findings import text_line
from vlm_survey.model.finding import Severity
from vlm_survey.search.index import Index
from vlm_survey.templating import render_markdown
from vlm_survey.views.review import ChangedPath, review

CASES = Path(__file__).parent / "cases"


def cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        for kind, named in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for name, case in named.items():
                found.append(pytest.param(path.stem, kind, case, id=f"{path.stem}-{kind}-{name}"))
    return found


@pytest.mark.parametrize(("code", "kind", "case"), cases())
def test_case(code: str, kind: str, case: dict[str, Any], folder: Path) -> None:
    """The check reports what the case says, and nothing else."""
    lay_out(case, folder)

    reading = read_catalog(folder, today=TODAY)
    findings = [finding for finding in run_checks(reading, strict=True) if finding.code == code]

    assert [text_line(finding) for finding in findings] == case.get("reports", [])
    assert bool(findings) == (kind == "bad")


@pytest.mark.parametrize("case", [pytest.param(given.values[2], id=given.id) for given in cases()])
def test_case_is_reviewed(case: dict[str, Any], folder: Path) -> None:
    """Whoever judges the change sees what the check says, and what else can be said of the record."""
    before = read_catalog(folder, today=TODAY)
    lay_out(case, folder)
    reading = read_catalog(folder, today=TODAY)
    findings = run_checks(reading)
    paths = [ChangedPath(file.path, "100644") for file in reading.files]

    judged = review(before, reading, paths, findings)

    told = {*judged.others, *(finding for record in judged.records for finding in record.findings)}
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert told.issuperset(errors)
    assert judged.is_fine == (not errors and not judged.refused)
    assert render_markdown("review.md.j2", view=judged)
    if reading.taxonomy:
        assert Index.of(reading.catalog.records, reading.catalog).words


def test_every_check_has_a_good_and_a_bad_case() -> None:
    covered = {
        path.stem: set(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in CASES.glob("*.yaml")
    }

    assert covered == {check.code: {"good", "bad"} for check in all_checks()}


def test_every_check_explains_itself() -> None:
    for check in all_checks():
        first, _, rest = check.explanation.partition("\n\n")
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", check.code)
        assert first.endswith(".") and "\n" not in first, check.code
        assert rest, f"{check.code} does not say why"


def lay_out(case: dict[str, Any], folder: Path) -> None:
    """Make the files of a case."""
    papers = folder / "papers"
    if case.get("alone"):
        for path in papers.iterdir():
            path.unlink()
    for name, content in case.get("papers", {}).items():
        write(papers / name, content)
    for name in ("gaps", "retired", "rejected", "authors"):
        if name in case:
            (folder / f"{name}.yaml").write_text(case[name], encoding="utf-8")
    taxonomy = folder / "taxonomy.yaml"
    text = taxonomy.read_text(encoding="utf-8")
    for old, new in case.get("taxonomy", {}).items():
        assert old in text
        text = text.replace(old, new)
    taxonomy.write_text(text, encoding="utf-8")


def write(path: Path, content: str | dict[str, Any]) -> None:
    """A file with this text; or, from a mapping, one of another sort."""
    match content:
        case str():
            path.write_bytes(content.encode())
        case {"bytes": text}:
            path.write_bytes(text.encode("latin-1"))
        case {"link": target}:
            path.symlink_to(target)
        case {"letters": count}:
            path.write_text("title: " + "x" * count)
        case {"folder": _}:
            path.mkdir()
