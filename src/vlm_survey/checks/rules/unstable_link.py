"""Links to copies that come and go."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.checks.walk import links_of
from vlm_survey.load.reading import Reading
from vlm_survey.model.durability import passing_reason
from vlm_survey.model.finding import Finding, Severity


@check("unstable-link")
def unstable_link(reading: Reading) -> Iterator[Finding]:
    """A warning for links to personal copies and link shorteners.

    A copy on somebody's profile page goes when she moves it, and a shortened link hides where it
    leads. Prefer the publisher's or repository's page.
    """
    for file, place, url in links_of(reading):
        if reason := passing_reason(url):
            fix = "link to the publisher's or repository's page"
            yield file.finding("unstable-link", place, reason, fix, Severity.WARNING)
