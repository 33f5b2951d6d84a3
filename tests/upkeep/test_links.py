"""`vlm-survey links`: which links are dead, and which nothing can be said of."""

import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner, Result

from tests.intake.conftest import Network
from vlm_survey import read_catalog
from vlm_survey.cli import cli
from vlm_survey.upkeep.links import (
    LinkClient,
    Outcome,
    Verdict,
    look_at,
    refusal_of_host,
    uses,
)

HERE = "https://example.org/page"
ALIVE, DEAD, UNKNOWN = Verdict.ALIVE, Verdict.DEAD, Verdict.UNKNOWN


@pytest.fixture
def ask(network: Network, slept: list[float]) -> Callable[[str], Outcome]:
    assert not network.asked
    return LinkClient(slept.append, resolve=lambda _: None)


def to(place: str, status: int = 302) -> tuple[int, dict[str, str], bytes]:
    return status, {"Location": place}, b""


@pytest.mark.parametrize(
    ("answers", "verdict", "reason"),
    [
        ([(200, {}, b"")], ALIVE, "answered 200"),
        ([(206, {}, b"")], ALIVE, "answered 206"),
        ([(404, {}, b"")], DEAD, "answered 404"),
        ([(410, {}, b"")], DEAD, "answered 410"),
        # Walls against programs, and bad days, say nothing about the link.
        ([(403, {}, b"")], UNKNOWN, "answered 403"),
        ([(401, {}, b"")], UNKNOWN, "answered 401"),
        ([(429, {}, b"")], UNKNOWN, "answered 429"),
        ([(500, {}, b"")], UNKNOWN, "answered 500"),
        ([(503, {}, b"")], UNKNOWN, "answered 503"),
        ([(418, {}, b"")], UNKNOWN, "answered 418"),
        ([requests.ConnectTimeout()], UNKNOWN, "timeout"),
        ([requests.exceptions.SSLError()], UNKNOWN, "invalid TLS certificate"),
        ([requests.ConnectionError()], UNKNOWN, "could not be reached"),
        # HEAD is not answered everywhere.
        ([(405, {}, b""), (200, {}, b"")], ALIVE, "answered 200"),
        ([(404, {}, b""), (200, {}, b"")], ALIVE, "answered 200"),
        # A bad moment is waited for.
        ([requests.ReadTimeout(), (200, {}, b"")], ALIVE, "answered 200"),
        ([to("/there")], ALIVE, "answered 200"),
        ([to("https://example.net/gone", 301)], DEAD, "answered 404"),
        ([to("https://[gone/")], UNKNOWN, "redirected to an invalid URL"),
        ([to("javascript:alert(1)")], UNKNOWN, "redirected to an invalid URL"),
        ([to(HERE)], UNKNOWN, "redirected more than 10 times"),
    ],
    ids=str,
)
def test_what_an_answer_says(
    answers: list[object],
    verdict: Verdict,
    reason: str,
    network: Network,
    ask: Callable[[str], Outcome],
) -> None:
    network.says(HERE, *answers)  # type: ignore[arg-type]
    network.says("https://example.org/there", (200, {}, b""))

    assert ask(HERE) == Outcome(verdict, reason)


def test_a_doi_promises_to_be_registered(network: Network, ask: Callable[[str], Outcome]) -> None:
    network.says("https://doi.org/10.1000/x", to("https://wall.example.org/"))
    network.says("https://wall.example.org/", (403, {}, b""))

    assert ask("https://doi.org/10.1000/x") == Outcome(ALIVE, "registered")
    assert ask("https://doi.org/10.1000/y").verdict is DEAD


def test_hosts_are_asked_slowly(
    network: Network, ask: Callable[[str], Outcome], slept: list[float]
) -> None:
    for url in ("https://arxiv.org/abs/2407.99999", HERE):
        network.says(url, (200, {}, b""))
        ask(url)

    assert slept == [3.0, 1.0]


def test_a_redirect_cannot_lead_into_the_own_network(network: Network, slept: list[float]) -> None:
    network.says(HERE, to("http://169.254.169.254/latest"))
    ask = LinkClient(
        slept.append, resolve=lambda h: None if h == "example.org" else refusal_of_host(h)
    )

    assert ask(HERE) == Outcome(UNKNOWN, "169.254.169.254 is not a public host")
    assert len({request.url for request in network.asked}) == 1


