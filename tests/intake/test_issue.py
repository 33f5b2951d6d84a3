"""`vlm-survey issue`: from a form that somebody filled in to a changed file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SMALL
from tests.forms import filled
from tests.hostile import TITLES
from tests.intake.conftest import Network
from vlm_survey import load_catalog
from vlm_survey.cli import cli
from vlm_survey.forms import ADD, CONTEST, CORRECT
from vlm_survey.intake.issue import IssueError, read_issue

ARTICLE = "10.1007/978-3-031-72761-9_99"
TAXONOMY = load_catalog(SMALL).taxonomy


@pytest.fixture
def take(folder: Path, network: Network) -> Callable[..., Result]:
    """Give the command an issue's text."""
    network.knows("10.48550/arXiv.2407.99999", "preprint-doi")
    network.has_preprint("2407.99999", "preprint")
    network.knows(ARTICLE, "article")

    def run(body: str, *arguments: str) -> Result:
        path = folder.parent / "body.md"
        path.write_text(body, encoding="utf-8", newline="")
        command = ["issue", str(path), "--catalog", str(folder), *arguments]
        return CliRunner().invoke(cli, command, catch_exceptions=False)

    return run


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "papers").iterdir()}


def test_a_paper_is_added_with_what_its_proposer_knows(
    take: Callable[..., Result], folder: Path
) -> None:
    body = filled(
        ADD,
        TAXONOMY,
        paper="https://arxiv.org/abs/2407.99999v2",
        kind="Method",
        domain="Medical",
        learning_strategy="Prompt learning",
        task="Anomaly detection, Visual question answering",
        evidence="- Prompt learning: abstract: prompts are learned\nvqa: section 3\nSegmentation: none",
        summary="Learns  prompts\nfor anomalies.",
        datasets="MVTec AD: train\nvisa: test\nImageNet: test",
        link_code="https://github.com/example/promptlens?utm_source=x",
    )

    outcome = take(body)

    assert outcome.exit_code == 0, outcome.output
    assert outcome.output.startswith("papers/promptlens.yaml\n")
    assert "evidence without a matching tag: Segmentation: none" in outcome.output
    assert "data set 'ImageNet' is not in taxonomy.yaml" in outcome.output
    record = load_catalog(folder)["promptlens"]
    assert record.datasets == {"mvtec-ad": "train", "visa": "test"}
    assert record.kind == "method"
    assert record.tags == {
        "learning_strategy": {"prompt-learning": "abstract: prompts are learned"},
        "task": {"anomaly-detection": None, "vqa": "section 3"},
    }
    assert record.summary == "Learns prompts for anomalies."
    assert record.links.code == "https://github.com/example/promptlens"
    assert record.identifiers.doi == ARTICLE
    assert record.status == "imported"


def test_a_paper_without_identifier_comes_from_bibtex(
    take: Callable[..., Result], folder: Path
) -> None:
    entry = "@article{x,\n  title={A Study of {CT}},\n  author={Ada Lovelace},\n  year=2024\n}"

    assert take(filled(ADD, TAXONOMY, bibtex=entry)).exit_code == 0
    assert load_catalog(folder)["study-ct"].title == "A Study of CT"


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({}, "give an arXiv id"),
        ({"paper": "my paper"}, "contains neither an arXiv id nor a DOI"),
        ({"paper": "2407.15795"}, "has no such entry"),
        ({"paper": "10.1000/nothing"}, "the DOI 10.1000/nothing is not registered"),
        ({"bibtex": "@article{a, title={A}}\n@article{b, title={B}}"}, "exactly one BibTeX entry"),
        ({"bibtex": "@article{a, title={" + "word " * 150 + "}}"}, "title: too long"),
        ({"paper": "2407.99999", "kind": "Novel"}, "'Novel' is not an option of 'kind'"),
        ({"paper": "2407.99999", "task": "VQA, Magic"}, "'VQA' is not an option of 'Task'"),
        ({"paper": "2407.99999", "link_code": "javascript:alert(1)"}, "not allowed"),
        ({"paper": "2407.99999", "summary": "x" * 900}, "too long"),
        ({"paper": "2407.99999", "summary": "a\x1bb"}, "control-character"),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_said(
    answers: dict[str, str], reason: str, take: Callable[..., Result], folder: Path
) -> None:
    before = state(folder)

    outcome = take(filled(ADD, TAXONOMY, **answers))

    assert outcome.exit_code == 1, outcome.output
    assert reason in outcome.output
    assert state(folder) == before


