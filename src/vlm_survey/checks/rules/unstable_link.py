"""Links to copies that come and go."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.checks.walk import links_of
from vlm_survey.load.reading import Reading
from vlm_survey.model.durability import passing_reason
from vlm_survey.model.finding import Finding, Severity


@check("unstable-link")
def unstable_link(reading: Reading) -> Iterator[Finding]:
    """Warn about links to personal copies and link shorteners.

    A copy on a personal page can disappear at any time, and a shortened link hides its target. Prefer
    the page of the publisher or repository.
    """
    for file, place, url in links_of(reading):
        if reason := passing_reason(url):
            fix = "link to the page of the publisher or repository"
            yield file.finding("unstable-link", place, reason, fix, Severity.WARNING)
