"""Propose in one pull request what doi.org and arXiv say of the records by now."""

import sys

from github import catalog, git, propose, summary

BRANCH = "refresh"
TITLE = "Records: what their sources say by now"


def main() -> None:
    """Ask the sources; if a file changed by that, propose it."""
    outcome = catalog("refresh", "--format", "markdown")
    if outcome.returncode:
        sys.exit(outcome.stderr)
    summary(outcome.stdout)
    if not git("status", "--porcelain", "--", "papers").strip():
        return
    review = catalog("review", "--format", "markdown", "HEAD").stdout
    propose(BRANCH, TITLE, f"{outcome.stdout}\n{review}")


if __name__ == "__main__":
    main()
