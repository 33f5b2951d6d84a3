"""Links that are too long."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.checks.walk import links_of
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding

MAX_LENGTH = 2083
"""Characters; longer URLs fail in some browsers and proxies that are still in use."""


@check("long-link")
def long_link(reading: Reading) -> Iterator[Finding]:
    """No link is longer than 2,083 characters.

    Some browsers and proxies truncate longer URLs. Such a link almost always contains a session.
    """
    for file, place, url in links_of(reading):
        if len(url) > MAX_LENGTH:
            fix = "link to the paper's landing page, such as https://doi.org/…"
            yield file.finding("long-link", place, f"link with {len(url)} characters", fix)
