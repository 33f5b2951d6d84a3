"""Links to copies that come and go."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.checks.walk import links_of
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding, Severity

_SHORTENERS = ("bit.ly", "goo.gl", "t.co", "tinyurl.com")


@check("unstable-link")
def unstable_link(reading: Reading) -> Iterator[Finding]:
    """A warning for links to personal copies and link shorteners.

    A copy on somebody's profile page goes when she moves it, and a shortened link hides where it
    leads. Prefer the publisher's or repository's page.
    """
    for file, place, url in links_of(reading):
        reason = None
        if url.is_below("researchgate.net", "academia.edu"):
            reason = f"personal copy at {url.host}"
        elif url.is_below(*_SHORTENERS):
            reason = f"shortened link at {url.host}"
        if reason:
            fix = "link to the publisher's or repository's page"
            yield file.finding("unstable-link", place, reason, fix, Severity.WARNING)
