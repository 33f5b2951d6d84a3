"""issue.py: an approved issue becomes a pull request, an edited one loses its approval."""

import concurrent.futures
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SMALL
from tests.forms import filled
from tests.tools import git
from tests.workflows.conftest import VLM_SURVEY, GitHub, branches, install, output
from vlm_survey import load_catalog
from vlm_survey.forms import ADD, CORRECT

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
    assert "Problems to fix" not in pull["body"]


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
    assert told.startswith("This issue cannot be applied:\n\n```")
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
