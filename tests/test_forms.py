"""GitHub's issue forms: fresh, of GitHub's schema, and complete."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import REPOSITORY, Cli
from vlm_survey import Catalog
from vlm_survey.forms import ADD, FOLDER, issue_forms, questions
from vlm_survey.model.record import Record

FORMS = REPOSITORY / FOLDER
CHECKER = str(Path(sys.executable).parent / "check-jsonschema")


def test_the_forms_are_fresh(real: Catalog) -> None:
    for name, text in issue_forms(real.taxonomy).items():
        assert (FORMS / name).read_text(encoding="utf-8") == text, "run: vlm-survey forms"
    assert {path.name for path in FORMS.iterdir()} == {*issue_forms(real.taxonomy), "config.yml"}


def test_they_are_of_github_s_schema(small: Catalog, tmp_path: Path) -> None:
    for name, text in issue_forms(small.taxonomy).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    own = [FORMS / name for name in issue_forms(small.taxonomy)]
    for schema, paths in (
        ("vendor.github-issue-forms", [*own, *tmp_path.glob("*.yml")]),
        ("vendor.github-issue-config", [FORMS / "config.yml"]),
    ):
        command = [CHECKER, f"--builtin-schema={schema}", *map(str, paths)]
        outcome = subprocess.run(command, check=False, capture_output=True, text=True)
        assert outcome.returncode == 0, outcome.stdout


def test_github_takes_them(real: Catalog) -> None:
    """What its page on the syntax demands and no schema says."""
    for text in issue_forms(real.taxonomy).values():
        body = yaml.safe_load(text)["body"]
        questions = [part for part in body if part["type"] != "markdown"]
        for key in ("id", "label"):
            found = [part.get(key) or part["attributes"][key] for part in questions]
            assert len(found) == len(set(found))
        for part in questions:
            options = part["attributes"].get("options", [])
            assert len(options) == len(set(options))
            assert all(isinstance(option, str) and option != "None" for option in options)


def test_a_facet_may_have_the_id_of_another_question(small: Catalog) -> None:
    facets = {"evidence": small.taxonomy.facets["task"]}
    asked = questions(small.taxonomy.model_copy(update={"facets": facets}))[ADD]

    assert len({question.id for question in asked}) == len(asked)


def test_every_term_and_field_can_be_named(real: Catalog) -> None:
    forms = {name: yaml.safe_load(text) for name, text in issue_forms(real.taxonomy).items()}
    add = {part.get("id"): part["attributes"] for part in forms["add-a-paper.yml"]["body"]}
    (wrong,) = (p for p in forms["correct-a-record.yml"]["body"] if p["id"] == "field")
    (tag,) = (p for p in forms["contest-a-tag.yml"]["body"] if p["id"] == "tag")

    for facet_id, facet in real.taxonomy.facets.items():
        names = [term.name for term in facet.terms.values()]
        assert add[f"facet-{facet_id}"]["options"] == names
        assert {f"{facet.name}: {name}" for name in names} <= set(tag["attributes"]["options"])
    assert set(wrong["attributes"]["options"]) < set(Record.model_fields)


@pytest.mark.parametrize("name", ["add-a-paper.yml", "correct-a-record.yml", "contest-a-tag.yml"])
def test_a_stale_form_is_noticed(name: str, cli: Cli, folder: Path) -> None:
    assert cli("forms").returncode == 0
    assert cli("forms", "--check").returncode == 0

    (folder / FOLDER / name).write_text("name: old\n")

    outcome = cli("forms", "--check")
    assert outcome.returncode == 1
    assert f"{FOLDER}/{name} is out of date; run: vlm-survey forms" in outcome.stdout