def test_a_paper_that_is_there_is_named(take: Callable[..., Result]) -> None:
    entry = "@misc{x, title={AdaCLIP}, author={Ada Lovelace}, eprint={2407.15795}, archiveprefix={arXiv}}"

    outcome = take(filled(ADD, TAXONOMY, bibtex=entry))

    assert outcome.exit_code == 1
    assert "papers/adaclip.yaml" in outcome.output


@pytest.mark.parametrize(
    ("field", "right", "value"),
    [
        ("title", "A Better Title", "A Better Title"),
        ("year", "2022", 2022),
        ("authors", "Ada Lovelace\nvan Dyk, Ludwig\n{The Team}", ("Ada Lovelace", "van Dyk, Ludwig", "{The Team}")),
        ("authors", "King, Jr., Martin Luther\nVaswani, Ashish\nde la Cruz, María José\n{Llama Team, AI at Meta}\nGabriel José {García Márquez}", ("King, Jr., Martin Luther", "Vaswani, Ashish", "de la Cruz, María José", "{Llama Team, AI at Meta}", "Gabriel José {García Márquez}")),
        ("authors", "- Ada Lovelace\n* Alan Turing\n", ("Ada Lovelace", "Alan Turing")),
        ("venue", "eccv", "eccv"),
        ("builds_on", "adaclip", ("adaclip",)),
        ("datasets", "MVTec AD: both\n- visa : Test\nUnused set", {"mvtec-ad": "both", "visa": "test", "unused-set": "not-stated"}),
        ("note", "Three\nlines of\r\ntext.", "Three lines of text."),
    ],
)  # fmt: skip
def test_a_field_is_corrected_and_the_page_named(
    field: str, right: str, value: object, take: Callable[..., Result], folder: Path
) -> None:
    body = filled(CORRECT, TAXONOMY, record="unread", field=field, right=right, source="https://example.org/p")  # fmt: skip

    outcome = take(body)

    assert outcome.exit_code == 0, outcome.output
    record = load_catalog(folder)["unread"]
    assert getattr(record, field) == value
    assert record.sources[-1] == "https://example.org/p"


def test_the_present_values_that_the_page_fills_in_change_nothing(
    take: Callable[..., Result], folder: Path
) -> None:
    now = (folder / "papers" / "clip.yaml").read_text(encoding="utf-8")
    body = filled(CORRECT, TAXONOMY, record="clip", now=now, field="year", right="2022", source="https://example.org/")  # fmt: skip

    assert take(body).exit_code == 0
    after = load_catalog(folder)["clip"]
    assert (after.year, after.title) == (2022, load_catalog(SMALL)["clip"].title)


