"""Keep one issue that lists the links that lead nowhere: opened, brought up to date, closed."""

import sys

from github import api, catalog, cut, repository, summary

LABEL = "dead-links"
TITLE = "Links that lead nowhere"


def main() -> None:
    """Ask for all links, then bring the issue in line with the outcome."""
    outcome = catalog("links", "--format", "markdown")
    if outcome.returncode not in (0, 1):
        sys.exit(outcome.stderr)
    summary(outcome.stdout)
    issues = f"repos/{repository()}/issues"
    # Only the bot's own: somebody else's issue with this label is not written over.
    query = f"?state=open&labels={LABEL}&creator=github-actions%5Bbot%5D&per_page=1"
    there = api(issues + query)
    text = {"title": TITLE, "body": cut(outcome.stdout)}
    if outcome.returncode == 0:
        if there:
            api(f"{issues}/{int(there[0]['number'])}", "PATCH", {**text, "state": "closed"})
    elif there:
        api(f"{issues}/{int(there[0]['number'])}", "PATCH", text)
    else:
        api(issues, "POST", {**text, "labels": [LABEL]})


if __name__ == "__main__":
    main()
