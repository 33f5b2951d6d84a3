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
    """No link contains a signature, token or session, or goes through a library proxy.

    Publishers' signed download links expire within minutes. Use a page that everyone can open,
    preferably the DOI link.
    """
    for file, place, url in links_of(reading):
        reason = session_reason(url)
        if reason:
            yield file.finding("session-link", place, f"{reason}: the link will expire", _fix(url))


def _fix(url: Url) -> str:
    pii = _PII.search(url)
    if pii and url.is_below("sciencedirectassets.com", "sciencedirect.com"):
        return f"use https://www.sciencedirect.com/science/article/pii/{pii[1]}"
    return "link to the paper's landing page, such as https://doi.org/…"
