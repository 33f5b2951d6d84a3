"""Links with parts that say nothing about the page."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.checks.walk import links_of
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.url import Url


@check("untidy-link")
def untidy_link(reading: Reading) -> Iterator[Finding]:
    """Links have no tracking parameters and no trailing '?', and use https where the host supports it.

    'vlm-survey fmt' fixes all of these.
    """
    for file, place, url in links_of(reading):
        tidy = url.tidied()
        if tidy != url:
            fix = f"use {tidy}, or run: vlm-survey fmt"
            yield file.finding("untidy-link", place, _reason(url, tidy), fix)
        elif url.startswith("http:"):
            fix = "use https:// if the page supports it, or link to another page"
            yield file.finding(
                "untidy-link", place, "http: the page is not protected in transit", fix
            )


def _reason(url: Url, tidy: Url) -> str:
    kept = dict(tidy.parameters)
    dropped = [name for name, _ in url.parameters if name not in kept]
    if dropped:
        return f"unnecessary parameters: {', '.join(dropped)}"
    if url.startswith("http:"):
        return f"http, although {url.host} supports https"
    return "trailing '?' or '&'"
