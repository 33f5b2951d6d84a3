"""Reading a JSON file that others made: JSON Lines, or one array of values."""

import dataclasses
import json
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from vlm_survey.errors import CatalogError
from vlm_survey.model.value import shortened

MOST_BYTES = 16 * 1024 * 1024
"""Largest file that is read."""
MOST_ENTRIES = 20_000
"""Most entries of one file."""
_BROKEN = "write one JSON object per line, or a single JSON array"


@dataclasses.dataclass(frozen=True)
class Unread:
    """A number that is no whole number of a few digits, as it is written."""

    text: str


class Object(dict[str, "Json"]):
    """A JSON object that remembers which of its keys are written twice."""

    def __init__(self, pairs: "Sequence[tuple[str, Json]]") -> None:
        super().__init__(pairs)
        self.doubled = _doubled([key for key, _ in pairs]) if len(self) < len(pairs) else []


Json: TypeAlias = "str | int | bool | Unread | list[Json] | Object | None"


@dataclasses.dataclass(frozen=True)
class Item:
    """One value of a file.

    Attributes:
        number: Its line in JSON Lines, else its place in the array, from 1.
        value: What it is.
        problem: Why it could not be read, and what to do about it.
    """

    number: int
    value: Json
    problem: str = ""


def items_of(data: bytes) -> tuple[str, list[Item]]:
    """All values of a file, in its order, and what their numbers count: `line` or `entry`.

    Raises:
        CatalogError: The file as a whole cannot be read; the text says why, and what to do.
    """
    text = _text(data)
    start = text.lstrip()
    if not start:
        raise CatalogError(f"no entries; {_BROKEN}")
    if start.startswith("[") or (start.startswith("{") and _is_spread(text)):
        return "entry", _whole(text)
    return "line", _lines(text)


def kind_of(value: Json) -> str:
    """What a value is, for a message."""
    match value:
        case Unread():
            return f"the number {shortened(value.text)}"
        case bool():
            return "true" if value else "false"
        case int():
            return f"the number {value}"
        case str():
            return "one text"
        case list():
            return "a list"
        case Object():
            return "an object"
    return "nothing"


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise CatalogError(f"larger than {MOST_BYTES // 1024 // 1024} MiB; split the file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogError(
            f"line {line} is not UTF-8 ({error.reason}); save the file as UTF-8"
        ) from None
    # Inside of its texts, JSON has no line end.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_spread(text: str) -> bool:
    """Whether the text is one object that takes several lines."""
    first = text.lstrip().partition("\n")[0]
    return bool(_parsed(first)[1]) and not _parsed(text)[1]


def _whole(text: str) -> list[Item]:
    value, problem = _parsed(text)
    if problem:
        raise CatalogError(problem)
    items = value if isinstance(value, list) else [value]
    if not items:
        raise CatalogError(f"no entries; {_BROKEN}")
    if len(items) > MOST_ENTRIES:
        raise CatalogError(f"more than {MOST_ENTRIES} entries; split the file")
    return [Item(number, item) for number, item in enumerate(items, 1)]


def _lines(text: str) -> list[Item]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > MOST_ENTRIES:
        raise CatalogError(f"more than {MOST_ENTRIES} lines; split the file")
    # Read by itself, each line is line 1 of its text.
    return [Item(number, *_parsed(line)) for number, line in lines]


def _parsed(text: str) -> tuple[Json, str]:
    """The JSON value in `text`, or why it is none and what to do about it."""
    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=Object,
            parse_int=lambda digits: int(digits) if len(digits) < 10 else Unread(digits),
            parse_float=Unread,
            parse_constant=Unread,
        )
    except json.JSONDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:]
        where = f"line {error.lineno}, " if "\n" in text else ""
        return None, f"invalid JSON: {reason} at {where}column {error.colno}; {_BROKEN}"
    except RecursionError:
        return None, "nested too deeply; write an entry as one object of text, lists and links"
    return value, ""


def _doubled(keys: list[str]) -> list[str]:
    return [key for key, times in Counter(keys).items() if times > 1]
