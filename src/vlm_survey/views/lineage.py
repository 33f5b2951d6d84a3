"""Which models were built on which: as trees to read, and as a drawing of the models in between."""

import dataclasses
import functools

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.urls import record_url

COLUMN, ROW = 250, 26
"""Distances of the drawing's columns and rows, in its user units."""

LABEL = 22
"""Characters of a name that fit into a node."""


@dataclasses.dataclass(frozen=True)
class Branch:
    """A model in a tree, with those built on it.

    Attributes:
        also: Other models that it is built on, besides the one it stands under.
        descendants: How many records are built on it, directly or through others.
        elsewhere: Whether its own branches are shown at another place of the page, where it came first.
    """

    id: str
    name: str
    title: str
    year: str
    also: tuple[str, ...]
    descendants: int
    branches: "tuple[Branch, ...]"
    elsewhere: bool


@dataclasses.dataclass(frozen=True)
class Node:
    """A model in the drawing; `x` and `y` are its middle left."""

    name: str
    title: str
    url: str
    x: int
    y: int
    descendants: int


@dataclasses.dataclass(frozen=True)
class Edge:
    """A line from a base to what is built on it, as an SVG path."""

    path: str


@dataclasses.dataclass(frozen=True)
class Drawing:
    """The models that link others: bases with bases or descendants that are bases themselves."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclasses.dataclass(frozen=True)
class Lineage:
    """The page. `linked` records have a base or a descendant, `total` is all."""

    trees: tuple[Branch, ...]
    drawing: Drawing
    linked: int
    total: int


def lineage(catalog: Catalog) -> Lineage:
    """All lines of descent."""
    descent = _Descent(catalog)
    roots = [
        record for record in catalog if descent.children(record.id) and not descent.bases(record)
    ]
    roots.sort(key=lambda record: (-len(descent.below(record.id)), record.id))
    seen: set[str] = set()
    trees = tuple(descent.branch(record, None, seen) for record in roots)
    linked = sum(bool(descent.bases(record) or descent.children(record.id)) for record in catalog)
    return Lineage(trees, _drawing(descent), linked, len(catalog))


class _Descent:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def bases(self, record: Record) -> list[Record]:
        return [self.catalog[base] for base in record.builds_on if base in self.catalog]

    def children(self, record_id: str) -> tuple[str, ...]:
        return self.catalog.built_on.get(record_id, ())

    @functools.cache  # noqa: B019 - lives as long as the page is made
    def below(self, record_id: str) -> frozenset[str]:
        children = self.children(record_id)
        return frozenset(children).union(*(self.below(child) for child in children))

    @functools.cache  # noqa: B019 - see above
    def depth(self, record_id: str) -> int:
        """The longest way from a root."""
        bases = self.bases(self.catalog[record_id])
        return 1 + max((self.depth(base.id) for base in bases), default=-1)

    def is_linked_model(self, record: Record) -> bool:
        """Whether others are built on it, and it is built on, or base of, another such model."""
        kin = [*(base.id for base in self.bases(record)), *self.children(record.id)]
        return bool(self.children(record.id)) and any(self.children(other) for other in kin)

    def branch(self, record: Record, parent: Record | None, seen: set[str]) -> Branch:
        elsewhere = record.id in seen and bool(self.children(record.id))
        seen.add(record.id)
        children = () if elsewhere else self.children(record.id)
        ordered = sorted(
            (self.catalog[child] for child in children),
            key=lambda child: (-len(self.below(child.id)), child.year or 9999, child.id),
        )
        return Branch(
            id=record.id,
            name=_name(record),
            title=record.title,
            year=str(record.year or ""),
            also=tuple(_name(base) for base in self.bases(record) if base is not parent)
            if parent
            else (),
            descendants=len(self.below(record.id)),
            branches=tuple(self.branch(child, record, seen) for child in ordered),
            elsewhere=elsewhere,
        )


def _drawing(descent: _Descent) -> Drawing:
    inner = [record for record in descent.catalog if descent.is_linked_model(record)]
    columns: dict[int, list[Record]] = {}
    for record in inner:
        columns.setdefault(descent.depth(record.id), []).append(record)
    rows: dict[str, int] = {}
    for depth in sorted(columns):
        # A model stands about where its bases stand, so that lines are short and cross little.
        def height(record: Record) -> tuple[float, int, str]:
            above = [rows[base.id] for base in descent.bases(record) if base.id in rows]
            middle = sum(above) / len(above) if above else 0.0
            return middle, -len(descent.below(record.id)), record.id

        for row, record in enumerate(sorted(columns[depth], key=height)):
            rows[record.id] = row
    places = {
        record.id: (descent.depth(record.id) * COLUMN + 8, rows[record.id] * ROW + 16)
        for record in inner
    }
    nodes = tuple(
        Node(
            _shortened(_name(record)),
            record.title,
            record_url(record.id),
            *places[record.id],
            len(descent.below(record.id)),
        )
        for record in sorted(inner, key=lambda record: places[record.id])
    )
    edges = tuple(
        Edge(_curve(places[base.id], len(_shortened(_name(base))), places[record.id]))
        for record in inner
        for base in descent.bases(record)
    )
    width = (max(columns, default=0) + 1) * COLUMN
    height_ = (max((len(column) for column in columns.values()), default=0)) * ROW + 16
    return Drawing(width, height_, nodes, edges)


def _curve(start: tuple[int, int], letters: int, end: tuple[int, int]) -> str:
    """From behind a label of so many letters to the next node."""
    (x, y), (to_x, to_y) = (start[0] + 36 + 8 * letters, start[1]), end
    bend = (to_x - x) / 2
    return f"M{x} {y}C{x + bend:g} {y} {to_x - bend:g} {to_y} {to_x} {to_y}"


def _name(record: Record) -> str:
    return record.name or record.title


def _shortened(name: str) -> str:
    return name if len(name) <= LABEL else name[: LABEL - 1] + "…"
