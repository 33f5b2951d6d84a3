"""The canonical layout of a record's file, and how to bring a file into it without losing a byte.

A file is a row of blocks, one a field, each with the comments above it. Blocks come in the model's
order, and a block whose lines already say the canonical thing stays as it is, comments included.
"""

import dataclasses
import datetime
import functools
import re
import textwrap
import unicodedata
from collections.abc import Mapping
from typing import Any

import yaml

from vlm_survey.load.guarded_yaml import LOADER
from vlm_survey.load.reading import Place
from vlm_survey.model.record import Links, Record, Tagging, TagState
from vlm_survey.model.url import Url
from vlm_survey.model.value import Slug

WIDTH = 100
"""Columns; what fits is written on one line, what does not is written in lines of its own."""

SCHEMA_LINE = "# yaml-language-server: $schema=../docs/schema/record.schema.json"
"""First line of each file: editors complete and check by the schema that it names."""

_PROSE = frozenset({"summary", "note"})
"""Fields that hold sentences: long ones are folded into lines."""

_FIELDS = [name for name in Record.model_fields if name != "id"]
_SPLITS = re.compile(r"[,?\[\]{}]")
_LIKE_TEXT = re.compile(r"[^\W_]")
_ENDS_EARLY = re.compile(r":\s|\s#|[:\s]$")
_LIKE_NUMBER = re.compile(r"\d[\d_.,:eExXoO+-]*$")
_RESOLVER = yaml.resolver.Resolver()
_TEXT_TAG = "tag:yaml.org,2002:str"


def record_text(record: Record) -> str:
    """The file of a new record."""
    blocks = [_block(name, value) for name, value in _data(record).items()]
    return "\n".join([SCHEMA_LINE, *blocks]) + "\n"


def canonical_text(text: str, record: Record, lines: Mapping[Place, int]) -> str:
    """`text` made to say `record` in canonical layout, with all its comments.

    Args:
        text: A file that was read without problems.
        record: What was read, or what it should say instead.
        lines: Where each value stands in `text`.
    """
    tidy = tidied(record)
    if text == (fresh := record_text(tidy)):
        return fresh
    found = _blocks(text, lines)
    out = [SCHEMA_LINE]
    for name, value in _data(tidy).items():
        wanted = _block(name, value)
        block = found.pop(name, _Block([], [], []))
        if block.bare() == wanted:
            out += [*block.above, *block.lines]
        else:
            out += [*block.above, *block.comments(), wanted]
    # Fields that say nothing are left out, what was written beside them is not.
    for block in found.values():
        out += [*block.above, *block.comments()]
    return "\n".join(line.rstrip() for line in out) + "\n"


def tidied(record: Record) -> Record:
    """The record with composed Unicode and tidy links."""
    links = {name: url.tidied() for name, url in record.links.named()}
    texts = {
        name: _composed(getattr(record, name)) for name in ("title", "name", "summary", "note")
    }
    tags = {
        facet: tagging
        if isinstance(tagging, TagState)
        else {term: _composed(evidence) for term, evidence in tagging.items()}
        for facet, tagging in record.tags.items()
    }
    update: dict[str, Any] = {
        **texts,
        "authors": tuple(type(name)(unicodedata.normalize("NFC", name)) for name in record.authors),
        "sources": tuple(Url(url).tidied() for url in record.sources),
        "tags": tags,
    }
    if links != dict(record.links.named()):
        update["links"] = Links(**links)
    return record.model_copy(update=update)


def _composed(text: str | None) -> str | None:
    return text and unicodedata.normalize("NFC", text)


def _data(record: Record) -> dict[str, Any]:
    """What a file says: fields in order, without those that say nothing."""
    data = {}
    for name in _FIELDS:
        value = getattr(record, name)
        if name == "tags":
            value = {facet: _tagging(tagging) for facet, tagging in value.items()}
        elif name == "survey":
            value = [_filled(entry) for entry in value]
        elif name in ("identifiers", "links"):
            value = _filled(value)
        elif name == "datasets":
            value = dict(value)
        elif isinstance(value, tuple):
            value = list(value)
        if value not in (None, [], {}):
            data[name] = value
    return data


def _tagging(tagging: Tagging) -> str | dict[Slug, str | None]:
    if isinstance(tagging, TagState):
        return tagging.value
    return dict(tagging) or TagState.NONE.value


def _filled(part: Any) -> dict[str, Any]:
    return {
        name: value
        for name in type(part).model_fields
        if (value := getattr(part, name)) is not None
    }


# --- writing


def _block(name: str, value: Any) -> str:
    if name in _PROSE and len(f"{name}: {value}") > WIDTH:
        lines = textwrap.wrap(value, WIDTH - 2, break_long_words=False, break_on_hyphens=False)
        # YAML joins folded lines with single blanks; a text with others goes on one line.
        if " ".join(lines) == value:
            return "\n".join([f"{name}: >-", *("  " + line for line in lines)])
    return "\n".join(_lines(name + ":", value, 0))


