"""How many papers have each combination of terms of two or three facets, and why some have none."""

import dataclasses
import itertools
import math
from collections import Counter
from collections.abc import Iterator, Mapping

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.gap import Gap
from vlm_survey.model.url import Url
from vlm_survey.model.value import Slug
from vlm_survey.urls import browse_url, matrix_url, pair_url, term_url

SHADES = 5
"""Steps from the palest to the deepest shade of a cell with papers."""


@dataclasses.dataclass(frozen=True)
class Note:
    """Why a combination has no paper: `state` in a few words, `text` in a sentence.

    Attributes:
        mark: The letter that leads to it: a, b, … z, aa, ab, …
        is_meaningless: Whether no paper can have the combination.
        candidates: Papers that have it, but no record yet.
    """

    number: int
    mark: str
    is_meaningless: bool
    combination: str
    state: str
    text: str
    candidates: tuple[Url, ...]

    @property
    def sign(self) -> str:
        """What its cells show instead of a count."""
        return "–" if self.is_meaningless else "0"


@dataclasses.dataclass(frozen=True)
class Cell:
    """A combination of terms, or in a total a part of one.

    Attributes:
        label: The terms, for screen readers.
        url: The list of its papers; empty without papers.
        shade: 1 to `SHADES` by the number of papers, in relation to the fullest cell; 0 without.
        note: Why it is empty; None if nobody has searched.
    """

    label: str
    count: int
    url: str
    shade: int = 0
    note: Note | None = None


@dataclasses.dataclass(frozen=True)
class Head:
    """The term of a row or a column with its page."""

    id: str
    name: str
    url: str


@dataclasses.dataclass(frozen=True)
class Row:
    """A term of the rows' facet with its combinations, and all papers that have it."""

    head: Head
    cells: tuple[Cell, ...]
    total: Cell


@dataclasses.dataclass(frozen=True)
class Table:
    """One table: rows of one facet, columns of another; `given` is the third term, if any.

    Attributes:
        totals: For each column all papers that have its term.
        total: All papers, or all that have the third term.
    """

    given: Head | None
    columns: tuple[Head, ...]
    rows: tuple[Row, ...]
    totals: tuple[Cell, ...]
    total: Cell


@dataclasses.dataclass(frozen=True)
class MatrixLink:
    """A matrix of other facets."""

    name: str
    url: str
    is_current: bool


@dataclasses.dataclass(frozen=True)
class Matrix:
    """A page of the matrix.

    Attributes:
        url: Its address.
        title: The names of its facets.
        tables: One, or with three facets one for each term of the third.
        notes: On empty cells.
        unknown: How many empty cells were not checked.
        steps: The matrices with one facet more, or with one less.
        others: For each facet its name and the matrices of it and one other facet.
    """

    url: str
    title: str
    row_facet: str
    column_facet: str
    tables: tuple[Table, ...]
    notes: tuple[Note, ...]
    unknown: int
    steps: tuple[MatrixLink, ...]
    others: tuple[tuple[str, tuple[MatrixLink, ...]], ...]


def choices(catalog: Catalog) -> Iterator[tuple[str, ...]]:
    """All choices of two and of three facets, in the taxonomy's order."""
    for number in (2, 3):
        yield from itertools.combinations(catalog.taxonomy.facets, number)


def main_choice(catalog: Catalog) -> tuple[str, ...]:
    """The facet that lists are grouped by and the largest other one; empty if there is no other."""
    taxonomy = catalog.taxonomy
    others = [facet for facet in taxonomy.facets if facet != taxonomy.group_by]
    if not others:
        return ()
    largest = max(others, key=lambda facet: len(taxonomy.facets[facet].terms))
    return tuple(facet for facet in taxonomy.facets if facet in (largest, taxonomy.group_by))


def matrix(facets: tuple[str, ...], catalog: Catalog) -> Matrix:
    """The matrix of two or three facets: the longest one makes the rows."""
    return _Builder(facets, catalog).matrix()


