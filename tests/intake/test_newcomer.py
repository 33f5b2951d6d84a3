"""Somebody adds her first paper with nothing but the page "Contribute", and makes the usual mistakes."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import REPOSITORY
from tests.intake.conftest import Network
from vlm_survey.cli import cli

ARTICLE = "10.1007/978-3-031-72761-9_99"
FINDING = re.compile(r"^papers/promptlens\.yaml:(\d+): ([a-z-]+) (.+); (.+)$", re.MULTILINE)

ANSWERS = {
    "kind: ": "kind: method\ndomain: medical\n",
    "summary": "summary: Learns prompts that find anomalies in CT and MRI; the model stays as it is.\n",
    "tags": (
        "tags:\n"
        '  learning_strategy: {prompt-learning: "abstract: prompts are learned"}\n'
        '  adaptation_strategy: {input-level: "abstract: prompts are added to the input"}\n'
        '  task: {anomaly-detection: title, vqa: "abstract: explains lesions by answers"}\n'
        '  modality: {ct: title, mri: "title"}\n'
    ),
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """This catalog, as a clone has it."""
    root = tmp_path / "clone"
    shutil.copytree(REPOSITORY / "papers", root / "papers")
    for name in ("taxonomy.yaml", "gaps.yaml"):
        shutil.copy(REPOSITORY / name, root)
    return root


@pytest.fixture
def vlm(checkout: Path, network: Network) -> Callable[..., Result]:
    network.knows("10.48550/arXiv.2407.99999", "preprint-doi")
    network.has_preprint("2407.99999", "preprint")
    network.knows(ARTICLE, "article")

    def run(command: str, *arguments: str) -> Result:
        given = [command, *arguments, "--catalog", str(checkout)]
        return CliRunner().invoke(cli, given, catch_exceptions=False)

    return run


@pytest.fixture
def record(vlm: Callable[..., Result], checkout: Path) -> Path:
    """The record that she made, complete."""
    assert vlm("add", "2407.99999").exit_code == 0
    path = checkout / "papers" / "promptlens.yaml"
    facts = "".join(
        line for line in path.read_text().splitlines(keepends=True) if not line.startswith("#   ")
    )
    facts = re.sub(r"# Proposed by .*\n# under tags .*\n", "", facts)
    head, _, tail = facts.partition("status: imported\n")
    path.write_text(head + "".join(ANSWERS.values()) + "status: curated\n" + tail)
    return path


def test_from_an_arxiv_id_to_a_complete_record(vlm: Callable[..., Result], record: Path) -> None:
    assert vlm("fmt").exit_code == 0
    outcome = vlm("check", str(record), "--strict")

    assert outcome.exit_code == 0, outcome.output
    assert "kind: method" in record.read_text()


@pytest.mark.parametrize(
    ("right", "wrong", "code", "reason", "fix"),
    [
        (
            'title: "PromptLens: Learned',
            "title: PromptLens: Learned",
            "yaml-syntax",
            "mapping values are not allowed",
            "quote the value: title: 'PromptLens: Learned",
        ),
        ("{prompt-learning:", "{prompt-tuning:", "unknown-term", "'prompt-tuning'", "did you mean"),
        (
            "links: {paper: https://link.springer.com/10.1007/978-3-031-72761-9_99}",
            "links: {paper: https://dl.acm.org/doi/10.1145/1.2?token=abcdef0123456789&Expires=1700000000}",
            "session-link",
            "",
            "",
        ),
        ("authors: [", "authers: [", "schema", "authers: unknown field", "did you mean 'authors'"),
        ("domain: medical\n", "domain: medicine\n", "unknown-term", "'medicine'", "'medical'"),
        ("venue: eccv", "venue: European Conference", "schema", "is not an id", "lower-case"),
        ("year: 2025", "year: last year", "schema", "not a year", "four digits"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_reason_and_fix(
    right: str,
    wrong: str,
    code: str,
    reason: str,
    fix: str,
    vlm: Callable[..., Result],
    record: Path,
) -> None:
    text = record.read_text()
    assert right in text
    line = text[: text.index(right)].count("\n") + 1
    record.write_text(text.replace(right, wrong, 1))

    outcome = vlm("check", str(record))

    assert outcome.exit_code == 1
    found = {match[2]: match for match in FINDING.finditer(outcome.output)}
    assert code in found, outcome.output
    assert found[code][1] == str(line)
    assert reason in found[code][3]
    assert fix in found[code][4]


def test_missing_authors_are_owed_and_missed_once_it_is_curated(
    vlm: Callable[..., Result], record: Path
) -> None:
    record.write_text(re.sub(r"authors: .*\n", "", record.read_text()))

    outcome = vlm("check", str(record))

    assert outcome.exit_code == 1
    assert re.search(r"papers/promptlens\.yaml:\d+: status .*authors.*; .+", outcome.output)


def test_a_paper_that_is_there_is_named_before_and_after(
    vlm: Callable[..., Result], record: Path
) -> None:
    assert "papers/promptlens.yaml" in vlm("add", "2407.99999").output
    again = record.with_name("again.yaml")
    again.write_text(record.read_text())

    outcome = vlm("check", str(again), str(record))

    for code in ("duplicate-arxiv", "duplicate-doi", "duplicate-title"):
        assert re.search(rf"^papers/\w+\.yaml:\d+: {code} .*papers/\w+\.yaml.*; .+$", outcome.output, re.M), code  # fmt: skip
