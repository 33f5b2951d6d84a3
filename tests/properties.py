"""What must hold of any input at all. Tests by example, Hypothesis and the fuzzers all ask it here.

A function takes one input of a stranger, and fails where a promise is broken: an exception that users
would see as a traceback, a refusal that does not say why, a form that is not its own canonical form.
"""

import contextlib
import dataclasses
import functools
import urllib.parse
from collections.abc import Callable, Sequence

from tests.conftest import SMALL, TODAY
from vlm_survey import (
    ArxivId,
    Catalog,
    Doi,
    Finding,
    InvalidValueError,
    Query,
    QueryError,
    Record,
    Url,
    load_catalog,
    read_catalog,
    run_checks,
)
from vlm_survey.checks import all_checks
from vlm_survey.intake.address import identifier_in
from vlm_survey.intake.bibtex import items_of
from vlm_survey.intake.draft import draft
from vlm_survey.layout import canonical_text, record_text, tidied
from vlm_survey.load import Reading, SourceFile, read_record
from vlm_survey.load.folder import Entry
from vlm_survey.model.durability import passing_reason, session_reason
from vlm_survey.model.identifiers import arxiv_id_in, doi_in

SECONDS = 5
"""Longest that any input of 64 KiB may take, on a slow machine: more is a hang."""

CODES = frozenset(rule.code for rule in all_checks())


@functools.cache
def catalog() -> Catalog:
    """The small catalog."""
    return load_catalog(SMALL)


@functools.cache
def _small() -> Reading:
    return read_catalog(SMALL, today=TODAY)


def read(data: bytes, name: str = "a-record.yaml") -> SourceFile:
    """A file of these bytes."""
    return read_record(Entry(name, data))


def judged(*files: SourceFile) -> list[Finding]:
    """What `vlm-survey check` says of a catalog of these files, with the small one's taxonomy."""
    return run_checks(dataclasses.replace(_small(), files=files, retired={}))


def file(data: bytes) -> None:
    """Bytes are a record, or have problems with place, reason and fix; a record is kept by `fmt`."""
    found = read(data)

    assert (found.record is None) == bool(found.problems)
    for problem in found.problems:
        assert 1 <= problem.line <= max(len(data.splitlines()), 1)
        assert problem.code in CODES
        assert problem.message
        assert problem.fix
    if found.record is None or found.text is None:
        return
    for finding in judged(found):
        assert 1 <= finding.line <= len(data.splitlines())
        assert finding.message
        assert finding.fix
    text = canonical_text(found.text, found.record, found.lines)
    laid_out = read(text.encode())
    assert laid_out.problems == ()
    assert laid_out.record == tidied(found.record)
    assert canonical_text(text, laid_out.record, laid_out.lines) == text
    record(found.record)


def record(record: Record) -> None:
    """A record that is written and read again is the same."""
    found = read(record_text(record).encode(), f"{record.id}.yaml")

    assert found.problems == ()
    assert found.record == record


def address(text: str) -> None:
    """An address is refused with a reason, or safe in every output, and its own canonical form."""
    _identifier(ArxivId.parse, text)
    _identifier(Doi.parse, text)
    _identifier(identifier_in, text)
    for found in (arxiv_id_in(text), doi_in(text)):
        assert found is None or type(found).parse(found) == found
    try:
        url = Url.parse(text)
    except InvalidValueError as error:
        assert error.problem
        assert error.fix
        return
    assert url.isascii() and url.isprintable() and not set(url) & set(' "<>\\^`{|}')
    assert Url.parse(url) == url
    parts = urllib.parse.urlsplit(url)
    assert (parts.hostname, parts.username, parts.port) == (url.host, None, None)
    tidy = url.tidied()
    assert Url.parse(tidy) == tidy
    assert tidy.tidied() == tidy
    assert tidy.host == url.host
    for reason in (session_reason(url), passing_reason(url)):
        assert reason is None or reason


def _identifier(parse: Callable[[str], ArxivId | Doi], text: str) -> None:
    try:
        found = parse(text)
    except InvalidValueError as error:
        assert error.problem
        assert error.fix
        return
    assert parse(found) == found
    assert parse(found.url).key == found.key
    assert Url.parse(found.url) == found.url


def bibtex(text: str) -> None:
    """Every entry becomes the draft of a record, or is named with its line and the reason."""
    for item in items_of(text):
        assert 1 <= item.line <= text.count("\n") + 1
        assert item.facts or item.problems
        if item.facts is None:
            continue
        try:
            made = draft(item.facts, catalog().taxonomy, (), TODAY)
        except InvalidValueError as error:
            assert error.problem
            assert error.fix
            continue
        written = read(made.text.encode(), f"{made.record.id}.yaml")
        assert written.record == made.record, written.problems


def query(text: str) -> None:
    """A query is refused with a reason, or its canonical form is read as the same."""
    try:
        asked = Query.from_address(text, catalog())
    except QueryError as error:
        assert str(error)
        return
    again = Query.from_address(str(asked), catalog())
    assert again == asked
    assert str(again) == str(asked)


def selection(text: str) -> None:
    """What a query selects are records of the catalog, each once."""
    with contextlib.suppress(QueryError):
        found = [one.id for one in Query.from_address(text, catalog()).apply(catalog())]
        assert len(set(found)) == len(found) <= len(catalog())


def conditions(texts: Sequence[str]) -> None:
    """Conditions of the command line: refused with a reason, or the same as in an address."""
    try:
        asked = Query.from_conditions(texts, catalog())
    except QueryError as error:
        assert str(error)
        return
    assert Query.from_address(str(asked), catalog()) == asked
