"""The one way to the network: over https, to known hosts, politely, with limits on everything."""

import contextlib
import email.utils
import hashlib
import importlib.metadata
import json
import os
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import requests

from vlm_survey.errors import CatalogError
from vlm_survey.files import write_atomically

HOSTS = frozenset(
    {
        "doi.org",
        "export.arxiv.org",
        # Where doi.org sends whoever asks for data: the registration agencies.
        "api.crossref.org",
        "api.datacite.org",
        "data.crossref.org",
        "data.crosscite.org",
        "data.datacite.org",
        "data.medra.org",
    }
)
"""Hosts that may be asked; no answer can redirect elsewhere."""

MOST_BYTES = 2 * 1024 * 1024
"""Largest answer that is read."""

_SECONDS = (10, 30)
"""Patience with a connection, and between two pieces of an answer."""
_WHOLE_ANSWER = 60
_TRIES = 3
_REDIRECTS = 5
_LONGEST_WAIT = 30
_PAUSES = {"export.arxiv.org": 3.0}
"""Seconds between two requests to a host; arXiv asks for it: https://info.arxiv.org/help/api/tou.html"""
_CACHE_SECONDS = 24 * 60 * 60
_AGAIN = frozenset({429, 500, 502, 503, 504})


class FetchError(CatalogError):
    """A source did not answer, or not with what was asked for."""


class NothingThereError(FetchError):
    """The source answered that it does not know what was asked for."""


class Web:
    """A client for the sources.

    Answers are kept for a day in `cache`, so that asking twice costs the source nothing. The folder
    may be deleted at any time.
    """

    def __init__(
        self,
        cache: Path,
        session: requests.Session | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self._cache = cache
        self._session = session or requests.Session()
        self._sleep = sleep or time.sleep
        self._asked: dict[str, float] = {}
        version = importlib.metadata.version("vlm-survey")
        self._session.headers.update(
            # Compressed answers could be small on the way and huge here.
            {"User-Agent": f"vlm-survey/{version}", "Accept-Encoding": "identity"}
        )

    def get(self, url: str, accept: str) -> bytes:
        """The answer's body.

        Args:
            url: An https address at one of `HOSTS`.
            accept: The media type that is wanted; an answer of another type is refused.

        Raises:
            NothingThereError: There is nothing at this address.
            FetchError: No proper answer came, after all retries; its text says why.
        """
        kept = self._cache / hashlib.sha256(f"{accept} {url}".encode()).hexdigest()
        # Without a cache, asking again costs more, no more.
        with contextlib.suppress(OSError):
            if 0 <= time.time() - kept.stat().st_mtime < _CACHE_SECONDS:
                return kept.read_bytes()
        body = self._follow(url, accept)
        with contextlib.suppress(OSError):
            write_atomically(kept, body)
        return body

    def _follow(self, url: str, accept: str) -> bytes:
        for _ in range(_REDIRECTS + 1):
            _refuse_foreign(url)
            answer = self._ask(url, accept)
            if not answer.is_redirect:
                return answer.body
            url = urllib.parse.urljoin(url, answer.location)
        raise FetchError(f"{_host(url)} redirected more than {_REDIRECTS} times; try again later")

    def _ask(self, url: str, accept: str) -> "_Answer":
        host = _host(url)
        problem = ""
        for attempt in range(_TRIES):
            self._keep_distance(host)
            wait = 2.0**attempt
            try:
                answer = self._once(url, accept)
            except requests.Timeout:
                problem = "did not answer in time"
            except requests.exceptions.SSLError:
                problem = "has an invalid TLS certificate"
            except requests.RequestException:
                problem = "could not be reached"
            else:
                if not answer.wants_patience:
                    return answer.checked(host, accept)
                problem = f"answered {answer.status}"
                wait = max(wait, answer.retry_after)
            if wait > _LONGEST_WAIT:
                raise FetchError(
                    f"{host} asks to wait {wait:.0f} s; run the command again after that time"
                )
            if attempt < _TRIES - 1:
                self._sleep(wait)
        raise FetchError(
            f"{host} {problem}, {_TRIES} times; check your connection, or try again later"
        )

    def _once(self, url: str, accept: str) -> "_Answer":
        started = time.monotonic()
        with self._session.get(
            url, headers={"Accept": accept}, stream=True, allow_redirects=False, timeout=_SECONDS
        ) as response:
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise FetchError(
                    f"{_host(url)} sent a compressed response, which was not requested"
                )
            body = b""
            for piece in response.iter_content(64 * 1024):
                body += piece
                if len(body) > MOST_BYTES:
                    raise FetchError(f"{_host(url)} sent more than {MOST_BYTES} bytes; rejected")
                if time.monotonic() - started > _WHOLE_ANSWER:
                    raise requests.Timeout
            return _Answer(response.status_code, dict(response.headers), body)

    def _keep_distance(self, host: str) -> None:
        """Wait until `host` may be asked again, whoever asked it last on this machine."""
        pause = _PAUSES.get(host)
        if pause is None:
            return
        mark = self._cache / f"asked-{host}"
        last = self._asked.get(host, 0.0)
        with contextlib.suppress(OSError):
            last = max(last, mark.stat().st_mtime)
        since = time.time() - last
        if 0 <= since < pause:
            self._sleep(pause - since)
        self._asked[host] = time.time()
        with contextlib.suppress(OSError):
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.touch()


class _Answer:
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status = status
        self.headers = requests.structures.CaseInsensitiveDict(headers)
        self.body = body

    @property
    def wants_patience(self) -> bool:
        """Whether the host is busy. arXiv says so in a plain sentence, at times with status 200."""
        return self.status in _AGAIN or self.body.startswith(b"Rate exceeded")

    @property
    def is_redirect(self) -> bool:
        return self.status in (301, 302, 303, 307, 308) and "Location" in self.headers

    @property
    def location(self) -> str:
        return str(self.headers["Location"])

    @property
    def retry_after(self) -> float:
        """Seconds that the host asks to wait, written as a number or as a date; else 0."""
        text = str(self.headers.get("Retry-After", ""))
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
        except ValueError:
            return 0.0

    def checked(self, host: str, accept: str) -> "_Answer":
        """This answer, if it is one to what was asked."""
        if self.is_redirect:
            return self
        if self.status in (404, 410):
            raise NothingThereError(f"{host} has no such entry")
        if self.status != 200:
            raise FetchError(f"{host} answered {self.status}")
        media = str(self.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
        if media != accept:
            raise FetchError(f"{host} sent {media or 'nothing'!r} instead of {accept}")
        return self


def default_cache() -> Path:
    """Where answers are kept: below the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "vlm-survey" / "answers"


def json_object(body: bytes, host: str) -> dict[str, object]:
    """The JSON object in an answer.

    Raises:
        FetchError: It is cut short, no JSON, or no object.
    """

    def refuse(constant: str) -> object:
        raise ValueError(constant)

    try:
        value = json.loads(body, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise FetchError(f"{host} sent invalid JSON; try again later") from None
    if not isinstance(value, dict):
        raise FetchError(f"{host} sent JSON that is not an object")
    return value


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).hostname or "?"


def _refuse_foreign(url: str) -> None:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" or parts.hostname not in HOSTS or parts.netloc != parts.hostname:
        raise FetchError(
            f"{parts.scheme}://{parts.netloc} is not a supported source; "
            "add the paper from its BibTeX entry instead: vlm-survey add --bibtex FILE"
        )
