"""Links with parts that say nothing about the page."""

from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.checks.walk import links_of
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding
from vlm_survey.model.url import Url


@check("untidy-link")
def untidy_link(reading: Reading) -> Iterator[Finding]:
    """Links carry no tracking parameters and no lone '?', and are https where the host has it.

    'vlm-survey fmt' mends all of these.
    """
    for file, place, url in links_of(reading):
        tidy = url.tidied()
        if tidy != url:
            fix = f"write {tidy}, or run: vlm-survey fmt"
            yield file.finding("untidy-link", place, _reason(url, tidy), fix)
        elif url.startswith("http:"):
            fix = "write https:// if the page answers there, or find another page"
            yield file.finding("untidy-link", place, "http: anyone on the way can change it", fix)


def _reason(url: Url, tidy: Url) -> str:
    kept = dict(tidy.parameters)
    dropped = [name for name, _ in url.parameters if name not in kept]
    if dropped:
        return f"says nothing about the page: {', '.join(dropped)}"
    if url.startswith("http:"):
        return f"http, though {url.host} has https"
    return "'?' or '&' with nothing after it"
