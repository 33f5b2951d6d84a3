"""`vlm-survey taxonomy`: terms renamed, merged, split, and nothing else touched."""

import difflib
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import REPOSITORY, Cli
from vlm_survey import Catalog, CatalogError, Query, load_catalog, read_catalog
from vlm_survey.model.value import Slug
from vlm_survey.rewrite.terms import merge, rename

HOSTED = ["kind=method", "domain=medical", "venue=miccai", "task=vqa", "adaptation_strategy=input-level"]  # fmt: skip


@pytest.fixture
def commented(folder: Path) -> Path:
    """The small catalog, with a record that has comments everywhere."""
    (folder / "papers" / "commented.yaml").write_text(
        "# yaml-language-server: $schema=../docs/schema/record.schema.json\n"
        "# at the top\n"
        'title: "Commented" # vqa\n'
        "kind: method\n"
        "tags:\n"
        "  # inside\n"
        "  learning_strategy: {fine-tuning: null} # beside\n"
        "  task: # here\n"
        "    vqa: \"vqa: 'vqa' # vqa\" # and here\n"
        "    # between\n"
        "    anomaly-detection: null\n"
        "status: imported\n"
        "added: 2026-11-24\n"
        "# at the end\n"
    )
    return folder


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]


@pytest.mark.parametrize("condition", HOSTED)
def test_a_real_term_is_renamed_everywhere_and_nothing_else_changes(
    condition: str, real: Catalog
) -> None:
    field, old = condition.split("=")
    reading = read_catalog(REPOSITORY)
    rewriting = rename(reading, field, old, Slug("another-name"))
    texts = {file.path: file.text or "" for file in reading.files}
    concerned = Query.from_conditions([condition], real).apply(real)

    paths = {path for path in rewriting.files if path.startswith("papers/")}
    assert paths == {f"papers/{record.id}.yaml" for record in concerned}
    for path in paths:
        changed = changed_lines(texts[path], rewriting.files[path])
        removed = " ".join(line[1:].strip() for line in changed if line[0] == "-")
        added = " ".join(line[1:].strip() for line in changed if line[0] == "+")
        # A line that grew too long may be broken anew; its words are the same.
        assert words(removed.replace(f"{old}", "another-name", 1)) == words(added), path
    taxonomy = changed_lines(reading.taxonomy_file.text or "", rewriting.files["taxonomy.yaml"])
    assert len(taxonomy) <= 5
    assert any("formerly" in line and old in line for line in taxonomy if line[0] == "+")


def words(text: str) -> list[str]:
    for sign in "{},":
        text = text.replace(sign, " ")
    return text.split()


def test_there_and_back_again_leaves_every_record_as_it_was(folder: Path, cli: Cli) -> None:
    shutil.rmtree(folder / "papers")
    shutil.copytree(REPOSITORY / "papers", folder / "papers")
    for name in ("taxonomy.yaml", "gaps.yaml"):
        shutil.copy(REPOSITORY / name, folder)
    (folder / "retired.yaml").unlink()

    assert cli("taxonomy", "rename", "task=vqa", "answers", "--name", "Answers").returncode == 0
    assert cli("check").returncode == 0
    assert cli("fmt", "--check").returncode == 0
    catalog = load_catalog(folder)
    assert catalog.taxonomy.facets["task"].terms[Slug("answers")].name == "Answers"
    assert "Visual question answering" in (
        catalog.taxonomy.facets["task"].terms[Slug("answers")].aliases
    )
    assert cli("taxonomy", "rename", "task=answers", "vqa").returncode == 0
    for path in (REPOSITORY / "papers").iterdir():
        assert (folder / "papers" / path.name).read_text() == path.read_text()


def test_comments_stay_where_they_are(commented: Path, cli: Cli) -> None:
    path = commented / "papers" / "commented.yaml"
    before = path.read_text()

    outcome = cli("taxonomy", "rename", "task=vqa", "answers")

    assert outcome.returncode == 0, outcome.stderr
    assert changed_lines(before, path.read_text()) == [
        "-    vqa: \"vqa: 'vqa' # vqa\" # and here",
        "+    answers: \"vqa: 'vqa' # vqa\" # and here",
    ]
    formerly = load_catalog(commented).taxonomy.facets["task"].terms[Slug("answers")].formerly
    assert formerly == ("question-answering", "vqa")


