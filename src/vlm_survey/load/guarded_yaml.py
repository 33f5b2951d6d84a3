"""YAML as text only: one pass over the parser's events, refusing what a record does not need.

Scalars stay text (no `no` = false, no octal years, no lost zeros); plain `null`, `~` and nothing are
None. Anchors, aliases, tags, merge keys, directives, further documents, duplicate keys, deep nesting
and floods of events are refused while they pass, so nothing is built from them.
"""

import re
from collections.abc import Iterable
from typing import TypeAlias

import yaml

from vlm_survey.load.problem import Problem
from vlm_survey.load.reading import Place
from vlm_survey.load.text import FORBIDDEN, control_character

MAX_DEPTH = 8
MAX_EVENTS = 5_000

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_COMMENT = re.compile(r"[ \t]+#")
LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The parser: who reads a file's tokens or nodes once more takes the same one, since two differ."""


class _TooMuchError(Exception):
    """Reading stopped: the rest of the file would only cost time."""


def parse(text: str, max_events: int = MAX_EVENTS) -> tuple[Data, dict[Place, int], list[Problem]]:
    """Read `text` as one YAML document.

    Returns:
        The data, the line of each value, and the problems. Where reading had to stop before the
        end, there are no data: what they then lack would only confuse.
    """
    lines = text.split("\n")
    if "\t" in text:
        # Parsers differ on where one may stand, and nobody sees which of them it is.
        line = next(number for number, row in enumerate(lines, 1) if "\t" in row)
        message = f"tab: {_shown(lines[line - 1])}"
        return None, {}, [Problem(line, "yaml-syntax", message, "use spaces, not tabs")]
    builder = _Builder(lines, max_events)
    data = None
    try:
        builder.consume(yaml.parse(text, Loader=LOADER))
        data = builder.root
    except _TooMuchError:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        last = text.rstrip("\n").count("\n") + 1
        is_open = error.context in ("while parsing a flow sequence", "while parsing a flow mapping")
        if mark and (is_open or mark.line >= last):
            # What is never closed is missed further down; to be mended is where it begins.
            mark = error.context_mark or mark
        line = min(mark.line + 1, last) if mark else 1
        builder.problems.append(_syntax_problem(line, error.problem or "", builder.lines))
    except yaml.YAMLError as error:
        builder.problems.append(_syntax_problem(1, str(error), builder.lines))
    return data, builder.positions, builder.problems


