"""Post a review as a comment on its pull request, or update the earlier comment.

The folder with the review comes from a pull request: its content is untrusted.
"""

import os
import re
import stat
import sys
from pathlib import Path

from github import MOST_CHARACTERS, api, cut, repository

MARK = "<!-- vlm-survey review -->"


def main(folder: Path) -> None:
    """Post `review.md` in `folder` to the pull request in `number`."""
    number = text_of(folder / "number", 20).strip()
    if not re.fullmatch(r"[1-9][0-9]{0,9}", number, re.ASCII):
        sys.exit("::error::the review has no valid pull request number")
    head = os.environ["HEAD_SHA"]
    pull = api(f"repos/{repository()}/pulls/{number}")
    # Do not post to another pull request, or a review of an old commit.
    if pull["head"]["sha"] != head or pull["state"] != "open":
        sys.exit(f"::notice::pull request {number} is not open at {head}; nothing is posted")
    review = text_of(folder / "review.md", 4 * MOST_CHARACTERS)
    body = {"body": f"{MARK}\n{cut(review)}"}
    for comment in api(f"repos/{repository()}/issues/{number}/comments?per_page=100"):
        if comment["user"]["type"] == "Bot" and comment["body"].startswith(MARK):
            api(f"repos/{repository()}/issues/comments/{comment['id']}", "PATCH", body)
            return
    api(f"repos/{repository()}/issues/{number}/comments", "POST", body)


def text_of(path: Path, limit: int) -> str:
    """Return the text of a regular file of at most `limit` bytes."""
    if not stat.S_ISREG(path.lstat().st_mode) or path.stat().st_size > limit:
        sys.exit(f"::error::{path.name} of the review is not a regular file or too large")
    return path.read_text(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