def test_of_two_ids_that_lead_to_one_term_no_evidence_goes_unsaid(folder: Path, cli: Cli) -> None:
    """As a branch leaves them that is older than two merges."""
    words = folder / "taxonomy.yaml"
    words.write_text(words.read_text().replace("[question-answering]", "[question-answering, old]"))
    path = folder / "papers" / "adaclip.yaml"
    path.write_text(
        path.read_text().replace('vqa: "section 5: questions"', "question-answering: one, old: two")
    )

    outcome = cli("taxonomy", "rename", "task=old", "vqa")

    assert outcome.returncode == 0, outcome.stderr
    assert load_catalog(folder)["adaclip"].evidence("task")[Slug("vqa")] == "one"
    assert (
        "papers/adaclip.yaml: had both terms; removed the evidence for old: two" in outcome.stdout
    )


def test_merging_keeps_one_evidence_and_prints_the_other(commented: Path, cli: Cli) -> None:
    outcome = cli("taxonomy", "merge", "task=anomaly-detection", "vqa")

    assert outcome.returncode == 0, outcome.stderr
    assert (
        "papers/adaclip.yaml: had both terms; removed the evidence for anomaly-detection: title"
        in (outcome.stdout)
    )
    catalog = load_catalog(commented)
    assert catalog["adaclip"].tags["task"] == {"vqa": "section 5: questions"}
    assert catalog["commented"].tags["task"] == {"vqa": "vqa: 'vqa' # vqa"}
    text = (commented / "papers" / "commented.yaml").read_text()
    for comment in ("# at the top", "# inside", "# beside", "# here", "# between", "# at the end"):
        assert comment in text
    task = catalog.taxonomy.facets["task"].terms
    assert list(task) == ["vqa"]
    assert task[Slug("vqa")].formerly == ("question-answering", "anomaly-detection")
    assert task[Slug("vqa")].aliases == ("VQA", "Anomaly detection")
    assert cli("check").returncode == 0
    assert cli("list", "--where", "task=anomaly-detection", "--format", "ids").stdout == (
        cli("list", "--where", "task=vqa", "--format", "ids").stdout
    )


def test_splitting_moves_what_is_selected(commented: Path, cli: Cli) -> None:
    taxonomy = commented / "taxonomy.yaml"
    refused = cli("taxonomy", "split", "task=vqa", "open-vqa", "--where", "q=commented")
    assert refused.returncode == 2
    assert "define it in taxonomy.yaml" in refused.stderr
    entry = "      open-vqa: {name: Open, definition: D., rule: R., look_alike: L.}\n"
    taxonomy.write_text(taxonomy.read_text().replace("      vqa: {", entry + "      vqa: {"))

    outcome = cli("taxonomy", "split", "task=vqa", "open-vqa", "--where", "q=commented")

    assert outcome.returncode == 0, outcome.stderr
    catalog = load_catalog(commented)
    assert catalog["commented"].terms("task") == ("open-vqa", "anomaly-detection")
    assert catalog["adaclip"].terms("task") == ("anomaly-detection", "vqa")


def test_what_was_cut_off_is_finished_by_the_same_command(commented: Path, cli: Cli) -> None:
    whole = rename(read_catalog(commented), "task", "vqa", Slug("answers"))
    for path, text in list(whole.files.items())[:2]:
        (commented / path).write_text(text)
    assert cli("check").returncode == 1

    assert cli("taxonomy", "rename", "task=vqa", "answers").returncode == 0

    for path, text in whole.files.items():
        assert (commented / path).read_text() == text
    assert "nothing to change" in cli("taxonomy", "rename", "task=vqa", "answers").stdout


def test_gaps_and_sections_follow(folder: Path) -> None:
    (folder / "gaps.yaml").write_text(
        "gaps:\n"
        "  # why\n"
        "  - cell: {learning_strategy: fine-tuning, task: vqa} # here\n"
        "    meaningless: So it is.\n"
    )
    taxonomy = folder / "taxonomy.yaml"
    taxonomy.write_text(
        taxonomy.read_text().replace(
            "  list: https", "  sections: {Questions: vqa, 'More: questions': vqa}\n  list: https"
        )
    )

    rewriting = rename(read_catalog(folder), "task", "vqa", Slug("answers"))

    assert "{learning_strategy: fine-tuning, task: answers} # here" in rewriting.files["gaps.yaml"]
    assert (
        "sections: {Questions: answers, 'More: questions': answers}"
        in (rewriting.files["taxonomy.yaml"])
    )


def test_a_data_set_is_renamed_in_all_records(folder: Path, cli: Cli) -> None:
    outcome = cli("taxonomy", "rename", "dataset=mvtec-ad", "mvtec-2d", "--name", "MVTec 2D")

    assert outcome.returncode == 0, outcome.stderr
    assert cli("check").returncode == 0
    assert cli("fmt", "--check").returncode == 0
    catalog = load_catalog(folder)
    dataset = catalog.taxonomy.datasets[Slug("mvtec-2d")]
    assert (dataset.name, dataset.aliases) == ("MVTec 2D", ("MVTec Database", "MVTec AD"))
    assert dataset.formerly == ("mvtec", "mvtec-ad")
    assert catalog["adaclip"].datasets == {"mvtec-2d": "both", "visa": "test"}
    assert catalog["clip"].datasets == {"mvtec-2d": "test"}


