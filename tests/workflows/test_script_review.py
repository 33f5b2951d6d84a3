"""review.sh and comment.py: a pull request is judged, and told so."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import REPOSITORY
from tests.tools import git
from tests.workflows.conftest import VLM_SURVEY, GitHub, commit, output, rename_clip, run

HEAD = "a" * 40


# --- review.sh
def reviewed(folder: Path, summary: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    base = output("rev-parse", "origin/main", folder=folder).strip()
    given = {"BASE": base, "NUMBER": "7", "GITHUB_STEP_SUMMARY": str(summary)}
    return run("review.sh", folder, **(given | environment))


@pytest.fixture
def based(checkout: Path) -> Path:
    git("fetch", "--quiet", "origin", folder=checkout)
    return checkout


def test_a_good_change_passes_with_a_summary(based: Path, tmp_path: Path) -> None:
    rename_clip(based, "Another Title")
    commit(based, "Records")

    outcome = reviewed(based, tmp_path / "summary")

    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "## Another Title" in (tmp_path / "summary").read_text()
    assert (based / "review" / "review.md").read_text() == (tmp_path / "summary").read_text()
    assert (based / "review" / "number").read_text() == "7\n"


@pytest.mark.parametrize(
    "title",
    [
        "'::error::$(touch pwned) `touch pwned` ${{ secrets.TOKEN }}'",
        "'\"; touch pwned; #'",
        "'</details><img src=x onerror=alert(1)> @octocat #1'",
    ],
)
def test_a_title_is_text_to_every_reader(title: str, based: Path, tmp_path: Path) -> None:
    rename_clip(based, title)
    commit(based, "$(touch pwned)")

    outcome = reviewed(based, tmp_path / "summary")

    assert not list(based.rglob("pwned"))
    assert not [line for line in outcome.stdout.splitlines() if line.startswith("::error::")]
    assert "<img" not in (tmp_path / "summary").read_text().replace("\\<", "")


def test_a_deletion_is_refused_in_place(based: Path, tmp_path: Path) -> None:
    (based / "papers" / "unread.yaml").unlink()
    commit(based, "Delete")

    outcome = reviewed(based, tmp_path / "summary")

    assert outcome.returncode == 1
    assert "::error file=papers/unread.yaml,line=1,title=change::" in outcome.stdout
    assert "the id unread was removed" in (tmp_path / "summary").read_text()


def test_records_and_code_need_a_label(based: Path, tmp_path: Path) -> None:
    rename_clip(based, "Another Title")
    (based / "setup.py").write_text("")
    commit(based, "Both")

    assert reviewed(based, tmp_path / "summary").returncode == 1
    assert reviewed(based, tmp_path / "summary", MAY_MIX="true").returncode == 0


def test_a_readme_by_hand_is_refused_and_one_by_command_is_not(based: Path, tmp_path: Path) -> None:
    readme = based / "README.md"
    readme.write_text(readme.read_text() + "\nBuy here.\n")
    commit(based, "Advertise")
    by_hand = reviewed(based, tmp_path / "summary")

    rename_clip(based, "Another Title")
    subprocess.run([str(VLM_SURVEY), "readme"], cwd=based, check=True, capture_output=True)
    commit(based, "Write")

    assert by_hand.returncode == 1
    assert "::error file=README.md" in by_hand.stdout
    assert reviewed(based, tmp_path / "summary").returncode == 0


def test_only_what_the_change_itself_brings_is_judged(based: Path, tmp_path: Path) -> None:
    """GitHub checks out the merge with what has become of the main branch meanwhile."""
    git("switch", "--quiet", "--create", "change", folder=based)
    new = "title: One More\nstatus: imported\nadded: 2026-11-24\n"
    (based / "papers" / "one-more.yaml").write_text(new)
    commit(based, "Add")
    git("switch", "--quiet", "main", folder=based)
    rename_clip(based, "Another Title")
    (based / "Makefile").write_text("all:\n")
    subprocess.run([str(VLM_SURVEY), "readme"], cwd=based, check=True, capture_output=True)
    commit(based, "Meanwhile")
    git("merge", "--quiet", "--no-ff", "--message=Merge", "change", folder=based)

    outcome = reviewed(based, tmp_path / "summary", BASE=base_of("check.yml", "Review"))

    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    summary = (tmp_path / "summary").read_text()
    assert "## One More" in summary
    assert "Another Title" not in summary


def base_of(workflow: str, step: str) -> str:
    """The revision that a step compares with."""
    text = (REPOSITORY / ".github" / "workflows" / workflow).read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"].values()
    (base,) = [s["env"]["BASE"] for job in jobs for s in job["steps"] if s.get("name") == step]
    return str(base)


# --- comment.py
@pytest.fixture
def review(tmp_path: Path) -> Path:
    folder = tmp_path / "review"
    folder.mkdir()
    (folder / "number").write_text("7\n")
    (folder / "review.md").write_text("## A Title\n")
    return folder


def post(
    hub: GitHub, review: Path, *, sha: str = HEAD, state: str = "open", comments: Any = ()
) -> subprocess.CompletedProcess[str]:
    hub.answers = {
        "repos/o/r/pulls/7": {"head": {"sha": sha}, "state": state},
        "repos/o/r/issues/7/comments?per_page=100": list(comments),
    }
    return hub.run("comment.py", str(review), folder=review, HEAD_SHA=HEAD)


def test_a_review_is_posted(hub: GitHub, review: Path) -> None:
    assert post(hub, review).returncode == 0

    ((method, path, given),) = hub.posts()
    assert (method, path) == ("POST", "repos/o/r/issues/7/comments")
    assert json.loads(given)["body"] == "<!-- vlm-survey review -->\n## A Title\n"


def test_a_second_review_takes_the_place_of_the_first(hub: GitHub, review: Path) -> None:
    mark = "<!-- vlm-survey review -->\nold"
    comments = [
        {"id": 1, "user": {"type": "User"}, "body": mark},  # Somebody who imitates it.
        {"id": 2, "user": {"type": "Bot"}, "body": "Another bot's"},
        {"id": 3, "user": {"type": "Bot"}, "body": mark},
    ]

    post(hub, review, comments=comments)

    assert [call[:2] for call in hub.posts()] == [["PATCH", "repos/o/r/issues/comments/3"]]


@pytest.mark.parametrize("pull", [{"sha": "b" * 40}, {"state": "closed"}])
def test_nothing_is_posted_to_another_or_a_closed_one(
    pull: dict[str, str], hub: GitHub, review: Path
) -> None:
    post(hub, review, **pull)

    assert hub.posts() == []


@pytest.mark.parametrize("number", ["", "7; rm -rf /", "../8", "7\n8", "0", "-1", "٧", "9" * 30])
def test_a_number_that_is_none_reaches_nobody(number: str, hub: GitHub, review: Path) -> None:
    (review / "number").write_text(number)

    assert post(hub, review).returncode == 1
    assert hub.calls() == []


def test_links_and_giants_are_not_read(hub: GitHub, review: Path) -> None:
    text = review / "review.md"
    text.unlink()
    text.symlink_to("/etc/passwd")
    linked = post(hub, review)
    text.unlink()
    text.write_text("x" * 1_000_000)
    giant = post(hub, review)

    assert (linked.returncode, giant.returncode) == (1, 1)
    assert hub.posts() == []


def test_a_long_review_is_cut_at_a_line(hub: GitHub, review: Path) -> None:
    (review / "review.md").write_text("a line\n" * 20_000)

    post(hub, review)

    body = json.loads(hub.posts()[0][2])["body"]
    assert len(body) < 65_536
    assert body.endswith("a line\n\nCut here; see the summary.")
