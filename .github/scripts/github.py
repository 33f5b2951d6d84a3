"""GitHub and git functions for the other scripts.

Requests use the command line `gh`, which takes its token from the environment.
"""

import json
import os
import subprocess
from typing import Any

BOT = ("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com")
VLM_SURVEY = ".venv/bin/vlm-survey"
MOST_CHARACTERS = 60_000
"""GitHub allows 65,536 in an issue, a pull request or a comment, and more in a release."""


def api(path: str, method: str = "GET", body: dict[str, Any] | None = None) -> Any:
    """Call the GitHub API. Returns the response, or None if it is empty."""
    command = ["gh", "api", "--method", method, path]
    if body is not None:
        command += ["--input", "-"]
    given = json.dumps(body) if body is not None else None
    answer = subprocess.run(  # nosec B603  # noqa: S603 - no shell; callers vouch for the path
        command, input=given, capture_output=True, text=True, check=True
    )
    return json.loads(answer.stdout) if answer.stdout.strip() else None


def repository() -> str:
    """This repository, as `owner/name`."""
    return os.environ["GH_REPO"]


def event() -> dict[str, Any]:
    """Return the event that started the workflow."""
    with open(os.environ["GITHUB_EVENT_PATH"], encoding="utf-8") as file:
        told: dict[str, Any] = json.load(file)
    return told


def catalog(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `vlm-survey`."""
    return subprocess.run(  # nosec B603  # noqa: S603 - no shell
        [VLM_SURVEY, *arguments], capture_output=True, text=True, check=False
    )


def git(*arguments: str) -> str:
    """Run git and return its output."""
    name, mail = BOT
    command = ["git", "-c", f"user.name={name}", "-c", f"user.email={mail}", *arguments]
    return subprocess.run(  # nosec B603  # noqa: S603 - no shell
        command, capture_output=True, text=True, check=True
    ).stdout


def cut(text: str, rest: str = "see the summary") -> str:
    """Cut `text` at a line end to fit into GitHub's limit, with a note where the `rest` is."""
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[:MOST_CHARACTERS].rpartition("\n")[0] + f"\n\nCut here; {rest}."


def summary(text: str) -> None:
    """Add text to the summary of the workflow run."""
    with open(os.environ["GITHUB_STEP_SUMMARY"], "a", encoding="utf-8") as file:
        file.write(text + "\n")


def propose(branch: str, title: str, body: str) -> int:
    """Propose the records as they are now, in one pull request from `branch`; its number.

    A branch of that name is written anew, and its pull request with it.
    """
    git("switch", "--quiet", "--force-create", branch)
    git("add", "--", "papers")
    git("commit", "--quiet", f"--message={title}")
    git("push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}")
    owner = repository().partition("/")[0]
    pulls = f"repos/{repository()}/pulls"
    there = api(f"{pulls}?state=open&head={owner}:{branch}")
    if there:
        number = int(there[0]["number"])
        api(f"{pulls}/{number}", "PATCH", {"title": title, "body": cut(body)})
        return number
    made = {"title": title, "body": cut(body), "head": branch, "base": "main"}
    return int(api(pulls, "POST", made)["number"])
