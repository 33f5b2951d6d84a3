"""Turn an approved issue into a pull request, or withdraw an approval.

    issue.py take        the label was set: apply the issue form to the records
    issue.py withdraw    the issue was edited: the approval no longer applies

The text of an issue is untrusted. It is written to a file, which `vlm-survey issue` reads.
"""

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from github import api, catalog, event, propose, repository, summary

APPROVED = "approved"


def take(issue: dict[str, Any]) -> None:
    """Open a pull request for the issue, or comment why that is not possible."""
    number = int(issue["number"])
    now = api(f"repos/{repository()}/issues/{number}")
    if now["body"] != issue["body"] or now["state"] != "open" or not is_approved(now):
        summary(f"Issue {number} has changed since it was approved; nothing was done.")
        return
    with tempfile.TemporaryDirectory() as folder:
        body = Path(folder) / "body.md"
        body.write_text(issue["body"] or "", encoding="utf-8")
        outcome = catalog("issue", str(body))
    if outcome.returncode == 1:
        withdraw(issue, f"This issue cannot be applied:\n\n{fenced(outcome.stdout)}")
        return
    if outcome.returncode:
        sys.exit(outcome.stderr)
    path, _, remarks = outcome.stdout.strip().partition("\n")
    if not re.fullmatch(r"papers/[a-z0-9-]+\.yaml", path):
        sys.exit(f"::error::{path!r} is not a record")
    review = catalog("review", "--format", "markdown", "HEAD").stdout
    looked = f"{fenced(remarks)}\n\n" if remarks else ""
    pull = propose(
        f"issue-{number}",
        f"{path}: from issue {number}",
        f"Closes #{number}\n\n{looked}{review}",
    )
    summary(f"Opened pull request {pull} for issue {number}.")


def withdraw(issue: dict[str, Any], why: str) -> None:
    """Remove the label and comment why."""
    number = int(issue["number"])
    if is_approved(api(f"repos/{repository()}/issues/{number}")):
        api(f"repos/{repository()}/issues/{number}/labels/{APPROVED}", "DELETE")
        api(f"repos/{repository()}/issues/{number}/comments", "POST", {"body": why})
    summary(f"Issue {number}: {why}")


def is_approved(issue: dict[str, Any]) -> bool:
    """Whether the issue has the label."""
    return any(label["name"] == APPROVED for label in issue["labels"])


def fenced(text: str) -> str:
    """Return text as a code block, so that it contains no links, mentions or headings."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.strip()[:20_000]}\n{fence}"


if __name__ == "__main__":
    told = event()["issue"]
    if sys.argv[1] == "take":
        take(told)
    else:
        withdraw(
            told,
            "The issue was edited after its approval. Review it again, then set the label again.",
        )
