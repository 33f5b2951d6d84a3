"""The canonical layout: says what the record says, keeps comments, changes nothing twice."""

import re
import textwrap
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tests.conftest import REPOSITORY
from tests.strategies import RECORDS
from vlm_survey import Record
from vlm_survey.layout import SCHEMA_LINE, canonical_text, record_text
from vlm_survey.load.catalog import read_record
from vlm_survey.load.folder import Entry


def read(text: str) -> Any:
    return read_record(Entry("a-record.yaml", text.encode()))


@settings(max_examples=60)
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


LAID_OUT = f"""\
{SCHEMA_LINE}
# Above the title.
title: A title  # beside it
authors:  # all of them
  - Ada Lovelace
  # Her name was seen on the title page.
  - Charles Babbage
summary: >-  # folded
  Short.
status: imported
added: 2026-11-24
# At the end.
"""


def test_comments_of_a_laid_out_file_stay_where_they_are() -> None:
    text = LAID_OUT.replace("A title  # beside it", '"A: title"  # beside it')
    text = text.replace("Short.", " ".join(["Words"] * 16) + "\n  not on one line.")
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
        "# folded",
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


@settings(max_examples=60)
@given(
    RECORDS,
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["end", "", "  ", "    "])), max_size=6),
)
def test_no_comment_is_lost_wherever_it_stands(
    record: Record, places: list[tuple[int, str]]
) -> None:
    """At the end of a line, or on one of its own with these blanks before it."""
    rows = record_text(record).split("\n")
    for number, (place, where) in enumerate(places):
        if where == "end":
            rows[place % len(rows)] += f"  #mark-{number}."
        else:
            rows.insert(place % len(rows), f"{where}#mark-{number}.")
    file = read("\n".join(rows))
    if file.record is None:
        return  # It would have been taken for a part of a text.

    text = canonical_text(file.text, file.record, file.lines)

    assert all(f"#mark-{number}." in text for number in range(len(places)))
    again = read(text)
    assert canonical_text(text, again.record, again.lines) == text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("--- # about it\ntitle: A\nstatus: imported\nadded: 2026-11-24\n", 1),
        ("title: A\nstatus: imported\nadded: 2026-11-24\n... # about it\n", 1),
        ('title: "A\n# about it"\nstatus: imported\nadded: 2026-11-24\n', 1),
        ('title: "A\n  # about it"\nstatus: imported\nadded: 2026-11-24\n', 1),
        ('note: "A\n\n# about it"\ntitle: A\nstatus: imported\nadded: 2026-11-24\n', 0),
        ("title: A\nsummary: >-\n  A\n  # about it\nstatus: imported\nadded: 2026-11-24\n", 1),
        ("title: A\nsummary: >-\n  A\n# about it\nstatus: imported\nadded: 2026-11-24\n", 1),
    ],
)
def test_a_comment_stays_once_and_what_is_none_becomes_none(text: str, count: int) -> None:
    file = read(text)
    if file.record is None:
        assert not count, file.problems
        return

    laid_out = canonical_text(text, file.record, file.lines)

    assert laid_out.count("about it") == count
    again = read(laid_out)
    assert again.record == file.record
    assert canonical_text(laid_out, again.record, again.lines) == laid_out


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


def test_data_sets_come_after_bases_on_one_line_or_in_lines_of_their_own() -> None:
    head = f"{SCHEMA_LINE}\ntitle: A title\n"
    tail = "builds_on: [clip]\nstatus: imported\nadded: 2026-11-24\n"
    file = read(f"{head}datasets:\n    # here\n    mimic-cxr: both\n    'vqa-rad': test\n{tail}")

    text = canonical_text(file.text, file.record, file.lines)

    assert "builds_on: [clip]\n# here\ndatasets: {mimic-cxr: both, vqa-rad: test}\nstatus" in text
    assert read(text).record == file.record
    many = "".join(f"  a-data-set-{number}: not-stated\n" for number in range(6))
    file = read(f"{head}datasets:\n{many}{tail}")
    assert f"datasets:\n{many}status" in canonical_text(file.text, file.record, file.lines)


def test_a_line_that_names_the_schema_is_not_doubled() -> None:
    """It may have slipped into the middle of a field, with or without blanks before it."""
    text = f"title: A\ntags: {{task: {{}}}}\n  {SCHEMA_LINE}\nstatus: imported\nadded: 2026-11-24\n"
    file = read(text)

    assert canonical_text(text, file.record, file.lines).count(SCHEMA_LINE) == 1


def test_the_example_for_contributors_is_laid_out() -> None:
    page = (REPOSITORY / "docs" / "contribute.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"    ```yaml\n(.*?)    ```", page, re.DOTALL)
    text = textwrap.dedent(block)
    file = read_record(Entry("adaclip.yaml", text.encode()))

    assert file.record
    assert canonical_text(text, file.record, file.lines) == text
