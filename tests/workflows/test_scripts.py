"""What the workflows run, on real repositories and with a GitHub of files."""

import concurrent.futures
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY, SMALL
from tests.forms import filled
from tests.tools import git
from vlm_survey import load_catalog
from vlm_survey.exports.registry import all_exports
from vlm_survey.forms import ADD, CORRECT

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


# --- GitHub


class GitHub:
    """A `gh` that answers from files and keeps what it is given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers: dict[str, Any] = {}
        (folder / "bin").mkdir(parents=True)
        program = folder / "bin" / "gh"
        program.write_text(
            f"#!{sys.executable}\n"
            "import json, pathlib, sys\n"
            f"folder = pathlib.Path({str(folder)!r})\n"
            "command, *rest = sys.argv[1:]\n"
            "given = sys.stdin.read() if '--input' in rest else ''\n"
            "call = [*rest[1:3], given] if command == 'api' else [command, *rest]\n"
            "with (folder / 'calls').open('a') as file:\n"
            "    file.write(json.dumps(call) + '\\n')\n"
            "if command == 'api':\n"
            "    answers = json.loads((folder / 'answers').read_text())\n"
            "    key = call[1] if call[0] == 'GET' else ' '.join(call[:2])\n"
            "    print(json.dumps(answers.get(key, {})))\n"
        )
        program.chmod(0o755)

    def calls(self) -> list[list[str]]:
        path = self.folder / "calls"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def posts(self) -> list[list[str]]:
        return [call for call in self.calls() if call[0] != "GET"]

    def run(
        self, name: str, *arguments: str, folder: Path, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """A script, with this GitHub."""
        (self.folder / "answers").write_text(json.dumps(self.answers))
        given = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "GH_REPO": "o/r",
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "HOME": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return subprocess.run(
            [sys.executable, str(SCRIPTS / name), *arguments],
            cwd=folder,
            env=given | environment,
            check=False,
            capture_output=True,
            text=True,
        )


@pytest.fixture
def hub(tmp_path: Path) -> GitHub:
    return GitHub(tmp_path / "hub")


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


# --- issue.py

TAXONOMY = load_catalog(SMALL).taxonomy
BIBTEX = "@article{x, title={A Study of Signs}, author={Ada Lovelace}, year=2024}"
GOOD = filled(ADD, TAXONOMY, bibtex=BIBTEX, task="Anomaly detection")
APPROVED = [{"name": "paper"}, {"name": "approved"}]


def approved(
    hub: GitHub,
    checkout: Path,
    body: str,
    *,
    number: int = 12,
    now: Mapping[str, Any] = {},
) -> subprocess.CompletedProcess[str]:
    """The script's run after a label was set on an issue with this text."""
    issue = {"number": number, "body": body, "state": "open", "labels": APPROVED}
    hub.answers |= {
        f"repos/o/r/issues/{number}": {**issue, **now},
        "POST repos/o/r/pulls": {"number": 30},
        f"repos/o/r/pulls?state=open&head=o:issue-{number}": hub.answers.get("there", []),
    }
    event = hub.folder / f"event-{number}.json"
    event.write_text(json.dumps({"action": "labeled", "issue": issue}))
    return hub.run("issue.py", "take", folder=checkout, GITHUB_EVENT_PATH=str(event))


def branches(tmp_path: Path) -> set[str]:
    names = output("branch", "--format=%(refname:short)", folder=tmp_path / "remote.git")
    return set(names.split())


def test_an_approved_issue_becomes_a_pull_request(
    hub: GitHub, checkout: Path, tmp_path: Path
) -> None:
    outcome = approved(hub, checkout, GOOD)

    assert outcome.returncode == 0, outcome.stderr
    remote = tmp_path / "remote.git"
    assert output("diff", "--name-only", "main", "issue-12", folder=remote) == (
        "papers/study-signs.yaml\n"
    )
    assert output("log", "-1", "--format=%s|%an", "issue-12", folder=remote) == (
        "papers/study-signs.yaml: from issue 12|github-actions[bot]\n"
    )
    ((_, path, given),) = hub.posts()
    pull = json.loads(given)
    assert path == "repos/o/r/pulls"
    assert (pull["head"], pull["base"]) == ("issue-12", "main")
    assert pull["body"].startswith("Closes #12\n")
    assert "## A Study of Signs" in pull["body"]
    assert "Not as it is" not in pull["body"]


