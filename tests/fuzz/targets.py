"""What is fuzzed, each with the property that must hold, and the seeds to begin with."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import yaml

from tests import properties, strategies
from tests.attacks.golden import address_of, bibtex_of, cases, file_of

CORPUS = Path(__file__).parent / "corpus"
QUERIES = Path(__file__).parents[1] / "views" / "query.yaml"


@dataclasses.dataclass(frozen=True)
class Target:
    """One way into the program.

    Attributes:
        name: Its folder in `corpus/`.
        holds: Fails when a promise is broken for these bytes.
        pieces: What inputs of this sort are made of.
        golden: Inputs of golden cases.
    """

    name: str
    holds: Callable[[bytes], None]
    pieces: list[str]
    golden: list[bytes]

    def seeds(self) -> dict[str, bytes]:
        """Inputs to start from, by name: the golden cases, and what fuzzing has found."""
        named = {f"golden-{number}": data for number, data in enumerate(self.golden)}
        found = sorted((CORPUS / self.name).glob("*"))
        return named | {path.name: path.read_bytes() for path in found}


def _address(data: bytes) -> None:
    properties.address(_text(data))


def _bibtex(data: bytes) -> None:
    # The command refuses a file that is not UTF-8 before it looks for entries.
    properties.bibtex(data.decode(errors="replace"))


def _query(data: bytes) -> None:
    text = _text(data)
    properties.query(text)
    properties.conditions(text.split("&"))


def _text(data: bytes) -> str:
    """As Python hands over what stands on the command line."""
    return data.decode(errors="surrogateescape")


TARGETS = [
    Target(
        "load",
        properties.file,
        strategies.YAML_PIECES,
        [file_of(case) for case in cases("files") if "times" not in case],
    ),
    Target(
        "address",
        _address,
        strategies.URL_PIECES,
        [address_of(case).encode() for case in cases("addresses")],
    ),
    Target(
        "bibtex",
        _bibtex,
        strategies.BIBTEX_PIECES,
        [bibtex_of(case).encode() for case in cases("bibtex") if "times" not in case],
    ),
    Target(
        "query",
        _query,
        strategies.QUERY_PIECES,
        [case["query"].encode() for case in yaml.safe_load(QUERIES.read_text(encoding="utf-8"))],
    ),
]