def test_one_identifier_is_corrected_beside_the_others(
    take: Callable[..., Result], folder: Path
) -> None:
    before = load_catalog(folder)["clip"].identifiers
    body = filled(CORRECT, TAXONOMY, record="https://example.org/papers/clip/?from=list#top", field="identifiers", right="doi: 10.1000/other", source="https://doi.org/10.1000/other")  # fmt: skip

    assert take(body).exit_code == 0
    after = load_catalog(folder)["clip"].identifiers
    assert before.arxiv
    assert (after.arxiv, after.doi) == (before.arxiv, "10.1000/other")


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"record": "clipp"}, "unknown record 'clipp'; did you mean 'clip'?"),
        ({"record": "../../etc/passwd"}, "unknown record 'passwd'"),
        (
            {"field": "status", "right": "reviewed"},
            "the field 'status' cannot be corrected with the form",
        ),
        ({"field": "added", "right": "2020-01-01"}, "cannot be corrected with the form"),
        ({"field": "admin", "right": "x"}, "cannot be corrected with the form"),
        ({"right": "soon"}, "four digits"),
        ({"field": "venue", "right": "nature"}, "unknown venue 'nature'"),
        (
            {"field": "datasets", "right": "imagenet: test"},
            "unknown data set 'imagenet'; add it to",
        ),
        ({"field": "datasets", "right": "visa: tested"}, "use one of: 'train', 'test'"),
        (
            {"field": "authors", "right": "Alec Radford, Jong Wook Kim, Chris Hallacy"},
            "one name per line",
        ),
        ({"field": "authors", "right": "Alec Radford, Jong Wook Kim"}, "one name per line"),
        ({"field": "authors", "right": "Radford, Kim, Hallacy"}, "one name per line"),
        (
            {"field": "authors", "right": "A. Radford, J. W. Kim, C. Hallacy, A. Ramesh"},
            "too many commas",
        ),
        ({"field": "authors", "right": "Alec Radford; Jong Wook Kim"}, "several people"),
        ({"field": "authors", "right": "Alec Radford & Jong Wook Kim"}, "several people"),
        (
            {"field": "authors", "right": "Ada Lovelace\nAlec Radford and Jong Wook Kim"},
            "several people",
        ),
        ({"field": "title", "right": "x\nstatus: reviewed"}, ""),
        ({"field": "identifiers", "right": "doi: [1]"}, "doi"),
        ({"field": "identifiers", "right": "&a {arxiv: *a}"}, 'one "name: value" per line'),
        ({"field": "links", "right": "evil: https://example.org"}, "unknown field"),
        ({"source": "a book"}, "source: "),
        ({"source": "https://example.org/\nhttps://example.net"}, "space in a URL"),
    ],
)
def test_what_cannot_be_corrected_is_said(
    answers: dict[str, str], reason: str, take: Callable[..., Result], folder: Path
) -> None:
    given = {"record": "clip", "field": "year", "right": "2022", "source": "https://example.org/"}
    before = state(folder)

    outcome = take(filled(CORRECT, TAXONOMY, **(given | answers)))

    if not reason:  # A text that looks like YAML is a text.
        assert load_catalog(folder)["clip"].title == "x status: reviewed"
        return
    assert outcome.exit_code == 1, outcome.output
    assert reason in outcome.output
    assert state(folder) == before


@pytest.mark.parametrize(
    ("tag", "verdict", "tags"),
    [
        ("Task: Anomaly detection", "not carry it", {"vqa": "section 5: questions"}),
        ("Task: Visual question answering", "carry it", {"anomaly-detection": "title", "vqa": "table 2: answers"}),
        ("Learning strategy: Fine-tuning", "carry it", {"anomaly-detection": "title", "vqa": "section 5: questions"}),
    ],
)  # fmt: skip
def test_a_tag_is_set_or_taken_away(
    tag: str, verdict: str, tags: dict[str, str], take: Callable[..., Result], folder: Path
) -> None:
    body = filled(CONTEST, TAXONOMY, record="adaclip", tag=tag, verdict=verdict, evidence="table 2: answers")  # fmt: skip

    assert take(body).exit_code == 0
    record = load_catalog(folder)["adaclip"]
    assert record.tags["task"] == tags
    assert ("fine-tuning" in record.tags["learning_strategy"]) == tag.startswith("Learning")


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"verdict": "The rule leaves a doubt"}, "improve it in taxonomy.yaml first"),
        ({"tag": "Task: Magic"}, "unknown tag 'Task: Magic'"),
        ({"tag": "Magic"}, "unknown tag 'Magic'"),
        ({"record": "clip", "verdict": "not carry it"}, "clip does not have the tag task=vqa"),
        ({"record": "nothing"}, "unknown record"),
    ],
)
def test_what_cannot_be_retagged_is_said(
    answers: dict[str, str], reason: str, take: Callable[..., Result], folder: Path
) -> None:
    given = {
        "record": "adaclip",
        "tag": "Task: Visual question answering",
        "verdict": "carry it",
        "evidence": "title",
    }
    before = state(folder)

    outcome = take(filled(CONTEST, TAXONOMY, **(given | answers)))

    assert outcome.exit_code == 1, outcome.output
    assert reason in outcome.output
    assert state(folder) == before


