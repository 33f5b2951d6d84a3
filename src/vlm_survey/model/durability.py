"""Whether an address will still lead to the work when the next reader follows it."""

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
    """Why the address serves one session only; None when it does not."""
    if url.is_below("sciencedirectassets.com", "watermark.silverchair.com"):
        return f"download link of one session at {url.host}"
    # Whose own name has the word in it owns the page.
    if _PROXY.search(url.host) and not url.is_below("github.io", "gitlab.io"):
        return f"library proxy {url.host}"
    for name, _ in url.parameters:
        if _SIGNED.fullmatch(name):
            return f"parameter {name!r} of one session"
    if ";jsessionid=" in url.lower():
        return "session in the path"
    return None


def passing_reason(url: Url) -> str | None:
    """Why the page may be gone or changed tomorrow; None when nothing speaks for it."""
    if url.is_below("researchgate.net", "academia.edu"):
        return f"personal copy at {url.host}"
    if url.is_below(*_SHORTENERS):
        return f"shortened link at {url.host}"
    return None