def test_merged_data_sets_join_their_roles(folder: Path, cli: Cli) -> None:
    path = folder / "papers" / "adaclip.yaml"
    path.write_text(path.read_text().replace("mvtec-ad: both", "mvtec-ad: train"))

    outcome = cli("taxonomy", "merge", "dataset=visa", "mvtec-ad")

    assert outcome.returncode == 0, outcome.stderr
    catalog = load_catalog(folder)
    assert catalog["adaclip"].datasets == {"mvtec-ad": "both"}
    assert "visa" not in catalog.taxonomy.datasets
    assert "VisA" in catalog.taxonomy.datasets[Slug("mvtec-ad")].aliases


@pytest.mark.parametrize(
    ("command", "field", "old", "new", "tags"),
    [
        (rename, "task", "vqa", "answers", ("anomaly-detection", "answers")),
        (merge, "task", "vqa", "anomaly-detection", ("anomaly-detection",)),
    ],
)
def test_tags_of_data_sets_follow_a_term(
    command: Any, field: str, old: str, new: str, tags: tuple[str, ...], folder: Path
) -> None:
    rewriting = command(read_catalog(folder), field, old, Slug(new))
    (folder / "taxonomy.yaml").write_text(rewriting.files["taxonomy.yaml"])

    assert load_catalog(folder).taxonomy.datasets[Slug("mvtec-ad")].tags == {field: tags}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("rename", "task=vqqa", "answers"), "unknown task 'vqqa'; use one of"),
        (("rename", "tasks=vqa", "answers"), "unknown field 'tasks'"),
        (("rename", "vqa", "answers"), "use the format FIELD=TERM"),
        (("rename", "task=vqa", "Answers!"), "is not an id"),
        (("rename", "task=vqa", "anomaly-detection"), "already exists"),
        (("rename", "task=anomaly-detection", "question-answering"), "is a former id of vqa"),
        (("rename", "venue=eccv", "eccv-conference", "--name", "X"), "change the names of a venue"),
        (("merge", "task=vqa", "vqa"), "cannot be merged into itself"),
        (("merge", "task=vqa", "answers"), "unknown task 'answers'"),
        (("split", "task=vqa", "anomaly-detection"), "with --where"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...], reason: str, folder: Path, cli: Cli
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}

    outcome = cli("taxonomy", *arguments)

    assert outcome.returncode == 2
    assert reason in outcome.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before


def test_a_broken_record_is_not_left_behind(folder: Path, cli: Cli) -> None:
    (folder / "papers" / "broken.yaml").write_text("title: a: b\n")

    outcome = cli("taxonomy", "rename", "task=vqa", "answers")

    assert outcome.returncode == 2
    assert "papers/broken.yaml:1:" in outcome.stderr


def test_a_layout_that_cannot_be_followed_is_refused(folder: Path) -> None:
    taxonomy = folder / "taxonomy.yaml"
    text = taxonomy.read_text()
    start = text.index("domains:")
    end = text.index("\nfacets:")
    domain = "definition: D., rule: R., look_alike: L."
    flow = f"domains: {{medical: {{name: M, {domain}}}, natural: {{name: N, {domain}}}}}\n"
    taxonomy.write_text(text[:start] + flow + text[end:])

    with pytest.raises(CatalogError, match="write each entry of domain on separate lines"):
        merge(read_catalog(folder), "domain", "natural", Slug("medical"))


def test_a_dry_run_writes_nothing(folder: Path, cli: Cli) -> None:
    before = (folder / "taxonomy.yaml").read_text()

    outcome = cli("taxonomy", "rename", "task=vqa", "answers", "--dry-run")

    assert "papers/adaclip.yaml would change" in outcome.stdout
    assert (folder / "taxonomy.yaml").read_text() == before


def test_lists_in_lines_are_followed(folder: Path, cli: Cli) -> None:
    path = folder / "taxonomy.yaml"
    data = load_catalog(folder).taxonomy.model_dump(mode="json", exclude_none=True)
    path.write_text(yaml.safe_dump(data, sort_keys=False, default_flow_style=False))

    outcome = cli("taxonomy", "merge", "task=anomaly-detection", "vqa")

    assert outcome.returncode == 0, outcome.stderr
    term = load_catalog(folder).taxonomy.facets["task"].terms[Slug("vqa")]
    assert term.formerly == ("question-answering", "anomaly-detection")
    assert term.aliases == ("VQA", "Anomaly detection")