def test_a_dry_run_shows_and_writes_nothing(take: Callable[..., Result], folder: Path) -> None:
    before = state(folder)

    outcome = take(filled(ADD, TAXONOMY, paper="2407.99999"), "--dry-run")

    assert "title: " in outcome.output
    assert state(folder) == before


# --- reading the text


BODY = filled(CORRECT, TAXONOMY, record="clip", field="year", right="2022", source="https://example.org/")  # fmt: skip


def test_line_ends_make_no_difference() -> None:
    assert read_issue(BODY.replace("\n", "\r\n"), TAXONOMY) == read_issue(BODY, TAXONOMY)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "not created with an issue form"),
        ("Please add my paper.", "not created with an issue form"),
        ("Hello.\n\n" + BODY, "text before the first question"),
        (BODY + "\n\n### Record\n\nadaclip", 'unexpected or repeated heading "Record"'),
        (BODY.replace("2022", "2022\n\n### DOI\n\n10.1000/x"), 'heading "DOI"'),
        (BODY.replace("### What is right", "### What is wrong"), 'heading "What is wrong"'),
        (BODY.partition("### What is right")[0], '"What is right" is not where the form has it'),
        ("\n\n".join(reversed(BODY.split("\n\n"))), ""),
        ("x" * 70_000, "shorten it"),
    ],
)  # fmt: skip
def test_an_issue_that_is_not_as_the_form_makes_it_is_refused(body: str, reason: str) -> None:
    with pytest.raises(IssueError) as caught:
        read_issue(body, TAXONOMY)
    assert reason in str(caught.value)


def test_nothing_typed_into_a_block_of_code_is_a_heading() -> None:
    entry = "@article{x,\n### Kind\n\nMethod\n}"
    body = filled(ADD, TAXONOMY, bibtex=entry)

    assert read_issue(body, TAXONOMY).answers["bibtex"] == entry


@pytest.mark.parametrize(
    "typed", ["a\n```\n### Kind\n\nMethod", "a\n```\nb", "```\na", "a\n```\n```\nb"]
)
def test_a_block_of_code_that_is_closed_early_is_refused(typed: str) -> None:
    with pytest.raises(IssueError):
        read_issue(filled(ADD, TAXONOMY, bibtex=typed), TAXONOMY)


@given(st.text(max_size=200) | st.sampled_from(TITLES))
def test_an_answer_stays_in_its_place(typed: str) -> None:
    body = filled(CORRECT, TAXONOMY, record="clip", field="title", right=typed, source="https://example.org/")  # fmt: skip
    try:
        answers = read_issue(body, TAXONOMY).answers
    except IssueError:
        return
    assert answers["record"] == "clip"
    assert answers["source"] == "https://example.org/"
    assert answers["right"] in (typed.replace("\r\n", "\n").replace("\r", "\n").strip(), "")


def test_names_with_commas_and_colons_are_told_apart(
    take: Callable[..., Result], folder: Path
) -> None:
    path = folder / "taxonomy.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("name: Task", 'name: "Task: what"')
    text = text.replace("name: Anomaly detection", "name: 'Answers, spoken'")
    text = text.replace("name: Visual question answering", "name: Answers")
    path.write_text(text, encoding="utf-8")
    taxonomy = load_catalog(folder).taxonomy

    body = filled(ADD, taxonomy, paper="2407.99999", task="Answers, spoken, Answers")
    assert take(body).exit_code == 0
    assert set(load_catalog(folder)["promptlens"].tags["task"]) == {"anomaly-detection", "vqa"}

    body = filled(CONTEST, taxonomy, record="clip", tag="Task: what: Answers, spoken", verdict="carry it", evidence="title")  # fmt: skip
    assert take(body).exit_code == 0
    assert load_catalog(folder)["clip"].tags["task"] == {"anomaly-detection": "title"}
