"""From bytes to text: what is wrong is told with its line, and what can be read is read."""

import pytest

from vlm_survey.load import Problem
from vlm_survey.load.guarded_yaml import parse
from vlm_survey.load.text import decode

MARK = Problem(
    1,
    "encoding",
    "byte order mark at the start of the file",
    "save as UTF-8 without it, or run: vlm-survey fmt",
)


def returns(line: int) -> Problem:
    fix = "save with Unix line endings (LF), or run: vlm-survey fmt"
    return Problem(line, "encoding", "Windows or old Mac line ending (CR)", fix)


def test_after_a_byte_order_mark_all_is_read() -> None:
    assert decode(b"\xef\xbb\xbftitle: A\n") == ("title: A\n", [MARK])


@pytest.mark.parametrize("data", [b"\xff\xfea\0", b"\xfe\xff\0a"])
def test_both_byte_orders_of_utf_16_are_told(data: bytes) -> None:
    assert decode(data) == (
        None,
        [Problem(1, "encoding", "UTF-16 text", "save the file as UTF-8")],
    )


@pytest.mark.parametrize(
    ("data", "text", "line"),
    [
        (b"\r", "\n", 1),
        (b"\r\na\r\n", "\na\n", 1),
        (b"\na\rb\r\n", "\na\nb\n", 2),
        (b"a\n\nb\r\rc", "a\n\nb\n\nc", 3),
    ],
)
def test_line_ends_of_other_systems_become_ours(data: bytes, text: str, line: int) -> None:
    assert decode(data) == (text, [returns(line)])


@pytest.mark.parametrize(("before", "line"), [(b"", 1), (b"\n", 2), (b"a\n\xc3\xa9\nb", 3)])
@pytest.mark.parametrize(
    ("bad", "code"),
    [(b"\xff", "encoding"), (b"\x1b", "control-character"), (b"\n=======\n", "yaml-syntax")],
)
def test_the_line_of_what_cannot_be_read_is_told(
    before: bytes, line: int, bad: bytes, code: str
) -> None:
    text, problems = decode(before + bad + b"\nmore\n" + bad)

    assert text is None
    # A marker begins a line of its own.
    shift = bad.count(b"\n", 0, 1)
    assert [(problem.line, problem.code) for problem in problems] == [(line + shift, code)]


def test_a_flood_is_refused_while_it_passes() -> None:
    """Two items in a list are eight events, numbered from 0; the second item is the one with 4."""
    text = "- a\n- b\n"
    message, fix = "too many values", "check that this is the right file"

    assert parse(text, max_events=7)[0] == ["a", "b"]
    assert parse(text, max_events=6)[0] is None
    assert parse(text, max_events=3)[2] == [Problem(2, "yaml-feature", message, fix)]
