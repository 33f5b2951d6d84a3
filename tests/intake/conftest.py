"""A network made of files: what the sources answer, and what they are asked."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import requests

from vlm_survey.intake.web import Web

ANSWERS = Path(__file__).parent / "answers"
CSL = "application/vnd.citationstyles.csl+json"
ATOM = "application/atom+xml"

Answer = tuple[int, Mapping[str, str], bytes] | Exception


class Network(requests.adapters.BaseAdapter):
    """Answers by address; the last one of an address is repeated."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[requests.PreparedRequest] = []

    def says(self, url: str, *answers: Answer) -> None:
        self.answers[url] = list(answers)

    def knows(self, doi: str, name: str) -> None:
        """What `answers/<name>.json` holds is registered as `doi`; doi.org redirects, as it does."""
        there = f"https://api.crossref.org/v1/works/{doi}/transform"
        self.says(f"https://doi.org/{doi}", (302, {"Location": there}, b""))
        self.says(there, (200, {"Content-Type": CSL}, (ANSWERS / f"{name}.json").read_bytes()))

    def has_preprint(self, arxiv: str, name: str) -> None:
        url = f"https://export.arxiv.org/api/query?id_list={arxiv}&max_results=1"
        body = (ANSWERS / f"{name}.xml").read_bytes()
        self.says(url, (200, {"Content-Type": f"{ATOM}; charset=utf-8"}, body))

    def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:  # type: ignore[override]
        self.asked.append(request)
        left = self.answers.get(str(request.url), [(404, {"Content-Type": "text/html"}, b"no")])
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.status_code, headers, body = answer
        response.headers = requests.structures.CaseInsensitiveDict(headers)
        response.raw = io.BytesIO(body)
        response.url = str(request.url)
        response.request = request
        return response

    def close(self) -> None:
        pass


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Network:
    """The only network there is, and a cache of its own."""
    network = Network()
    monkeypatch.setattr(requests.Session, "get_adapter", lambda *_, **__: network)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("time.sleep", lambda _: None)
    return network


@pytest.fixture
def slept() -> list[float]:
    """How long the client waited, each time."""
    return []


@pytest.fixture
def open_web(network: Network, tmp_path: Path, slept: list[float]) -> Callable[[], Web]:
    """A client; opened again, it is that of a later run, with the same cache."""
    assert not network.asked
    return lambda: Web(tmp_path / "answers", sleep=slept.append)


@pytest.fixture
def web(open_web: Callable[[], Web]) -> Web:
    return open_web()
