"""The network: what is asked of it, what is believed, and how faults end."""

import email.utils
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from tests.intake.conftest import ATOM, CSL, Answer, Network
from vlm_survey.intake.web import MOST_BYTES, FetchError, NothingThereError, Web, json_object

URL = "https://doi.org/10.1000/x"
FINE: Answer = (200, {"Content-Type": CSL}, b"{}")


def test_an_answer_is_asked_for_once_a_day(network: Network, open_web: Callable[[], Web]) -> None:
    network.says(URL, FINE)

    assert open_web().get(URL, CSL) == open_web().get(URL, CSL) == b"{}"

    (request,) = network.asked
    assert request.headers["Accept"] == CSL
    assert request.headers["Accept-Encoding"] == "identity"
    assert request.headers["User-Agent"].startswith("vlm-survey/")


@pytest.mark.parametrize(
    "fault",
    [
        requests.ConnectTimeout(),
        requests.ReadTimeout(),
        requests.ConnectionError("name not known"),
        requests.exceptions.SSLError("bad certificate"),
        requests.exceptions.ChunkedEncodingError("cut off"),
        (500, {}, b""),
        (502, {}, b""),
        (503, {"Retry-After": "1"}, b""),
        (429, {"Retry-After": "nonsense"}, b""),
        (200, {"Content-Type": "text/plain"}, b"Rate exceeded."),
    ],
    ids=str,
)
def test_a_passing_fault_is_waited_for_and_a_lasting_one_named(
    network: Network, web: Web, slept: list[float], fault: Answer
) -> None:
    network.says(URL, fault, fault, FINE)
    assert web.get(URL, CSL) == b"{}"
    assert len(slept) == 2

    lasting = "https://doi.org/10.1000/y"
    network.says(lasting, fault)
    with pytest.raises(FetchError, match=r"doi\.org .+, 3 times; "):
        web.get(lasting, CSL)


def test_a_host_that_asks_for_long_patience_is_left_alone(
    network: Network, web: Web, slept: list[float]
) -> None:
    network.says(URL, (429, {"Retry-After": "20"}, b""), FINE)
    assert web.get(URL, CSL) == b"{}"
    assert slept == [20]

    in_an_hour = email.utils.formatdate(time.time() + 3600, usegmt=True)
    for header in ("86400", "9" * 400, in_an_hour):
        other = f"https://doi.org/10.1000/{len(header)}"
        network.says(other, (429, {"Retry-After": header}, b""))
        with pytest.raises(FetchError, match="asks to wait"):
            web.get(other, CSL)
    assert slept == [20]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((404, {}, b""), "has no such entry"),
        ((403, {}, b""), "answered 403"),
        ((200, {"Content-Type": "text/html"}, b"<html>"), "instead of"),
        ((200, {}, b"{}"), "instead of"),
        ((200, {"Content-Type": CSL}, b"x" * (MOST_BYTES + 1)), "more than"),
        ((200, {"Content-Type": CSL, "Content-Encoding": "gzip"}, b"\x1f\x8b"), "compressed"),
    ],
)
def test_what_is_no_answer_is_not_asked_for_again(
    network: Network, web: Web, answer: Answer, reason: str
) -> None:
    network.says(URL, answer)

    with pytest.raises(FetchError, match=reason):
        web.get(URL, CSL)
    assert len(network.asked) == 1


@pytest.mark.parametrize(
    "target",
    [
        "http://doi.org/x",
        "https://evil.example/x",
        "https://doi.org.evil.example/",
        "https://doi.org@evil.example/",
        "https://doi.org:8443/x",
        "file:///etc/passwd",
        "https://127.0.0.1/x",
        "//evil.example/x",
        "https://[::1]/",
    ],
)
def test_no_answer_leads_to_another_host(network: Network, web: Web, target: str) -> None:
    network.says(URL, (302, {"Location": target}, b""))

    with pytest.raises(FetchError, match="not a supported source"):
        web.get(URL, CSL)
    assert len(network.asked) == 1


def test_redirects_end(network: Network, web: Web) -> None:
    network.says(URL, (302, {"Location": URL}, b""))

    with pytest.raises(FetchError, match="more than 5 times"):
        web.get(URL, CSL)


def test_arxiv_is_asked_no_more_than_every_three_seconds(
    network: Network, open_web: Callable[[], Web], slept: list[float]
) -> None:
    for number in range(3):
        url = f"https://export.arxiv.org/api/query?id_list={number}"
        network.says(url, (200, {"Content-Type": ATOM}, b"<feed/>"))
        open_web().get(url, ATOM)

    assert len(slept) == 2
    assert all(2.5 < seconds <= 3 for seconds in slept)


def test_without_a_cache_it_asks_as_politely(
    network: Network, tmp_path: Path, slept: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    url = "https://export.arxiv.org/api/query?id_list=1"
    network.says(url, (200, {"Content-Type": ATOM}, b"<feed/>"))
    web = Web(tmp_path / "file" / "answers", sleep=slept.append)
    with monkeypatch.context() as patch:
        patch.setattr("time.time", lambda: 1e9)
        assert web.get(url, ATOM) == web.get(url, ATOM) == b"<feed/>"

    assert (len(network.asked), slept) == (2, [3.0])


def test_a_fault_is_not_remembered(network: Network, web: Web) -> None:
    network.says(URL, (404, {}, b""), FINE)

    with pytest.raises(NothingThereError):
        web.get(URL, CSL)
    assert web.get(URL, CSL) == b"{}"


@pytest.mark.parametrize("body", [b"", b'{"a"', b"[1]", b'{"a": NaN}', b"\xff", b"[" * 100_000])
def test_broken_json_is_named(body: bytes) -> None:
    with pytest.raises(FetchError, match=r"doi\.org sent"):
        json_object(body, "doi.org")