def test_approved_again_it_is_the_same_pull_request(
    hub: GitHub, checkout: Path, tmp_path: Path
) -> None:
    approved(hub, checkout, GOOD)
    git("switch", "--quiet", "main", folder=checkout)
    hub.answers["there"] = [{"number": 30}]

    outcome = approved(hub, checkout, GOOD.replace("Signs", "Wonders"))

    assert outcome.returncode == 0, outcome.stderr
    assert [call[:2] for call in hub.posts()] == [
        ["POST", "repos/o/r/pulls"],
        ["PATCH", "repos/o/r/pulls/30"],
    ]
    changed = output("diff", "--name-only", "main", "issue-12", folder=tmp_path / "remote.git")
    assert changed == "papers/study-wonders.yaml\n"


@pytest.mark.parametrize(
    "now",
    [
        {"body": GOOD.replace("Ada Lovelace", "Mallory")},
        {"state": "closed"},
        {"labels": [{"name": "paper"}]},
    ],
    ids=["edited", "closed", "withdrawn"],
)
def test_what_changed_since_the_approval_is_not_taken(
    now: dict[str, Any], hub: GitHub, checkout: Path, tmp_path: Path
) -> None:
    outcome = approved(hub, checkout, GOOD, now=now)

    assert outcome.returncode == 0, outcome.stderr
    assert hub.posts() == []
    assert branches(tmp_path) == {"main"}
    assert "has changed since it was approved" in (hub.folder / "summary").read_text()


