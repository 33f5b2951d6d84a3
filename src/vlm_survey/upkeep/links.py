"""Which of the catalog's links still lead somewhere.

A link is called dead only when its host says so, or no longer exists. Publishers turn programs away:
their answer, like a host that is silent, is no news about the link.
"""

import concurrent.futures
import dataclasses
import enum
import importlib.metadata
import ipaddress
import socket
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus

import requests

from vlm_survey.load import Reading
from vlm_survey.model.record import Record

_SECONDS = (10, 20)
"""Patience with a connection, and with its first bytes."""
_TRIES = 2
_REDIRECTS = 10
_PAUSE = 1.0
"""Seconds between two questions to one host."""
_PAUSES = {"arxiv.org": 3.0}
_HOSTS_AT_ONCE = 8
_NO_SUCH_HOST = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


class Verdict(enum.StrEnum):
    """What is known about a link."""

    ALIVE = "alive"
    DEAD = "dead"
    UNKNOWN = "unknown"


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of one address: the verdict, what it rests on, and whether a host answered."""

    verdict: Verdict
    reason: str
    answered: bool = dataclasses.field(default=False, compare=False)


@dataclasses.dataclass(frozen=True)
class Use:
    """Where the catalog says an address: file, line, and the field's name."""

    url: str
    path: str
    line: int
    field: str


@dataclasses.dataclass(frozen=True)
class LinkReport:
    """All links with what became of them.

    Attributes:
        dead: Those that lead nowhere, by file and line.
        unknown: Those that nothing can be said of.
        alive: How many addresses lead somewhere.
        answered: Whether any host answered at all.
    """

    dead: tuple[tuple[Use, Outcome], ...]
    unknown: tuple[tuple[Use, Outcome], ...]
    alive: int
    answered: bool


Ask = Callable[[str], Outcome]


def uses(reading: Reading, records: Iterable[Record]) -> list[Use]:
    """Every address in these records, links and sources."""
    found = []
    for record in records:
        file = reading.file_of[record.id]
        for name, url in record.links.named():
            line = file.line_of(("links", name))
            found.append(Use(str(url), file.path, line, f"links.{name}"))
        for number, url in enumerate(record.sources):
            line = file.line_of(("sources", number))
            found.append(Use(str(url), file.path, line, "sources"))
    return found


def look_at(found: Sequence[Use], ask: Ask, progress: Callable[[int], object]) -> LinkReport:
    """Ask for every address once, several hosts at a time, each host politely.

    Args:
        found: The addresses with their places.
        ask: What becomes of one address.
        progress: Told how many addresses more have been asked for.
    """
    by_host: dict[str, list[str]] = {}
    for url in dict.fromkeys(use.url for use in found):
        by_host.setdefault(_host(url), []).append(url)
    outcomes: dict[str, Outcome] = {}
    with concurrent.futures.ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        # The hosts with most links take longest: they begin.
        longest_first = sorted(by_host.values(), key=len, reverse=True)
        jobs = [pool.submit(_ask_all, urls, ask) for urls in longest_first]
        for job in concurrent.futures.as_completed(jobs):
            outcomes.update(job.result())
            progress(len(job.result()))
    return _report(found, outcomes)


def _ask_all(urls: list[str], ask: Ask) -> dict[str, Outcome]:
    return {url: ask(url) for url in urls}


def _report(found: Sequence[Use], outcomes: Mapping[str, Outcome]) -> LinkReport:
    def having(verdict: Verdict) -> Iterator[tuple[Use, Outcome]]:
        for use in sorted(found, key=lambda use: (use.path, use.line, use.url)):
            if outcomes[use.url].verdict is verdict:
                yield use, outcomes[use.url]

    return LinkReport(
        tuple(having(Verdict.DEAD)),
        tuple(having(Verdict.UNKNOWN)),
        sum(outcome.verdict is Verdict.ALIVE for outcome in outcomes.values()),
        any(outcome.answered for outcome in outcomes.values()),
    )