class _Builder:
    """Builds data from events, with a stack of its own: nesting never costs Python's."""

    def __init__(self, lines: list[str], max_events: int) -> None:
        self.lines = lines
        self.max_events = max_events
        self.root: Data = None
        self.positions: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self._stack: list[tuple[dict[str, Data] | list[Data], Place]] = []
        self._key: list[str | None] = []
        self._documents = 0

    def consume(self, events: Iterable[yaml.Event]) -> None:
        """Take all events, until the document ends or too much has come."""
        for count, event in enumerate(events):
            if count > self.max_events:
                self._refuse(event, "too many values", "check that this is the right file")
                raise _TooMuchError
            match event:
                case yaml.ScalarEvent():
                    self._node(event)
                    self._scalar(event)
                case yaml.MappingStartEvent():
                    self._node(event)
                    self._open(event, {})
                case yaml.SequenceStartEvent():
                    self._node(event)
                    self._open(event, [])
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._stack.pop()
                    self._key.pop()
                case yaml.AliasEvent():
                    name = f"alias *{event.anchor}"
                    self._refuse(
                        event, f"{name} is not allowed", "quote the text if it begins with '*'"
                    )
                    self._add(event, None)
                case yaml.DocumentStartEvent():
                    self._document(event)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._refuse(event, "more than one document", "split the file: one record per file")
            raise _TooMuchError
        if event.version or event.tags:
            self._refuse(
                event, "YAML directive is not allowed", "delete the line that begins with '%'"
            )

    def _node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            message = f"anchor &{event.anchor} is not allowed"
            self._refuse(event, message, "quote the text if it begins with '&'")
        if event.tag:
            message = f"tag {event.tag} is not allowed"
            self._refuse(event, message, "quote the text if it begins with '!'")

    def _open(self, event: yaml.Event, container: "dict[str, Data] | list[Data]") -> None:
        if len(self._stack) >= MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            self._refuse(event, message, "quote the text if it begins with '[' or '{'")
            raise _TooMuchError
        place = self._add(event, container)
        self._stack.append((container, place))
        self._key.append(None)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        line = _line(event)
        plain = not event.style  # libyaml says "", the Python parser None
        value = event.value.rstrip("\n") if event.style in ("|", ">") else event.value
        # Only an escape can bring in what the text itself does not hold.
        bad = FORBIDDEN.search(value) if event.style == '"' else None
        if bad:
            self.problems.append(control_character(line, bad[0]))
        elif "\n" in value or "\t" in value:
            code, fix = "control-character", "write it on one line, or use '>-' for long text"
            problem = Problem(line, code, "line break or tab inside a value", fix)
            self.problems.append(problem)
        if plain:
            self._check_comment(event, line)
        if self._expects_key():
            self._start_key(event, value, plain)
        else:
            self._add(event, None if plain and value in _NULL else value)

    def _check_comment(self, event: yaml.ScalarEvent, line: int) -> None:
        end = event.end_mark
        if end is None or end.line >= len(self.lines):
            return
        text = self.lines[end.line]
        if "#" in text and _COMMENT.match(text, end.column):
            message = "everything after ' #' in this unquoted value is read as a comment"
            fix = "quote the whole value, or put the comment on its own line"
            self.problems.append(Problem(line, "unquoted-hash", message, fix))

    def _expects_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1][0], dict) and self._key[-1] is None

    def _start_key(self, event: yaml.ScalarEvent, key: str, plain: bool) -> None:
        mapping, place = self._stack[-1]
        line = _line(event)
        self._key[-1] = key
        if plain and key == "<<":
            self._refuse(event, "merge key << is not allowed", "write all fields explicitly")
        first = self.positions.get((*place, key))
        if first is not None and key in mapping:
            message = f"duplicate field {key!r}, first on line {first}"
            self.problems.append(Problem(line, "duplicate-key", message, "keep only one of them"))
            # Its value is read but lands beside the data, so that the first one stays.
            self._key[-1] = f"{key}\0{line}"
        else:
            self.positions[(*place, key)] = line

    def _add(self, event: yaml.Event, value: Data) -> Place:
        """Put a value where it belongs; its place is returned."""
        if not self._stack:
            self.root = value
            return ()
        container, place = self._stack[-1]
        if isinstance(container, list):
            place = (*place, len(container))
            self.positions[place] = _line(event)
            container.append(value)
        elif self._key[-1] is None:
            fix = "quote the text if it begins with '[', '{' or '? '"
            self._refuse(event, "a list or mapping as a key is not allowed", fix)
            raise _TooMuchError
        else:
            key = self._key[-1]
            place = (*place, key)
            self._key[-1] = None
            if "\0" not in key:
                container[key] = value
        return place

    def _refuse(self, event: yaml.Event, message: str, fix: str) -> None:
        line = _line(event)
        self.problems.append(Problem(line, "yaml-feature", message, fix))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


_VALUE = re.compile(r"(?P<key>\s*(?:- )*[\w-]+:\s+|\s*- )(?P<value>.*)")


def _syntax_problem(line: int, problem: str, lines: list[str]) -> Problem:
    """A parser's complaint with the advice that the offending line asks for."""
    text = lines[line - 1] if line <= len(lines) else ""
    if "Unicode character escape" in problem:
        fix = "use the character itself, or single quotes"
        return Problem(line, "control-character", "escape of an invalid character", fix)
    match = _VALUE.match(text)
    value = match["value"] if match else text.strip()
    quoted = "'" + value.replace("'", "''") + "'"
    if "escape" in problem:
        fix = "use single quotes: in double quotes, a backslash starts an escape sequence"
    elif match and not value.startswith(("'", '"', "[", "{")) and len(value) <= 200:
        fix = f"quote the value: {match['key'].strip()} {quoted}"
    else:
        fix = "check for a missing quote, bracket or colon on this line or the line above"
    return Problem(line, "yaml-syntax", f"{problem or 'invalid YAML'}: {_shown(text)}", fix)


def _shown(line: str) -> str:
    return line.strip() if len(line) <= 120 else line.strip()[:120] + "…"