class _Builder:
    def __init__(self, facets: tuple[str, ...], catalog: Catalog) -> None:
        self.catalog = catalog
        self.facets = facets
        self.known = catalog.taxonomy.facets
        # The facet with fewest terms is the third: few tables that are large, not many small ones.
        by_size = sorted(facets, key=lambda facet: len(self.known[facet].terms))
        self.row, self.column = by_size[-1], by_size[-2]
        self.third = by_size[0] if len(facets) == 3 else None
        # For each facet a term, or None for all papers: totals count a paper once.
        self.counts = Counter(
            combination
            for record in catalog
            for combination in itertools.product(*((None, *record.terms(f)) for f in facets))
        )
        self.most = max((n for key, n in self.counts.items() if None not in key), default=0)
        self.notes: dict[int, Note] = {}
        self.unknown = 0

    def matrix(self) -> Matrix:
        heads = [(self.third, head) for head in self._heads(self.third)] if self.third else [None]
        tables = tuple(self._table(given) for given in heads)
        return Matrix(
            url=matrix_url(*self.facets),
            title=self._name(self.facets),
            row_facet=self.known[self.row].name,
            column_facet=self.known[self.column].name,
            tables=tables,
            notes=tuple(self.notes.values()),
            unknown=self.unknown,
            steps=tuple(
                MatrixLink(self.known[facet].name, self._link(set(self.facets) ^ {facet}), False)
                for facet in self.known
                if (facet in self.facets) == (len(self.facets) == 3)
            ),
            others=tuple(
                (
                    self.known[facet].name,
                    tuple(
                        MatrixLink(
                            self.known[other].name,
                            self._link({facet, other}),
                            {facet, other} == set(self.facets),
                        )
                        for other in self.known
                        if other != facet
                    ),
                )
                for facet in self.known
            ),
        )

    def _name(self, facets: tuple[str, ...]) -> str:
        return " × ".join(self.known[facet].name for facet in facets)

    def _link(self, facets: set[str]) -> str:
        return matrix_url(*(facet for facet in self.known if facet in facets))

    def _heads(self, facet: str) -> list[Head]:
        """The terms of a facet, those with most papers first."""
        heads = [
            Head(term_id, term.name, term_url(facet, term_id))
            for term_id, term in self.known[facet].terms.items()
        ]
        return sorted(heads, key=lambda head: -self.counts[self._key({facet: head.id})])

    def _table(self, given: tuple[str, Head] | None) -> Table:
        terms = {given[0]: given[1].id} if given else {}
        columns = self._heads(self.column)
        rows = []
        for row in self._heads(self.row):
            whole = {**terms, self.row: row.id}
            cells = [self._cell({**whole, self.column: column.id}) for column in columns]
            rows.append(Row(row, tuple(cells), self._total(whole)))
        totals = tuple(self._total({**terms, self.column: column.id}) for column in columns)
        return Table(
            given[1] if given else None, tuple(columns), tuple(rows), totals, self._total(terms)
        )

    def _key(self, terms: Mapping[str, str]) -> tuple[Slug | None, ...]:
        return tuple(Slug(terms[facet]) if facet in terms else None for facet in self.facets)

    def _total(self, terms: Mapping[str, str]) -> Cell:
        pairs = [(facet, terms[facet]) for facet in self.facets if facet in terms]
        names = [self.known[facet].terms[Slug(term)].name for facet, term in pairs]
        count = self.counts[self._key(terms)]
        if not count:
            url = ""
        elif len(pairs) == 1:
            url = term_url(*pairs[0])
        elif len(pairs) == 2:
            url = pair_url(*pairs[0], *pairs[1])
        else:
            url = browse_url("&".join(f"{facet}={term}" for facet, term in pairs))
        return Cell(", ".join(names) or "all papers", count, url)

    def _cell(self, terms: Mapping[str, str]) -> Cell:
        cell = self._total(terms)
        if not cell.count:
            return dataclasses.replace(cell, note=self._note(terms))
        # Few combinations have very many papers: by its root, the others differ as well.
        shade = math.ceil(SHADES * math.sqrt(cell.count / self.most))
        return dataclasses.replace(cell, shade=shade)

    def _note(self, terms: Mapping[str, str]) -> Note | None:
        for position, gap in enumerate(self.catalog.gaps):
            if all(terms.get(facet) == term for facet, term in gap.cell.items()):
                if position not in self.notes:
                    self.notes[position] = self._noted(gap, len(self.notes) + 1)
                return self.notes[position]
        self.unknown += 1
        return None

    def _noted(self, gap: Gap, number: int) -> Note:
        return Note(
            number,
            _letters(number),
            gap.meaningless is not None,
            " × ".join(self.known[facet].terms[term].name for facet, term in gap.cell.items()),
            _state(gap),
            gap.meaningless or gap.where or "",
            gap.candidates,
        )


def _letters(number: int) -> str:
    """The mark of a note: a, b, … z, aa, ab, … as CSS numbers a list with `lower-alpha`."""
    before, last = divmod(number - 1, 26)
    return (_letters(before) if before else "") + chr(ord("a") + last)


def _state(gap: Gap) -> str:
    if gap.meaningless:
        return "not meaningful"
    found = "found, but not yet in this catalog" if gap.candidates else "none found"
    return f"searched on {gap.searched}, {found}"