class LinkClient:
    """Asks hosts whether an address leads somewhere; called with one, it returns the outcome."""

    def __init__(
        self,
        sleep: Callable[[float], None] | None = None,
        resolve: Callable[[str], Outcome | None] | None = None,
    ) -> None:
        self._sleep = sleep or time.sleep
        self._resolve = resolve or refusal_of_host
        self._own = threading.local()
        version = importlib.metadata.version("vlm-survey")
        self._headers = {"User-Agent": f"vlm-survey/{version} (link check)", "Accept": "*/*"}

    def __call__(self, url: str) -> Outcome:
        """What becomes of `url`, redirects followed."""
        outcome = Outcome(Verdict.UNKNOWN, "not asked")
        for _ in range(_TRIES):
            try:
                outcome = self._followed(url)
            except requests.Timeout:
                outcome = Outcome(Verdict.UNKNOWN, "timeout")
            except requests.exceptions.SSLError:
                outcome = Outcome(Verdict.UNKNOWN, "invalid TLS certificate")
            except requests.RequestException:
                outcome = Outcome(Verdict.UNKNOWN, "could not be reached")
            except ValueError:
                outcome = Outcome(Verdict.UNKNOWN, "redirected to an invalid URL")
            if outcome.verdict is not Verdict.UNKNOWN:
                break
            self._sleep(_PAUSE)
        return outcome

    def _followed(self, url: str) -> Outcome:
        for _ in range(_REDIRECTS):
            if not url.lower().startswith(("http://", "https://")):
                raise ValueError(url)
            host = _host(url)
            if refusal := self._resolve(host):
                return refusal
            status, location = self._status(url, host)
            if location and host == "doi.org":
                # Registered, and that is what a DOI promises; where it leads turns programs away.
                return Outcome(Verdict.ALIVE, "registered", answered=True)
            if not location:
                return _judged(status)
            url = urllib.parse.urljoin(url, location)
        return Outcome(Verdict.UNKNOWN, f"redirected more than {_REDIRECTS} times", answered=True)

    def _status(self, url: str, host: str) -> tuple[int, str]:
        """Status, and where a redirect leads. Nothing of the page itself is read."""
        status, location = 0, ""
        for method in ("HEAD", "GET"):
            self._sleep(_PAUSES.get(host, _PAUSE))
            answer = self._session().request(
                method, url, headers=self._headers, stream=True, allow_redirects=False, timeout=_SECONDS
            )  # fmt: skip
            with answer:
                status = answer.status_code
                location = answer.headers.get("Location", "") if answer.is_redirect else ""
            # Some hosts answer HEAD with what they answer to nothing else.
            if status < HTTPStatus.BAD_REQUEST:
                break
        return status, location

    def _session(self) -> requests.Session:
        # A session belongs to one thread.
        if not hasattr(self._own, "session"):
            self._own.session = requests.Session()
        session: requests.Session = self._own.session
        return session


def _judged(status: int) -> Outcome:
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome(Verdict.ALIVE, f"answered {status}", answered=True)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Outcome(Verdict.DEAD, f"answered {status}", answered=True)
    return Outcome(Verdict.UNKNOWN, f"answered {status}", answered=True)


def refusal_of_host(host: str) -> Outcome | None:
    """Why `host` is not asked at all: it does not exist, or is no public one. None if it is asked."""
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in _NO_SUCH_HOST:
            return Outcome(Verdict.DEAD, f"host {host} does not exist")
        return Outcome(Verdict.UNKNOWN, "host name could not be resolved")
    except UnicodeError:
        return Outcome(Verdict.DEAD, f"{host} is not a valid host name")
    if not all(ipaddress.ip_address(str(entry[4][0])).is_global for entry in found):
        return Outcome(Verdict.UNKNOWN, f"{host} is not a public host")
    return None


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).hostname or "?"
