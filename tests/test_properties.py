"""What must hold of any input, asked of inputs at random and of inputs that are as large as they may be."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from tests import properties
from tests.strategies import (
    BIBTEX_PIECES,
    FILES,
    QUERY_PIECES,
    RECORDS,
    URL_PIECES,
    YAML_PIECES,
    text_from,
)
from vlm_survey import Record
from vlm_survey.layout import record_text
from vlm_survey.load.text import MAX_BYTES

GOOD = "added: 2026-11-24\nstatus: imported\n"


@settings(max_examples=60)
@given(RECORDS)
def test_records(record: Record) -> None:
    properties.record(record)
    properties.file(record_text(record).encode())


@settings(max_examples=200)
@given(FILES)
def test_files(data: bytes) -> None:
    properties.file(data)


@settings(max_examples=500)
@given(text_from(URL_PIECES))
def test_addresses(text: str) -> None:
    properties.address(text)


@settings(max_examples=300)
@given(text_from(BIBTEX_PIECES))
def test_bibtex(text: str) -> None:
    properties.bibtex(text)


@settings(max_examples=300)
@given(text_from(QUERY_PIECES))
def test_queries(text: str) -> None:
    properties.query(text)
    properties.selection(text)
    properties.conditions(text.split("&"))


def filled(piece: str, head: str, tail: str = "", most: int = MAX_BYTES) -> str:
    """`piece` again and again between `head` and `tail`, `most` bytes in all."""
    times = (most - len((head + tail).encode())) // len(piece.encode())
    return head + piece * times + tail


@pytest.mark.parametrize(
    "head",
    [
        "",
        "title: ",
        "title: '",
        'title: "',
        f"{GOOD}title: >-\n  a",
        f"{GOOD}title: a\nauthors: [a, ",
    ],
)
def test_large_files(head: str) -> None:
    for piece in YAML_PIECES:
        in_time(properties.file, filled(piece, head).encode())


@pytest.mark.parametrize(
    "head",
    ["", "https://", "https://x.org/", "https://x.org/?", "10.1000/", "https://x.org/article/"],
)
def test_large_addresses(head: str) -> None:
    for piece in URL_PIECES:
        in_time(properties.address, filled(piece, head))


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("", ""),
        ("@misc{a, title={", "}}"),
        ('@misc{a, title="', ""),
        ("@misc{a, title={T}, author={", "}}"),
        ("@misc{a,", ""),
    ],
)
def test_large_bibtex(head: str, tail: str) -> None:
    for piece in BIBTEX_PIECES:
        in_time(properties.bibtex, filled(piece, head, tail, MAX_BYTES // 4))


@pytest.mark.parametrize("head", ["", "q=", "task=", "year="])
def test_large_queries(head: str) -> None:
    for piece in QUERY_PIECES:
        in_time(properties.query, filled(piece, head))
        in_time(properties.selection, filled(piece, head))


def in_time(holds: Callable[[Any], None], given: object) -> None:
    """The property holds, and is found out in a time that says that nothing hangs."""
    start = time.process_time()
    holds(given)
    assert time.process_time() - start < properties.SECONDS
