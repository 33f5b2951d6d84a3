"""Whether a link will still lead to the work later."""

import re

from vlm_survey.model.url import Url

_SIGNED = re.compile(
    r"x-amz-\w+|x-goog-signature|x-goog-credential|awsaccesskeyid|signature|key-pair-id|policy|hmac"
    r"|expires|sig|se|token|access_token|auth|jsessionid|phpsessid|session_?id|sid|casa_token"
    r"|download_token|verify",
    re.IGNORECASE,
)
_PROXY = re.compile(r"(?:^|[.-])(?:ez-?proxy|libproxy|proxy|webvpn|idm\.oclc)(?=[.-])")
_SHORTENERS = ("bit.ly", "goo.gl", "t.co", "tinyurl.com")


def session_reason(url: Url) -> str | None:
    """Return why the link works for one session only, or None."""
    if url.is_below("sciencedirectassets.com", "watermark.silverchair.com"):
        return f"temporary download link at {url.host}"
    # A user or organization name may contain the word.
    if _PROXY.search(url.host) and not url.is_below("github.io", "gitlab.io"):
        return f"library proxy {url.host}"
    for name, _ in url.parameters:
        if _SIGNED.fullmatch(name):
            return f"session parameter {name!r}"
    if ";jsessionid=" in url.lower():
        return "session id in the path"
    return None


def passing_reason(url: Url) -> str | None:
    """Return why the page may disappear or change at any time, or None."""
    if url.is_below("researchgate.net", "academia.edu"):
        return f"personal copy at {url.host}"
    if url.is_below(*_SHORTENERS):
        return f"shortened link at {url.host}"
    return None
