"""Addresses that a page may link to."""

import re
import urllib.parse
from typing import ClassVar, Self

from pydantic.json_schema import JsonSchemaValue

from vlm_survey.errors import InvalidValueError
from vlm_survey.model.value import TextValue, shortened

# Names that never lead to a public page: RFC 6761, RFC 6762, RFC 7686, RFC 8375.
_PRIVATE_TLDS = frozenset({"internal", "invalid", "lan", "local", "localhost", "onion", "test"})
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.ASCII)
# A parsed address has neither user name nor port.
_AUTHORITY = re.compile(r"https?://([^/?#]*)", re.ASCII)
# What RFC 3986 allows in a path, query or fragment.
_REST = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*", re.ASCII)

TRACKING = r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|_hsenc|_hsmi"
"""Pattern of the names of parameters that say nothing about the page."""

SECURE_HOSTS = (
    "aclanthology.org",
    "arxiv.org",
    "doi.org",
    "github.com",
    "huggingface.co",
    "ieee.org",
    "mlr.press",
    "nature.com",
    "neurips.cc",
    "nih.gov",
    "openreview.net",
    "sciencedirect.com",
    "springer.com",
    "thecvf.com",
    "wiley.com",
)
"""Hosts, with all below them, that are known to answer over https."""


class Url(TextValue):
    """An absolute http or https address of a public host, spelled as RFC 3986 allows.

    What it holds is safe to link to in any output; whether it is a *good* link (lasting, free of
    tracking, https) is for the checks to say.
    """

    __slots__ = ()

    json_schema: ClassVar[JsonSchemaValue] = {"type": "string", "pattern": "^https?://[!-~]+$"}

    @classmethod
    def parse(cls, text: str) -> Self:  # noqa: D102 - the class says it
        problem, fix = _refusal(text)
        if problem:
            raise InvalidValueError(f"{shortened(text)!r}: {problem}", fix, code="unsafe-url")
        scheme, _, rest = text.partition("://")
        authority, path = _parts(rest)
        return cls(f"{scheme.lower()}://{authority.lower()}{path}")

    @property
    def host(self) -> str:
        """The host's name in lower case."""
        match = _AUTHORITY.match(self)
        return match[1] if match else ""

    def is_below(self, *domains: str) -> bool:
        """Whether the host is one of `domains` or below one."""
        return f".{self.host}".endswith(tuple(f".{domain}" for domain in domains))

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query's parameters, decoded, in order."""
        query = urllib.parse.urlsplit(self).query if "?" in self else ""
        return urllib.parse.parse_qsl(query, keep_blank_values=True)

    def tidied(self) -> "Url":
        """The same address without tracking parameters and a lone `?`, https where that is known."""
        if self.startswith("https:") and "?" not in self and "#" not in self:
            return self
        parts = urllib.parse.urlsplit(self)
        # Only whole `name=value` pieces are dropped; what stays keeps its bytes.
        kept = [piece for piece in parts.query.split("&") if piece and not _is_tracking(piece)]
        scheme = "https" if self.is_below(*SECURE_HOSTS) else parts.scheme
        parts = parts._replace(scheme=scheme, query="&".join(kept))
        return Url(urllib.parse.urlunsplit(parts))


def _is_tracking(piece: str) -> bool:
    name, _, value = piece.partition("=")
    # Springer's `?pdf=inline link` says only which button was pressed.
    return (
        bool(re.fullmatch(TRACKING, name, re.IGNORECASE))
        or urllib.parse.unquote_plus(value) == "inline link"
    )


def _refusal(text: str) -> tuple[str, str]:
    """Return what is wrong with `text` as a URL and how to fix it, or two empty strings."""
    whole = "write the full URL, beginning with https://"
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", text)
    if match is None:
        return "not an absolute URL", whole
    if match[1].lower() not in ("http", "https"):
        return f"{match[1]}: URLs are not allowed", whole
    if re.search(r"\s", text):
        return "space in a URL", "remove it, or write %20 if it belongs there"
    if "\\" in text:
        return "backslash in a URL", "use '/'"
    if not text[match.end() :].startswith("//"):
        return "not an absolute URL", whole
    authority, path = _parts(text[match.end() + 2 :])
    return _host_refusal(authority) or _rest_refusal(path) or ("", "")


def _parts(rest: str) -> tuple[str, str]:
    """The authority, and all after it, of what stands after `//`."""
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return authority, rest[len(authority) :]


def _host_refusal(authority: str) -> tuple[str, str] | None:
    if "@" in authority:
        return "user name before the host", "remove everything between '//' and '@', and the '@'"
    if ":" in authority or "[" in authority:
        return "port or numeric host", "link to a public page by host name, without a port"
    host = authority.lower()
    if not host.isascii() or "xn--" in host:
        return (
            "host with non-ASCII letters, which can imitate another host",
            "use a link with an ASCII host name, such as the DOI link",
        )
    if not _HOST.fullmatch(host) or host.rpartition(".")[2] in _PRIVATE_TLDS:
        return "not a public host name", "link to a public page by host name"
    return None


def _rest_refusal(path: str) -> tuple[str, str] | None:
    if _REST.fullmatch(path):
        return None
    bad = _REST.sub("", path)[0]
    return (
        f"invalid character {bad!r} in a URL",
        "percent-encode it: " + urllib.parse.quote(bad, safe="", errors="surrogateescape"),
    )
