"""Addresses that a page must not link to."""

from collections.abc import Iterator

from vlm_survey.checks.registry import Scope, check
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding


@check("unsafe-url", Scope.CATALOG)
def unsafe_url(reading: Reading) -> Iterator[Finding]:
    """Links are absolute http or https URLs of public hosts that follow RFC 3986.

    Rejected are other schemes, user names before the host ('https://arxiv.org@evil.example/'),
    backslashes, spaces, ports, numeric and private hosts, and host names with look-alike letters.
    """
    yield from reading.problems("unsafe-url")
