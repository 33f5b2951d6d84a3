"""What the workflows run, on real repositories and with a GitHub of files."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.tools import git

SCRIPTS = REPOSITORY / ".github" / "scripts"
VLM_SURVEY = Path(sys.executable).parent / "vlm-survey"
HEAD = "a" * 40


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git as on a fresh machine."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{name}_NAME", raising=False)


@pytest.fixture
def checkout(folder: Path, tmp_path: Path) -> Path:
    """The small catalog, cloned from a remote, with the command where the workflows install it."""
    (folder / ".gitignore").write_text(".venv/\nreview/\n")
    (folder / "templates").unlink()
    subprocess.run([str(VLM_SURVEY), "readme"], cwd=folder, check=True, capture_output=True)
    git("init", "--quiet", "--initial-branch=main", folder=folder)
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--message=First", folder=folder)
    git("clone", "--quiet", "--bare", str(folder), str(tmp_path / "remote.git"), folder=tmp_path)
    git("remote", "add", "origin", str(tmp_path / "remote.git"), folder=folder)
    install(folder, f'exec {VLM_SURVEY} "$@"')
    return folder


def install(folder: Path, body: str) -> None:
    command = folder / ".venv" / "bin" / "vlm-survey"
    command.parent.mkdir(parents=True, exist_ok=True)
    command.write_text(f"#!/usr/bin/env bash\n{body}\n")
    command.chmod(0o755)


def run(name: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(SCRIPTS / name)],
        cwd=folder,
        env=os.environ | environment,
        check=False,
        capture_output=True,
        text=True,
    )


def output(*arguments: str, folder: Path) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


def commit(folder: Path, message: str) -> None:
    git("add", "--all", folder=folder)
    git("commit", "--quiet", f"--message={message}", folder=folder)


def rename_clip(folder: Path, title: str) -> None:
    path = folder / "papers" / "clip.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = f"title: {title}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


# --- readme.sh


def test_a_fresh_readme_is_left_alone(checkout: Path, tmp_path: Path) -> None:
    before = output("rev-parse", "main", folder=tmp_path / "remote.git")

    assert run("readme.sh", checkout).returncode == 0
    assert output("rev-parse", "main", folder=tmp_path / "remote.git") == before


def test_a_stale_readme_is_written_committed_and_pushed_once(
    checkout: Path, tmp_path: Path
) -> None:
    rename_clip(checkout, "Another Title")
    commit(checkout, "Records")
    git("push", "--quiet", "origin", "main", folder=checkout)

    for _ in range(2):
        assert run("readme.sh", checkout).returncode == 0

    remote = tmp_path / "remote.git"
    assert output("log", "--format=%s", "main", folder=remote).splitlines() == [
        "README: written anew from the records",
        "Records",
        "First",
    ]
    assert output("diff", "--name-only", "main~1", "main", folder=remote) == "README.md\n"
    assert "Another Title" in output("show", "main:README.md", folder=remote)


def test_a_push_that_came_too_late_starts_over(checkout: Path, tmp_path: Path) -> None:
    rename_clip(checkout, "Another Title")
    commit(checkout, "Records")
    git("push", "--quiet", "origin", "main", folder=checkout)
    other = tmp_path / "other"
    git("clone", "--quiet", str(tmp_path / "remote.git"), str(other), folder=tmp_path)
    rename_clip(other, "The Newest Title")
    commit(other, "Meanwhile")
    # While the README is written for the first time, somebody pushes.
    install(checkout, f'git -C {other} push --quiet origin main; exec {VLM_SURVEY} "$@"')

    outcome = run("readme.sh", checkout)

    remote = tmp_path / "remote.git"
    assert outcome.returncode == 0, outcome.stderr
    assert output("log", "--format=%s", "main", folder=remote).splitlines()[:2] == [
        "README: written anew from the records",
        "Meanwhile",
    ]
    assert "The Newest Title" in output("show", "main:README.md", folder=remote)


def test_broken_records_leave_the_readme_as_it_was(checkout: Path, tmp_path: Path) -> None:
    (checkout / "papers" / "clip.yaml").write_text("title: [")
    commit(checkout, "Broken")
    git("push", "--quiet", "origin", "main", folder=checkout)

    assert run("readme.sh", checkout).returncode != 0
    assert output("log", "-1", "--format=%s", "main", folder=tmp_path / "remote.git") == "Broken\n"


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
    assert "vanished" in (tmp_path / "summary").read_text()


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


# --- comment.py


class GitHub:
    """A `gh` that answers from files and keeps what it is given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bin").mkdir(parents=True)
        program = folder / "bin" / "gh"
        program.write_text(
            f"#!{sys.executable}\n"
            "import json, pathlib, sys\n"
            f"folder = pathlib.Path({str(folder)!r})\n"
            "method, path = sys.argv[3:5]\n"
            "given = sys.stdin.read() if '--input' in sys.argv else ''\n"
            "with (folder / 'calls').open('a') as file:\n"
            "    file.write(json.dumps([method, path, given]) + '\\n')\n"
            "answers = json.loads((folder / 'answers').read_text())\n"
            "print(json.dumps(answers.get(path, {})))\n"
        )
        program.chmod(0o755)

    def calls(self) -> list[list[str]]:
        path = self.folder / "calls"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def posts(self) -> list[list[str]]:
        return [call for call in self.calls() if call[0] != "GET"]


@pytest.fixture
def hub(tmp_path: Path) -> GitHub:
    return GitHub(tmp_path / "hub")


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
    answers = {
        "repos/o/r/pulls/7": {"head": {"sha": sha}, "state": state},
        "repos/o/r/issues/7/comments?per_page=100": list(comments),
    }
    (hub.folder / "answers").write_text(json.dumps(answers))
    path = f"{hub.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, str(SCRIPTS / "comment.py"), str(review)],
        env={"PATH": path, "GH_REPO": "o/r", "HEAD_SHA": HEAD},
        check=False,
        capture_output=True,
        text=True,
    )


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
    post(hub, review, **pull)  # type: ignore[arg-type]

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
