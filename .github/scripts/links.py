"""Open, update or close the issue that lists dead links."""

import sys

from github import api, catalog, cut, repository, summary

LABEL = "dead-links"
TITLE = "Dead links"


def main() -> None:
    """Check all links, then update the issue."""
    outcome = catalog("links", "--format", "markdown")
    if outcome.returncode not in (0, 1):
        sys.exit(outcome.stderr)
    summary(outcome.stdout)
    issues = f"repos/{repository()}/issues"
    # Only issues of the bot: do not overwrite other issues with this label.
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