@pytest.mark.parametrize(
    "body",
    [
        "Please add $(touch pwned) `touch pwned`",
        GOOD + "\n\n### DOI\n\n10.1000/x",
        filled(ADD, TAXONOMY, paper="; touch pwned"),
        filled(CORRECT, TAXONOMY, record="../../../pwned", field="title", right="x", source="https://example.org"),
        filled(ADD, TAXONOMY, bibtex="@article{x, title={A ``` ### @octocat"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_on_the_issue_and_goes_nowhere(
    body: str, hub: GitHub, checkout: Path, tmp_path: Path
) -> None:
    outcome = approved(hub, checkout, body)

    assert outcome.returncode == 0, outcome.stderr
    assert [call[:2] for call in hub.posts()] == [
        ["DELETE", "repos/o/r/issues/12/labels/approved"],
        ["POST", "repos/o/r/issues/12/comments"],
    ]
    told = json.loads(hub.posts()[1][2])["body"]
    assert told.startswith("This cannot be taken over as it is:\n\n```")
    assert branches(tmp_path) == {"main"}
    assert not list(tmp_path.rglob("pwned*"))


def test_hostile_texts_reach_the_record_as_texts(
    hub: GitHub, checkout: Path, tmp_path: Path
) -> None:
    title = "$(touch pwned) <img src=x> @octocat ::error::x"
    body = filled(CORRECT, TAXONOMY, record="unread", field="title", right=title, source="https://example.org/p")  # fmt: skip

    outcome = approved(hub, checkout, body)

    assert outcome.returncode == 0, outcome.stderr
    text = output("show", "issue-12:papers/unread.yaml", folder=tmp_path / "remote.git")
    assert title in text
    given = json.loads(hub.posts()[0][2])
    assert given["title"] == "papers/unread.yaml: from issue 12"
    assert "<img" not in given["body"].replace("\\<", "")
    assert "@octocat" not in given["body"]
    assert not list(tmp_path.rglob("pwned"))


def test_one_bad_issue_keeps_no_other_from_being_taken_at_the_same_time(
    hub: GitHub, checkout: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    git("clone", "--quiet", str(tmp_path / "remote.git"), str(other), folder=tmp_path)
    install(other, f'exec {VLM_SURVEY} "$@"')
    bad = GitHub(tmp_path / "bad-hub")

    with concurrent.futures.ThreadPoolExecutor() as pool:
        good_run = pool.submit(approved, hub, checkout, GOOD, number=12)
        bad_run = pool.submit(approved, bad, other, "nonsense", number=13)

    assert (good_run.result().returncode, bad_run.result().returncode) == (0, 0)
    assert branches(tmp_path) == {"main", "issue-12"}
    assert [call[0] for call in bad.posts()] == ["DELETE", "POST"]


def test_two_issues_at_once_get_a_branch_each(hub: GitHub, checkout: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git("clone", "--quiet", str(tmp_path / "remote.git"), str(other), folder=tmp_path)
    install(other, f'exec {VLM_SURVEY} "$@"')
    second = GitHub(tmp_path / "second-hub")

    with concurrent.futures.ThreadPoolExecutor() as pool:
        runs = [
            pool.submit(approved, hub, checkout, GOOD, number=12),
            pool.submit(approved, second, other, GOOD.replace("Signs", "Wonders"), number=13),
        ]

    assert [run.result().returncode for run in runs] == [0, 0]
    assert branches(tmp_path) == {"main", "issue-12", "issue-13"}


def test_editing_withdraws_an_approval(hub: GitHub, checkout: Path) -> None:
    issue = {"number": 12, "body": "$(touch pwned)", "state": "open", "labels": APPROVED}
    hub.answers["repos/o/r/issues/12"] = issue
    event = hub.folder / "event.json"
    event.write_text(json.dumps({"action": "edited", "issue": issue}))

    outcome = hub.run("issue.py", "withdraw", folder=checkout, GITHUB_EVENT_PATH=str(event))

    assert outcome.returncode == 0, outcome.stderr
    assert [call[:2] for call in hub.posts()] == [
        ["DELETE", "repos/o/r/issues/12/labels/approved"],
        ["POST", "repos/o/r/issues/12/comments"],
    ]


# --- links.py

OURS = "repos/o/r/issues?state=open&labels=dead-links&creator=github-actions%5Bbot%5D&per_page=1"


@pytest.mark.parametrize(
    ("code", "there", "done"),
    [
        (1, [], ["POST", "repos/o/r/issues"]),
        (1, [{"number": 5}], ["PATCH", "repos/o/r/issues/5"]),
        (0, [{"number": 5}], ["PATCH", "repos/o/r/issues/5"]),
        (0, [], []),
    ],
)
def test_one_issue_lists_the_dead_links(
    code: int, there: list[dict[str, int]], done: list[str], hub: GitHub, checkout: Path
) -> None:
    install(checkout, f"echo '- papers/clip.yaml: {'gone ' * 20_000}'; exit {code}")
    hub.answers[OURS] = there

    assert hub.run("links.py", folder=checkout).returncode == 0

    posts = hub.posts()
    assert [call[:2] for call in posts] == ([done] if done else [])
    if done:
        given = json.loads(posts[0][2])
        assert given.get("state") == (None if code else "closed")
        assert len(given["body"]) < 65_536
        assert given.get("labels") == (["dead-links"] if done[0] == "POST" else None)


def test_without_a_network_the_issue_stays_as_it_is(hub: GitHub, checkout: Path) -> None:
    install(checkout, "echo 'no address at all was reached' >&2; exit 2")
    hub.answers[OURS] = [{"number": 5}]

    outcome = hub.run("links.py", folder=checkout)

    assert outcome.returncode != 0
    assert "no address at all" in outcome.stderr
    assert hub.calls() == []


# --- refresh.py


def test_news_are_proposed_in_one_pull_request(hub: GitHub, checkout: Path, tmp_path: Path) -> None:
    body = (
        'if [ "$1" = refresh ]; then sed -i "s/year: 2021/year: 2022/" papers/clip.yaml; '
        f'echo "- **clip**: its article appeared"; else exec {VLM_SURVEY} "$@"; fi'
    )
    install(checkout, body)
    hub.answers |= {
        "repos/o/r/pulls?state=open&head=o:refresh": [],
        "POST repos/o/r/pulls": {"number": 31},
    }

    outcome = hub.run("refresh.py", folder=checkout)

    assert outcome.returncode == 0, outcome.stderr
    changed = output("diff", "--name-only", "main", "refresh", folder=tmp_path / "remote.git")
    assert changed == "papers/clip.yaml\n"
    given = json.loads(hub.posts()[0][2])
    assert "its article appeared" in given["body"]
    assert "- year: 2021 → 2022" in given["body"]


def test_without_news_nothing_is_proposed(hub: GitHub, checkout: Path, tmp_path: Path) -> None:
    install(checkout, "echo 'Nothing is new.'")

    assert hub.run("refresh.py", folder=checkout).returncode == 0
    assert hub.calls() == []
    assert branches(tmp_path) == {"main"}
    assert "Nothing is new." in (hub.folder / "summary").read_text()


# --- release.py


@pytest.fixture
def released(checkout: Path) -> Path:
    """A catalog with a release, and a second one that is ready."""
    (checkout / "CITATION.cff").write_text("version: 0.0.1\ndate-released: 2020-01-01\n")
    commit(checkout, "Citation")
    git("tag", "v0.0.1", folder=checkout)
    rename_clip(checkout, "'Another | Title'")
    commit(checkout, "Records")
    subprocess.run(
        [str(VLM_SURVEY), "diff", "v0.0.1", "--release", "0.1.0"],
        cwd=checkout,
        check=True,
        capture_output=True,
    )
    commit(checkout, "Release")
    git("tag", "v0.1.0", folder=checkout)
    return checkout


def test_a_release_carries_changes_and_exports(hub: GitHub, released: Path, tmp_path: Path) -> None:
    outcome = hub.run("release.py", str(tmp_path / "exports"), folder=released, TAG="v0.1.0")

    assert outcome.returncode == 0, outcome.stderr
    (call,) = hub.calls()
    assert call[:6] == ["release", "create", "v0.1.0", "--verify-tag", "--title", "v0.1.0"]
    notes = Path(call[call.index("--notes-file") + 1]).read_text()
    assert "## Corrected (1)" in notes
    assert "Another \\| Title" in notes
    attached = [Path(path) for path in call[8:]]
    assert [path.name.removeprefix("catalog-0.1.0") for path in attached] == [
        form.suffix for _, form in sorted(all_exports().items())
    ]
    assert all(path.name.startswith("catalog-0.1.0.") and path.stat().st_size for path in attached)


def test_a_first_release_needs_no_list_of_changes(
    hub: GitHub, released: Path, tmp_path: Path
) -> None:
    git("tag", "--delete", "v0.0.1", folder=released)
    (released / "releases" / "0.1.0.yaml").unlink()

    outcome = hub.run("release.py", str(tmp_path / "exports"), folder=released, TAG="v0.1.0")

    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "exports" / "notes.md").read_text() == "The first release."


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("CITATION.cff", "version: 0.0.9\n"),
        ("mkdocs.yml", "site_name: x\n"),
        ("releases/0.1.0.yaml", None),
    ],
)
def test_a_release_that_is_not_named_everywhere_is_refused(
    path: str, text: str | None, hub: GitHub, released: Path, tmp_path: Path
) -> None:
    (released / path).unlink()
    if text:
        (released / path).write_text(text)

    outcome = hub.run("release.py", str(tmp_path / "exports"), folder=released, TAG="v0.1.0")

    assert outcome.returncode == 1
    assert f"{path} do not say 0.1.0" in outcome.stderr
    assert hub.calls() == []


@pytest.mark.parametrize("tag", ["v1; rm -rf /", "1.0", "v--help", "v1/../2", ""])
def test_a_tag_that_is_no_version_is_refused(tag: str, hub: GitHub, checkout: Path) -> None:
    outcome = hub.run("release.py", "exports", folder=checkout, TAG=tag)

    assert outcome.returncode == 1
    assert hub.calls() == []
