"""How many papers stand where terms of two or three facets cross, and why nowhere, where that is known."""

import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterator

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.gap import Gap
from vlm_survey.model.url import Url
from vlm_survey.model.value import Slug
from vlm_survey.urls import browse_url, matrix_url, pair_url, term_url

SHADES = 5
"""Steps from the palest to the deepest shade of a cell with papers."""


@dataclasses.dataclass(frozen=True)
class Cell:
    """One crossing.

    Attributes:
        label: The terms that cross, for a reader who hears the table.
        url: The list of its papers; empty without papers.
        shade: 1 to `SHADES` by the number of papers, in relation to the fullest cell; 0 without.
        note: Number of the note on why it is empty; 0 when nobody has found out.
    """

    label: str
    count: int
    url: str
    shade: int
    note: int


@dataclasses.dataclass(frozen=True)
class Head:
    """A row's or column's term with its page."""

    name: str
    url: str


@dataclasses.dataclass(frozen=True)
class Row:
    """A term of the rows' facet with its crossings."""

    head: Head
    cells: tuple[Cell, ...]


@dataclasses.dataclass(frozen=True)
class Table:
    """One table: rows of one facet, columns of another; `given` is the third term, if any."""

    given: Head | None
    columns: tuple[Head, ...]
    rows: tuple[Row, ...]


@dataclasses.dataclass(frozen=True)
class Note:
    """Why a crossing is empty: `state` in a few words, `text` in a sentence.

    Attributes:
        candidates: Papers that would stand there, but have no record yet.
    """

    number: int
    crossing: str
    state: str
    text: str
    candidates: tuple[Url, ...]


@dataclasses.dataclass(frozen=True)
class MatrixLink:
    """Another choice of facets."""

    name: str
    url: str
    is_current: bool


@dataclasses.dataclass(frozen=True)
class Matrix:
    """A page of the matrix.

    Attributes:
        url: Its address.
        title: The facets that cross.
        column_facet: What stands above.
        row_facet: What stands at the side.
        tables: One, or with three facets one for each term of the third.
        notes: On empty cells.
        unknown: How many empty cells were not checked.
        others: All choices of two and of three facets.
    """

    url: str
    title: str
    row_facet: str
    column_facet: str
    tables: tuple[Table, ...]
    notes: tuple[Note, ...]
    unknown: int
    others: tuple[MatrixLink, ...]


def choices(catalog: Catalog) -> Iterator[tuple[str, ...]]:
    """All choices of two and of three facets, in the taxonomy's order."""
    for number in (2, 3):
        yield from itertools.combinations(catalog.taxonomy.facets, number)


def matrix(facets: tuple[str, ...], catalog: Catalog) -> Matrix:
    """The matrix of two or three facets: the longer of the first two makes the rows."""
    return _Builder(facets, catalog).matrix()


class _Builder:
    def __init__(self, facets: tuple[str, ...], catalog: Catalog) -> None:
        self.catalog = catalog
        self.facets = facets
        known = catalog.taxonomy.facets
        # The facet with fewest terms is the third: few tables that are large, not many small ones.
        by_size = sorted(facets, key=lambda facet: len(known[facet].terms))
        self.row, self.column = by_size[-1], by_size[-2]
        self.third = by_size[0] if len(facets) == 3 else None
        self.counts = Counter(
            crossing
            for record in catalog
            for crossing in itertools.product(*(record.terms(facet) for facet in facets))
        )
        self.most = max(self.counts.values(), default=0)
        self.notes: dict[int, Note] = {}
        self.unknown = 0

    def matrix(self) -> Matrix:
        known = self.catalog.taxonomy.facets
        thirds = list(known[self.third].terms) if self.third else [None]
        tables = tuple(self._table(third) for third in thirds)
        return Matrix(
            url=matrix_url(*self.facets),
            title=" × ".join(known[facet].name for facet in self.facets),
            row_facet=known[self.row].name,
            column_facet=known[self.column].name,
            tables=tables,
            notes=tuple(self.notes.values()),
            unknown=self.unknown,
            others=tuple(
                MatrixLink(
                    " × ".join(known[facet].name for facet in choice),
                    matrix_url(*choice),
                    choice == self.facets,
                )
                for choice in choices(self.catalog)
            ),
        )

    def _table(self, third: str | None) -> Table:
        known = self.catalog.taxonomy.facets
        rows = []
        for row in known[self.row].terms:
            cells = []
            for column in known[self.column].terms:
                terms = {self.row: str(row), self.column: str(column)}
                if self.third and third:
                    terms[self.third] = third
                cells.append(self._cell(terms))
            rows.append(Row(self._head(self.row, row), tuple(cells)))
        columns = tuple(self._head(self.column, column) for column in known[self.column].terms)
        given = self._head(self.third, third) if self.third and third else None
        return Table(given, columns, tuple(rows))

    def _head(self, facet: str, term: str) -> Head:
        terms = self.catalog.taxonomy.facets[facet].terms
        return Head(terms[term].name, term_url(facet, term))  # type: ignore[index]

    def _cell(self, terms: dict[str, str]) -> Cell:
        crossing = tuple(Slug(terms[facet]) for facet in self.facets)
        count = self.counts[crossing]
        label = ", ".join(self._head(facet, terms[facet]).name for facet in self.facets)
        if not count:
            return Cell(label, 0, "", 0, self._note(terms))
        shade = -(-count * SHADES // self.most)
        pairs = [(facet, terms[facet]) for facet in self.facets]
        url = (
            pair_url(*pairs[0], *pairs[1])
            if len(pairs) == 2
            else browse_url("&".join(f"{facet}={term}" for facet, term in pairs))
        )
        return Cell(label, count, url, shade, 0)

    def _note(self, terms: dict[str, str]) -> int:
        for position, gap in enumerate(self.catalog.gaps):
            if all(terms.get(facet) == term for facet, term in gap.cell.items()):
                if position not in self.notes:
                    crossing = " × ".join(
                        self._head(facet, gap.cell[facet]).name for facet in gap.cell
                    )
                    text = gap.meaningless or gap.where or ""
                    number = len(self.notes) + 1
                    note = Note(number, crossing, _state(gap), text, gap.candidates)
                    self.notes[position] = note
                return self.notes[position].number
        self.unknown += 1
        return 0


def _state(gap: Gap) -> str:
    if gap.meaningless:
        return "not meaningful"
    found = "found, but not yet in this catalog" if gap.candidates else "none found"
    return f"searched on {gap.searched}, {found}"