def _lines(key: str, value: Any, indent: int) -> list[str]:
    """`value` after `key` (a field's name with its colon, or a list's dash)."""
    pad = " " * indent
    if not isinstance(value, dict | list):
        return [f"{pad}{key} {scalar_text(value)}"]
    if not any(isinstance(part, dict | list) for part in _parts(value)):
        one_line = f"{pad}{key} {_flow(value)}"
        if not value or len(one_line) <= WIDTH:
            return [one_line]
    out = [] if key == "-" else [pad + key]
    inner = indent if key == "-" else indent + 2
    if isinstance(value, list):
        for item in value:
            out += _lines("-", item, inner)
    else:
        for name, item in value.items():
            out += _lines(scalar_text(name) + ":", item, inner + (2 if key == "-" else 0))
    if key == "-":
        out[0] = f"{pad}- {out[0].lstrip()}"
    return out


def _parts(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else list(value)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar_text(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return scalar_text(value, in_flow=True)


def scalar_text(value: Any, *, in_flow: bool = False) -> str:
    """One value as YAML: plain where every reader takes it for this text, else quoted."""
    if value is None:
        return "null"
    if isinstance(value, int | datetime.date):
        return str(value)
    text = str(value)
    splits = _SPLITS.search(text) if in_flow else None
    if not splits and _is_plain(text):
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


@functools.lru_cache(maxsize=4096)
def _is_plain(text: str) -> bool:
    begins_like_text = _LIKE_TEXT.match(text) is not None
    ends_early = _ENDS_EARLY.search(text) is not None
    return begins_like_text and not ends_early and _is_text(text)


def _is_text(text: str) -> bool:
    # Beyond YAML 1.1's rules: what begins with a digit can be a number or time to other readers.
    if _LIKE_NUMBER.match(text) or text.lower() in ("y", "n", "null"):
        return False
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag == _TEXT_TAG


# --- reading the layout


@dataclasses.dataclass
class _Block:
    """One field's lines and the comment lines above it."""

    above: list[str]
    lines: list[str]
    hashes: list[int | None]
    """For each line, the column where its comment begins."""

    def bare(self) -> str:
        """The lines without comments."""
        kept = []
        for line, hash_column in zip(self.lines, self.hashes, strict=True):
            bare = line if hash_column is None else line[:hash_column]
            if bare.strip():
                kept.append(bare.rstrip())
        return "\n".join(kept)

    def comments(self) -> list[str]:
        """The comments inside the block."""
        pairs = zip(self.lines, self.hashes, strict=True)
        return _told([line[column:] for line, column in pairs if column is not None])


def _blocks(text: str, lines: Mapping[Place, int]) -> dict[str, _Block]:
    """The file's blocks by their fields; comments after the last one are a block named ''."""
    rows = text.split("\n")
    hashes = _comment_columns(text, rows)
    starts = sorted((line - 1, str(place[0])) for place, line in lines.items() if len(place) == 1)
    blocks: dict[str, _Block] = {}
    above = _comments(rows[: starts[0][0]], hashes)
    for position, (start, name) in enumerate(starts):
        end = starts[position + 1][0] if position + 1 < len(starts) else len(rows)
        body_end = end
        # Comment and empty rows just above the next field belong to that field.
        while body_end > start + 1 and (
            hashes[body_end - 1] == 0 or not rows[body_end - 1].strip()
        ):
            body_end -= 1
        blocks[name] = _Block(above, rows[start:body_end], hashes[start:body_end])
        above = _comments(rows[body_end:end], hashes[body_end:end])
    blocks[""] = _Block(above, [], [])
    return blocks


def _comments(rows: list[str], hashes: list[int | None]) -> list[str]:
    """The comments of rows that say nothing else of a record; `---` may stand before one."""
    found = [
        row[column:] if row[:column].strip() else row
        for row, column in zip(rows, hashes, strict=False)
        if column is not None
    ]
    return _told(found)


def _told(comments: list[str]) -> list[str]:
    return [comment for comment in comments if comment.strip() != SCHEMA_LINE]


def _comment_columns(text: str, rows: list[str]) -> list[int | None]:
    """For each row, where its comment begins: a '#' after a blank that is in no scalar."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for token in yaml.scan(text, Loader=LOADER):
        if isinstance(token, yaml.ScalarToken):
            start, end = token.start_mark, token.end_mark
            # After `>-` stands no text yet, but maybe a comment.
            first = start.line + (1 if token.style in ("|", ">") else 0)
            for row in range(first, end.line + 1):
                left = start.column if row == start.line else 0
                right = end.column if row == end.line else len(rows[row])
                taken.setdefault(row, []).append((left, right))
    columns: list[int | None] = []
    for number, line in enumerate(rows):
        candidates = (match.start() for match in re.finditer(r"(?:(?<=\s)|^)#", line))
        spans = taken.get(number, [])
        free = (c for c in candidates if not any(left <= c < right for left, right in spans))
        columns.append(next(free, None))
    return columns