@pytest.mark.parametrize(
    ("number", "verdict"), [(socket.EAI_NONAME, DEAD), (socket.EAI_AGAIN, UNKNOWN)]
)
def test_a_host_that_is_gone_is_dead_and_a_silent_resolver_no_news(
    number: int, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(number, "")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    outcome = refusal_of_host("gone.example.org")
    assert outcome is not None
    assert outcome.verdict is verdict


class Handler(http.server.BaseHTTPRequestHandler):
    """A host as hosts are: it forbids HEAD, redirects, and knows some pages."""

    def do_HEAD(self) -> None:
        self.send_error(405)

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/here")
            self.end_headers()
        elif self.path == "/here":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * 100)
        else:
            self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_real_host(host: str) -> None:
    ask = LinkClient(lambda _: None, resolve=lambda _: None)

    assert ask(f"{host}/here") == Outcome(ALIVE, "answered 200")
    assert ask(f"{host}/moved") == Outcome(ALIVE, "answered 200")
    assert ask(f"{host}/gone") == Outcome(DEAD, "answered 404")
    assert LinkClient(lambda _: None)(f"{host}/here").reason == "127.0.0.1 is not a public host"


def test_each_address_is_asked_once_and_named_wherever_it_stands(folder: Path) -> None:
    reading = read_catalog(folder)
    found = uses(reading, reading.catalog)
    asked: list[str] = []

    def ask(url: str) -> Outcome:
        asked.append(url)
        return Outcome(DEAD if "adaclip" in url.lower() else ALIVE, "so it is")

    report = look_at(found, ask, lambda _: None)

    assert sorted(asked) == sorted({use.url for use in found})
    assert [(use.path, use.line, use.field) for use, _ in report.dead] == [
        ("papers/adaclip.yaml", 13, "links.code"),
        ("papers/adaclip.yaml", 14, "links.weights"),
        ("papers/adaclip.yaml", 16, "links.project"),
    ]


@pytest.fixture
def links(folder: Path, network: Network, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command in this process, with every address of the small catalog answered."""
    monkeypatch.setattr("vlm_survey.upkeep.links.refusal_of_host", lambda _: None)
    reading = read_catalog(folder)
    for use in uses(reading, reading.catalog):
        network.says(use.url, (200, {}, b""))
    network.says("https://zenodo.org/records/1", (404, {}, b""))
    network.says("https://example.org/adaclip", (403, {}, b""))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["links", "--catalog", str(folder), *arguments])

    return run


def test_the_command_names_place_and_reason(links: Callable[..., Result]) -> None:
    outcome = links()

    assert outcome.exit_code == 1
    lines = outcome.output.splitlines()
    assert lines[0] == (
        "papers/adaclip.yaml:15: dead links.data https://zenodo.org/records/1 answered 404"
    )
    assert "unknown links.project https://example.org/adaclip answered 403" in lines[1]
    assert lines[-1].endswith("alive, 1 dead, 1 unknown")


def test_what_is_only_unknown_is_no_finding(links: Callable[..., Result], network: Network) -> None:
    network.says("https://zenodo.org/records/1", (403, {}, b""))

    assert links().exit_code == 0
    assert "No dead links." in links("--format", "markdown").output


@pytest.mark.parametrize(("status", "code", "said"), [(404, 1, "0 alive, 7 dead, 0 unknown"), (403, 0, "0 alive, 0 dead, 7 unknown")])  # fmt: skip
def test_hosts_that_answer_nothing_good_were_reached(
    status: int, code: int, said: str, links: Callable[..., Result], network: Network
) -> None:
    for url in network.answers:
        network.says(url, (status, {}, b""))

    outcome = links("--where", "q=AdaCLIP")

    assert outcome.exit_code == code, outcome.output
    assert said in outcome.output


def test_the_issue_holds_what_is_to_be_mended(links: Callable[..., Result]) -> None:
    text = links("--format", "markdown").output

    assert "- papers/adaclip.yaml\\:15 links.data:" in text or "papers/adaclip.yaml:15" in text
    assert "(https://zenodo.org/records/1) answered 404" in text
    assert "example.org/adaclip" not in text


def test_without_a_network_nothing_is_called_dead(
    folder: Path, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not network.asked

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    outcome = CliRunner().invoke(cli, ["links", "--catalog", str(folder)])

    assert outcome.exit_code != 0
    assert "no link could be reached" in str(outcome.exception)
