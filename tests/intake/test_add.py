"""`vlm-survey add`, from what a person types to the file that lies in papers/."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.intake.conftest import Network
from vlm_survey import Catalog, load_catalog, read_catalog, run_checks
from vlm_survey.cli import cli
from vlm_survey.intake.proposals import free_id, near_titles, tags_suggested
from vlm_survey.layout import canonical_text
from vlm_survey.load import read_record
from vlm_survey.load.folder import Entry

ARTICLE = "10.1007/978-3-031-72761-9_99"
Add = Callable[..., Result]


@pytest.fixture
def add(folder: Path, network: Network) -> Add:
    """Run the command in this process, so that the network of files is its network."""
    network.knows("10.48550/arXiv.2407.99999", "preprint-doi")
    network.has_preprint("2407.99999", "preprint")
    network.knows(ARTICLE, "article")

    def run(*arguments: str, input: str | None = None) -> Result:  # noqa: A002 - as click names it
        command = ["add", "--catalog", str(folder), *arguments]
        return CliRunner().invoke(cli, command, input=input, catch_exceptions=False)

    return run


def papers(folder: Path) -> set[str]:
    return {path.name for path in (folder / "papers").iterdir()}


def test_from_an_arxiv_id_to_a_record_that_passes(add: Add, folder: Path) -> None:
    before = papers(folder)

    outcome = add("2407.99999")

    assert outcome.exit_code == 0, outcome.output
    assert papers(folder) - before == {"promptlens.yaml"}
    text = (folder / "papers" / "promptlens.yaml").read_text(encoding="utf-8")
    today = datetime.date.today()
    assert text == (
        "# yaml-language-server: $schema=../docs/schema/record.schema.json\n"
        'title: "PromptLens: Learned Prompts for Zero-Shot Anomaly Detection in CT & MRI"\n'
        "name: PromptLens\n"
        'authors: ["Silva Rodríguez, Julio", Ludwig van Dyk, "Davis, Jr., Sammy", "{The Prompt Consortium}"]\n'
        "year: 2025\n"
        "venue: eccv\n"
        'identifiers: {arxiv: "2407.99999", doi: 10.1007/978-3-031-72761-9_99}\n'
        "links: {paper: https://link.springer.com/10.1007/978-3-031-72761-9_99}\n"
        "status: imported\n"
        "sources: [https://doi.org/10.1007/978-3-031-72761-9_99, https://arxiv.org/abs/2407.99999]\n"
        f"added: {today}\n"
        "# Suggested tags, from words in title and abstract. Check each against its rule, add\n"
        "# those that apply to tags with evidence, then delete these lines.\n"
        '#   learning_strategy: prompt-learning, keywords: "Prompt learning"\n'
        '#   task: anomaly-detection, keywords: "Anomaly detection"\n'
        '#   task: vqa, keywords: "Visual question answering"\n'
    )
    assert "missing: kind, domain, summary, tags." in outcome.output
    assert [f for f in run_checks(read_catalog(folder)) if "promptlens" in f.path] == []
    file = read_record(Entry("promptlens.yaml", text.encode()))
    assert file.text
    assert file.record
    assert canonical_text(file.text, file.record, file.lines) == text


def test_what_is_there_already_is_named_with_what_it_can_gain(add: Add, folder: Path) -> None:
    (folder / "papers" / "lens.yaml").write_text(
        'title: A Working Title\nidentifiers: {arxiv: "2407.99999"}\nstatus: imported\nadded: 2026-11-24\n'
    )
    before = papers(folder)

    outcome = add(f"https://doi.org/{ARTICLE}")

    assert outcome.exit_code == 1
    assert papers(folder) == before
    assert "same arXiv id as papers/lens.yaml:2" in outcome.output
    assert f"can be added to papers/lens.yaml: identifiers, doi: {ARTICLE}" in outcome.output


def test_one_paper_twice_in_one_go_is_added_once(add: Add) -> None:
    outcome = add("2407.99999", ARTICLE)

    assert outcome.exit_code == 1
    assert outcome.output.endswith("1 added, 1 not added\n")
    assert "same DOI as papers/promptlens.yaml" in outcome.output


def test_a_bad_one_keeps_no_other_from_being_added(add: Add, folder: Path) -> None:
    outcome = add("nonsense", "10.1000/unknown", "2407.99999")

    assert outcome.exit_code == 1
    assert (
        "nonsense: not added. 'nonsense' contains neither an arXiv id nor a DOI" in outcome.output
    )
    assert "10.1000/unknown: not added. the DOI 10.1000/unknown is not registered" in outcome.output
    assert (folder / "papers" / "promptlens.yaml").exists()


def test_without_a_network_nothing_is_written(add: Add, folder: Path, network: Network) -> None:
    network.answers.clear()
    network.says("https://doi.org/10.1000/x", ConnectionResetError())
    before = papers(folder)

    outcome = add("2407.99999")

    assert (outcome.exit_code, papers(folder)) == (1, before)


def test_a_dry_run_shows_and_writes_nothing(add: Add, folder: Path) -> None:
    before = papers(folder)

    outcome = add("2407.99999", "--dry-run", "--id", "my-lens")

    assert papers(folder) == before
    assert "\ntitle: " in outcome.output
    assert "papers/my-lens.yaml" in outcome.output


def test_an_id_that_is_taken_is_refused(add: Add) -> None:
    for how in ([], ["--dry-run"]):
        taken = add("2407.99999", "--id", "clip", *how)
        assert (taken.exit_code, "papers/clip.yaml already exists; choose" in taken.output) == (
            2,
            True,
        )
        retired = add("2407.99999", "--id", "not-a-paper", *how)
        assert (retired.exit_code, "see retired.yaml" in retired.output) == (2, True)
        reserved = add("2407.99999", "--id", "nul", *how)
        assert (reserved.exit_code, "'nul' is reserved; choose" in reserved.output) == (2, True)
    assert add("2407.99999", "--id", "../x").exit_code == 2
    assert add("2407.99999", ARTICLE, "--id", "x").exit_code == 2
    assert add("2407.99999", "--id", "../../index").exit_code == 2
    assert add().exit_code == 2


def test_a_bibtex_file(add: Add, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(
        "\ufeff@misc{good, title={Prompt learning for the eye}, author={Able, Ann}, year=2024,"
        " booktitle={Proceedings of the European Conference on Computer Vision}}\r\n"
        "@misc{bad, title={T}, booktitle=nope}\r\n"
        "@misc{known, title={Learning Transferable Visual Models from Natural Language Supervision}}\n"
        f"@misc{{long, title={{{'word ' * 150}}}}}",
        encoding="utf-8",
        newline="",
    )

    outcome = add("--bibtex", str(file))

    assert outcome.exit_code == 1
    assert f"{file}:2: bad: not added. booktitle is neither" in outcome.output
    assert f"{file}:3: known: not added. duplicate-title" in outcome.output
    assert (
        f"{file}:4: long: not added. title: too long; shorten it to 500 characters"
        in outcome.output
    )
    assert outcome.output.endswith("1 added, 3 not added\n")
    record = load_catalog(folder)["prompt-learning-eye"]
    assert (record.authors, record.year, record.venue) == (("Ann Able",), 2024, "eccv")


def test_one_entry_may_have_an_id_and_no_more(add: Add, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    one = "@misc{a, title={Prompt learning for the eye}, author={Ann Able}}\n"
    file.write_text(one + "@misc{b, title={Quite another thing}}\n")
    before = papers(folder)

    for papers_named in ([], ["2407.99999"]):
        outcome = add(*papers_named, "--id", "eye", "--bibtex", str(file))
        assert outcome.exit_code == 2
        assert "--id can only be used with a single paper" in outcome.output
    assert papers(folder) == before

    file.write_text(one)
    assert add("--id", "eye", "--bibtex", str(file)).exit_code == 0
    assert papers(folder) - before == {"eye.yaml"}


@pytest.mark.parametrize("data", [b"", b"\xff\xfe@", b"no entry"])
def test_a_file_that_is_no_bibtex(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "refs.bib"
    file.write_bytes(data)

    outcome = CliRunner().invoke(cli, ["add", "--bibtex", str(file)], catch_exceptions=True)

    assert outcome.exit_code != 0


@pytest.mark.parametrize("address", ["https://[x/", "https://x.org/\udcff", "", "\udcff"])
def test_an_address_that_is_none(address: str, add: Add) -> None:
    outcome = add(address)

    assert outcome.exit_code == 1
    assert "contains neither an arXiv id nor a DOI" in outcome.output


def test_hostile_text_steers_neither_terminal_nor_file(
    add: Add, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(
        "@misc{a\x1b[31m, title={\x1b[2J{{ 7*7 }} <script>alert(1)</script>\u202e: [x](javascript:1)},"
        " author={Robert'); DROP TABLE papers;--}, url={javascript:alert(1)}}",
        encoding="utf-8",
    )

    outcome = add("--bibtex", str(file))

    assert re.search(r"[\x00-\x08\x0b-\x1f\u202e]", outcome.output) is None
    for path in (folder / "papers").iterdir():
        assert "javascript:alert" not in path.read_text(encoding="utf-8")


def test_questions_fill_what_no_source_says(add: Add, folder: Path) -> None:
    answers = [
        "?", "methodd", "method",
        "medical",
        "Learns prompts that find lesions.",
        "prompt-learning", "abstract: learned prompts",
        "anomaly-detection, vqa", "title", "",
    ]  # fmt: skip

    outcome = add("2407.99999", "--interactive", input="\n".join(answers) + "\n")

    assert outcome.exit_code == 0, outcome.output
    assert "unknown: methodd" in outcome.output
    assert "suggested: anomaly-detection, vqa" in outcome.output
    record = load_catalog(folder)["promptlens"]
    assert (record.kind, record.domain) == ("method", "medical")
    assert record.summary == "Learns prompts that find lesions."
    assert record.tags == {
        "learning_strategy": {"prompt-learning": "abstract: learned prompts"},
        "task": {"anomaly-detection": "title", "vqa": None},
    }
    assert "missing: evidence of task.vqa" in outcome.output


def test_evidence_that_is_too_long_is_asked_for_again(add: Add, folder: Path) -> None:
    answers = ["", "", "", "prompt-learning", "word " * 26, "abstract"]

    outcome = add("2407.99999", "--interactive", input="\n".join(answers) + "\n" * 20)

    assert "26 words, but at most 25" in outcome.output
    tags = load_catalog(folder)["promptlens"].tags
    assert tags["learning_strategy"] == {"prompt-learning": "abstract"}


def test_nobody_is_asked_about_a_paper_that_is_there(add: Add) -> None:
    outcome = add("2407.99999", ARTICLE, "--interactive", input="\n" * 20)

    assert outcome.exit_code == 1
    assert outcome.output.count("Press Enter to skip") == 1
    assert "same DOI as papers/promptlens.yaml" in outcome.output


def test_what_was_answered_stays_when_the_next_paper_is_given_up(
    add: Add, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "two.bib"
    file.write_text("@misc{a, title={Foundations}}\n@misc{b, title={Prompts}}")

    outcome = add("--bibtex", str(file), "--interactive", input="method\n" + "\n" * 6)

    assert outcome.exit_code != 0
    assert load_catalog(folder)["foundations"].kind == "method"
    assert "prompts" not in load_catalog(folder)


def test_unanswered_questions_leave_the_record_as_it_was(add: Add, folder: Path) -> None:
    outcome = add("2407.99999", "--interactive", input="\n" * 20)

    assert outcome.exit_code == 0
    record = load_catalog(folder)["promptlens"]
    assert (record.kind, record.tags) == (None, {})
    assert "# Suggested tags" in (folder / "papers" / "promptlens.yaml").read_text()


def test_giving_up_on_the_questions_writes_nothing(add: Add, folder: Path) -> None:
    before = papers(folder)

    outcome = add("2407.99999", "--interactive", input="method\n")

    assert outcome.exit_code != 0
    assert papers(folder) == before


@pytest.mark.parametrize(
    ("title", "year", "taken", "expected"),
    [
        ("Med-Flamingo: a Multimodal Learner", 2023, set(), "med-flamingo"),
        ("A Study of the Retina with Large Models for Everyone", None, set(), "study-retina-large-models-everyone"),
        ("Ünïcode Ærger: 医学", None, set(), "unicode-rger"),
        ("医学影像", 2024, set(), "paper"),
        ("CLIP", 2021, {"clip", "clip-2021", "clip-2"}, "clip-3"),
        ("The Of", None, set(), "the-of"),
        ("TAGS: Labels for All", 2024, set(), "tags-2024"),
        ("Index", None, set(), "index-2"),
    ],
)  # fmt: skip
def test_ids(title: str, year: int | None, taken: set[str], expected: str) -> None:
    assert free_id(title, year, taken) == expected


def test_proposals_respect_words_and_capitals(real: Catalog) -> None:
    text = "It helps us mark the direct path; LoRA adapters and segmentations."
    found = {(proposal.facet, proposal.term) for proposal in tags_suggested(text, real.taxonomy)}

    assert ("modality", "ultrasound") not in found  # "us" is not "US".
    assert ("modality", "ct") not in found  # Nor is "direct" "CT".
    assert ("task", "segmentation") in found


def test_nearly_equal_titles_are_shown(small: Catalog) -> None:
    near = near_titles(
        "Learning Transferable Visual Model from Natural Language Supervisions", small
    )

    assert [record.id for record in near] == ["clip"]
    assert near_titles("Something else entirely", small) == []
