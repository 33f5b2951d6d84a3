"""Edits of YAML text that leave every other byte as it is, comments and layout included.

They take what the guarded reader accepts: one document of mappings, lists and texts. Whoever edits
reads the outcome and compares it with what was meant, so that an odd layout is refused, not broken.
"""

import dataclasses
from collections.abc import Iterable

import yaml

from vlm_survey.layout import scalar_text
from vlm_survey.load.guarded_yaml import LOADER


@dataclasses.dataclass(frozen=True, order=True)
class Edit:
    """Characters from `start` up to `end` that `text` takes the place of."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits made; they do not overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def root(text: str) -> yaml.Node:
    """The document, with the place of each of its parts."""
    document = yaml.compose(text, Loader=LOADER)
    if document is None:
        raise ValueError("an empty text is no document")
    return document


def entry(node: yaml.Node | None, *keys: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Key and value at the end of a path through mappings; None if there is no such path."""
    found: tuple[yaml.Node, yaml.Node] | None = None
    for key in keys:
        inside = found[1] if found else node
        pairs = inside.value if isinstance(inside, yaml.MappingNode) else []
        found = next((pair for pair in pairs if pair[0].value == key), None)
        if found is None:
            return None
    return found


def value(node: yaml.Node | None, *keys: str) -> yaml.Node | None:
    """The value at the end of a path through mappings."""
    found = entry(node, *keys)
    return found[1] if found else None


def replaced(node: yaml.Node, text: str) -> Edit:
    """`text` in the place of a scalar."""
    return Edit(node.start_mark.index, node.end_mark.index, scalar_text(text, in_flow=True))


def with_field(text: str, node: yaml.Node, name: str, items: tuple[str, ...]) -> list[Edit]:
    """A mapping's field `name` with this list; without the field if the list is empty."""
    written = "[" + ", ".join(scalar_text(item, in_flow=True) for item in items) + "]"
    if found := entry(node, name):
        if not items:
            return [without_lines(text, *found)]
        if isinstance(found[1], yaml.SequenceNode) and not _is_flow(found[1]):
            end = _end_of_line(text, _last_line(text, found[1]))
            return [Edit(found[0].end_mark.index, end, f": {written}")]
        return [Edit(found[1].start_mark.index, found[1].end_mark.index, written)]
    if not items:
        return []
    if _is_flow(node):
        end = node.end_mark.index - 1
        return [Edit(end, end, f", {name}: {written}")]
    end = _end_of_line(text, _last_line(text, node))
    indent = " " * node.value[0][0].start_mark.column
    return [Edit(end, end, f"\n{indent}{name}: {written}")]


def with_items(text: str, node: yaml.Node, name: str, items: tuple[str, ...]) -> list[Edit]:
    """A mapping's list `name` with these items after those that it has."""
    found = value(node, name)
    if not items or found is None or not found.value:
        return with_field(text, node, name, items)
    if _is_flow(found):
        end = found.end_mark.index - 1
        return [Edit(end, end, "".join(f", {scalar_text(i, in_flow=True)}" for i in items))]
    end = _end_of_line(text, _last_line(text, found))
    indent = " " * found.start_mark.column
    return [Edit(end, end, "".join(f"\n{indent}- {scalar_text(item)}" for item in items))]


def without_lines(text: str, key: yaml.Node, node: yaml.Node) -> Edit:
    """An entry's lines taken out; the comments above them stay."""
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    return Edit(start, _end_of_line(text, _last_line(text, node)) + 1, "")


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _last_line(text: str, node: yaml.Node) -> int:
    """Number of the last line that says something of `node`, counted from 0.

    Where a block ends, the parser has already read on over comments and empty lines.
    """
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(text, last[1] if isinstance(last, tuple) else last)
    line: int = node.end_mark.line
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        rows = text.split("\n")
        line -= 1
        while not rows[line].strip():
            line -= 1
    return line


def _end_of_line(text: str, line: int) -> int:
    start = 0
    for _ in range(line):
        start = text.index("\n", start) + 1
    end = text.find("\n", start)
    return len(text) if end < 0 else end
