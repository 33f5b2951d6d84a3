"""`vlm-survey refresh`: what the sources say by now, as changes that somebody reads."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner, Result

from tests.intake.conftest import ANSWERS, ATOM, Network
from vlm_survey import load_catalog, read_catalog, run_checks
from vlm_survey.cli import cli

ARTICLE = "10.1007/978-3-031-72761-9_99"
PREPRINT = """\
# yaml-language-server: $schema=../docs/schema/record.schema.json
# ours
title: "PromptLens: Learned Prompts for Anomaly Detection" # as on arXiv
authors: [Julio Silva Rodríguez, Ludwig van Dyk]
year: 2024
identifiers: {arxiv: 2407.99999v1}
links: {paper: https://arxiv.org/abs/2407.99999}
summary: It learns prompts.
tags:
  task: {vqa: title} # surely
status: imported
sources: [https://arxiv.org/abs/2407.99999]
added: 2026-11-24
"""


@pytest.fixture
def path(folder: Path) -> Path:
    """The preprint's record, alone: the others' sources are another matter."""
    for other in (folder / "papers").iterdir():
        other.unlink()
    (folder / "retired.yaml").unlink()
    path = folder / "papers" / "promptlens.yaml"
    path.write_text(PREPRINT, encoding="utf-8")
    return path


@pytest.fixture
def refresh(folder: Path, network: Network) -> Callable[..., Result]:
    network.has_preprint("2407.99999", "preprint")
    network.knows(ARTICLE, "article")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["refresh", "--catalog", str(folder), *arguments])

    return run


def test_an_article_that_appeared_leads(refresh: Callable[..., Result], path: Path) -> None:
    outcome = refresh()

    assert outcome.exit_code == 0, outcome.output
    assert path.read_text(encoding="utf-8") == (
        PREPRINT.replace("year: 2024", "year: 2025\nvenue: eccv")
        .replace("{arxiv: 2407.99999v1}", f"{{arxiv: 2407.99999v1, doi: {ARTICLE}}}")
        .replace(
            "{paper: https://arxiv.org/abs/2407.99999}",
            f"{{paper: https://link.springer.com/{ARTICLE}}}",
        )
        .replace(
            "sources: [https://arxiv.org/abs/2407.99999]",
            f"sources: [https://arxiv.org/abs/2407.99999, https://doi.org/{ARTICLE}]",
        )
    )
    for told in (
        "published version: 10.",
        'the article is titled "PromptLens: Learned Prompts for Zero-Shot',
        "author names in the published version: Silva Rodríguez, Julio; Ludwig van Dyk; Davis, Jr., Sammy",
        "the record has version 1 of 2407.99999, but arXiv has version 3",
    ):
        assert told in outcome.output
    assert [f for f in run_checks(read_catalog(path.parents[1])) if f.severity == "error"] == []


def test_a_second_time_nothing_is_written(refresh: Callable[..., Result], path: Path) -> None:
    refresh()
    before = path.read_bytes()

    outcome = refresh()

    assert path.read_bytes() == before
    assert "published version: 10." not in outcome.output


def test_a_dry_run_only_tells(refresh: Callable[..., Result], path: Path) -> None:
    assert "published version: 10." in refresh("--dry-run").output
    assert path.read_text(encoding="utf-8") == PREPRINT


def test_a_withdrawn_work_stays_and_says_so(
    refresh: Callable[..., Result], path: Path, network: Network
) -> None:
    text = (ANSWERS / "withdrawn.xml").read_text(encoding="utf-8")
    network.says(
        "https://export.arxiv.org/api/query?id_list=2407.99999&max_results=1",
        (200, {"Content-Type": ATOM}, text.replace("2401.00001", "2407.99999").encode()),
    )
    path.write_text(PREPRINT.replace("summary: It learns prompts.", "note: Ours."), "utf-8")

    outcome = refresh()

    assert "Its authors withdrew it from arXiv." in outcome.output, outcome.output
    record = load_catalog(path.parents[1])["promptlens"]
    assert record.note == "Ours. Its authors withdrew it from arXiv."
    assert "withdrew" not in refresh().output


def test_another_work_by_that_doi_changes_nothing(
    refresh: Callable[..., Result], path: Path, network: Network
) -> None:
    text = (ANSWERS / "preprint.xml").read_text(encoding="utf-8")
    other = text.replace(
        "PromptLens: Learned Prompts\n  for Anomaly Detection", "Quite Another Thing"
    )
    network.says(
        "https://export.arxiv.org/api/query?id_list=2407.99999&max_results=1",
        (200, {"Content-Type": ATOM}, other.encode()),
    )

    outcome = refresh()

    assert "are linked, but their titles are" in outcome.output
    assert path.read_text(encoding="utf-8") == PREPRINT


def test_one_source_that_fails_is_named_and_the_others_are_asked(
    refresh: Callable[..., Result], path: Path, network: Network
) -> None:
    (path.parent / "other.yaml").write_text(
        "title: Other\nidentifiers: {doi: 10.1000/other}\nstatus: imported\nadded: 2026-11-24\n"
    )
    network.says("https://doi.org/10.1000/other", requests.ConnectionError())

    outcome = refresh("--format", "markdown")

    assert outcome.exit_code == 0
    assert "- **promptlens**: " in outcome.output
    assert "Not looked up (1 of 2)" in outcome.output
    assert "- other: doi.org could not be reached" in outcome.output


def test_an_author_that_is_no_name_stops_nothing(
    refresh: Callable[..., Result], path: Path, network: Network
) -> None:
    text = (ANSWERS / "preprint.xml").read_text(encoding="utf-8")
    name = re.search("<name>.*</name>", text)
    assert name
    odd = text.replace(name[0], "<name>Institute for Health Metrics and Evaluation</name>")
    network.says(
        "https://export.arxiv.org/api/query?id_list=2407.99999&max_results=1",
        (200, {"Content-Type": ATOM}, odd.encode()),
    )

    outcome = refresh()

    assert outcome.exit_code == 0, outcome.output
    assert "published version: 10." in outcome.output
    assert "year: 2025" in path.read_text(encoding="utf-8")


def test_without_a_network_that_is_said(
    refresh: Callable[..., Result], path: Path, network: Network
) -> None:
    fault = requests.ConnectionError()
    network.says("https://export.arxiv.org/api/query?id_list=2407.99999&max_results=1", fault)

    outcome = refresh()

    assert "no source could be reached" in str(outcome.exception)
    assert path.read_text(encoding="utf-8") == PREPRINT


def test_a_doi_that_is_registered_no_more_is_news(
    refresh: Callable[..., Result], path: Path
) -> None:
    path.write_text(PREPRINT.replace("{arxiv: 2407.99999v1}", "{doi: 10.1000/gone}"), "utf-8")

    assert "the DOI 10.1000/gone is not registered" in refresh().output
