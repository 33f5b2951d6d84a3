"""The canonical layout: says what the record says, keeps comments, changes nothing twice."""

import datetime
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from vlm_survey import (
    ArxivId,
    Doi,
    Identifiers,
    Links,
    PersonName,
    Record,
    Slug,
    Status,
    SurveyEntry,
    Url,
)
from vlm_survey.layout import SCHEMA_LINE, canonical_text, record_text
from vlm_survey.load.catalog import read_record
from vlm_survey.load.folder import Entry

# What a text of a record can hold: no controls, no line breaks, no blanks at its ends.
CHARACTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"),
    exclude_characters="\ufeff\ufff9\ufffa\ufffb",
).filter(lambda character: not "\U000e0000" <= character <= "\U000e007f")
HARD = st.sampled_from(
    [
        "No",
        "null",
        "~",
        "1984",
        "2303.00910",
        "0x1F",
        "20:23",
        "- a",
        "a: b",
        "a #b",
        "#",
        "a,b",
        "[a]",
        "{a}",
        "'a'",
        '"a"',
        "\\alpha",
        "?",
        "? a",
        "!a",
        "&a",
        "*a",
        "|",
        ">",
        "%a",
        "@a",
        "=",
        "<<",
        "a:",
        "a?b",
        "1e3",
        ".nan",
        "2024-01-02",
        "y",
        "on",
    ]
)
TEXT = st.one_of(
    HARD,
    st.text(CHARACTERS, min_size=1, max_size=60).filter(
        lambda text: text == text.strip() and text.strip()
    ),
)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True).map(Slug)
URLS = st.sampled_from(
    [
        "https://openreview.net/forum?id=X",
        "https://example.org/a,b#c",
        "https://example.org/" + "x" * 90,
    ]
).map(Url)


def is_name(text: str) -> bool:
    try:
        PersonName.parse(text)
    except ValueError:
        return False
    return True


RECORDS = st.builds(
    Record,
    id=st.just(Slug("a-record")),
    title=TEXT,
    name=st.none() | TEXT,
    authors=st.lists(TEXT.filter(is_name).map(PersonName), max_size=5).map(tuple),
    year=st.none() | st.integers(1900, 2099),
    venue=st.none() | IDS,
    identifiers=st.builds(
        Identifiers,
        arxiv=st.none() | st.just(ArxivId("2303.00910")),
        doi=st.none() | st.sampled_from(["10.1000/a", "10.1000/a(b)c;d,e"]).map(Doi),
    ),
    links=st.builds(Links, paper=st.none() | URLS, code=st.none() | URLS),
    summary=st.none() | TEXT | st.lists(TEXT, min_size=20, max_size=30).map(" ".join).filter(lambda text: len(text) <= 600),
    tags=st.dictionaries(IDS.map(str), st.dictionaries(IDS, st.none() | TEXT, max_size=3), max_size=3),
    builds_on=st.lists(IDS, max_size=3).map(tuple),
    survey=st.lists(st.builds(SurveyEntry, section=TEXT, number=st.integers(1, 99), title=st.none() | TEXT), max_size=2).map(tuple),
    status=st.sampled_from(Status),
    sources=st.lists(URLS, max_size=2).map(tuple),
    note=st.none() | TEXT,
    added=st.just(datetime.date(2026, 11, 24)),
)  # fmt: skip


def read(text: str) -> Any:
    return read_record(Entry("a-record.yaml", text.encode()))


@settings(max_examples=300, deadline=None)
@given(RECORDS)
def test_a_written_record_reads_back_the_same(record: Record) -> None:
    file = read(record_text(record))

    assert file.problems == ()
    assert file.record == record


@settings(max_examples=150, deadline=None)
@given(RECORDS)
def test_other_yaml_readers_see_the_same_texts(record: Record) -> None:
    """libyaml, PyYAML's own parser and a parser of YAML 1.2 agree on what a record's file says."""
    text = record_text(record)
    ours = yaml.load(text, Loader=yaml.CBaseLoader)

    assert yaml.load(text, Loader=yaml.BaseLoader) == ours
    assert as_text(YAML(typ="safe", pure=True).load(text)) == ours


def as_text(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_text(item) for item in data]
    return "null" if data is None else str(data)


@settings(max_examples=150, deadline=None)
@given(RECORDS)
def test_a_laid_out_file_stays_as_it_is(record: Record) -> None:
    text = record_text(record)
    file = read(text)
    once = canonical_text(text, file.record, file.lines)
    again = read(once)

    assert canonical_text(once, again.record, again.lines) == once


LAID_OUT = f"""\
{SCHEMA_LINE}
# Above the title.
title: A title  # beside it
authors:  # all of them
  - Ada Lovelace
  # Her name was seen on the title page.
  - Charles Babbage
status: imported
added: 2026-11-24
# At the end.
"""


def test_comments_of_a_laid_out_file_stay_where_they_are() -> None:
    text = LAID_OUT.replace("A title  # beside it", '"A: title"  # beside it')
    # Two short names would go on one line; a longer list keeps its lines and the comments in them.
    text = text.replace("Ada Lovelace", "Augusta Ada King, Countess of Lovelace".replace(",", ""))
    text = text.replace(
        "Charles Babbage", "Charles Babbage of Teignmouth and " + "Elsewhere " * 4 + "Esq"
    ).replace(" and ", " ")

    file = read(text)

    assert file.problems == ()
    assert canonical_text(text, file.record, file.lines) == text


@pytest.mark.parametrize(
    "comment",
    [
        "# Above the title.",
        "# beside it",
        "# all of them",
        "# Her name was seen on the title page.",
        "# At the end.",
    ],
)
def test_no_comment_is_lost_when_a_file_is_laid_out(comment: str) -> None:
    file = read(LAID_OUT.replace("title: A title", 'title: "A title"'))
    text = canonical_text(file.text, file.record, file.lines)

    assert comment in text
    assert read(text).record == file.record


def test_only_what_must_changes() -> None:
    """A field out of order moves; the lines of the others stay, bytes and all."""
    text = f"{SCHEMA_LINE}\nstatus: imported\ntitle: A title\nadded: 2026-11-24\n"
    file = read(text)

    assert canonical_text(text, file.record, file.lines).split("\n") == [
        SCHEMA_LINE,
        "title: A title",
        "status: imported",
        "added: 2026-11-24",
        "",
    ]
