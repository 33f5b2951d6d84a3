"""Links that expire or that only one person can open."""

import re
from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.checks.walk import links_of
from vlm_survey.load.reading import Reading
from vlm_survey.model.durability import session_reason
from vlm_survey.model.finding import Finding
from vlm_survey.model.url import Url

_PII = re.compile(r"\b(S\d{15}[\dX])\b")


@check("session-link")
def session_link(reading: Reading) -> Iterator[Finding]:
    """No link carries a signature, token or session, and none goes through a library's proxy.

    Publishers' download addresses are signed for minutes: whoever clicks later gets an error. Use
    the page that everybody reaches, best the DOI's.
    """
    for file, place, url in links_of(reading):
        reason = session_reason(url)
        if reason:
            yield file.finding("session-link", place, f"{reason}: it does not last", _fix(url))


def _fix(url: Url) -> str:
    pii = _PII.search(url)
    if pii and url.is_below("sciencedirectassets.com", "sciencedirect.com"):
        return f"write https://www.sciencedirect.com/science/article/pii/{pii[1]}"
    return "link to the paper's landing page, such as https://doi.org/…"
