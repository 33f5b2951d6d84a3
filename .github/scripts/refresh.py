"""Open or update one pull request with updates from doi.org and arXiv."""

import sys

from github import catalog, git, propose, summary

BRANCH = "refresh"
TITLE = "data: updates from doi.org and arXiv"


def main() -> None:
    """Look up all records; if a file changed, open a pull request."""
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
