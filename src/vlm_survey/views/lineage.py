"""Which models each paper builds on: a tree for each base model, and what a drawing needs besides."""

import dataclasses
import functools
from collections import Counter
from collections.abc import Iterable

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record

COLOURS = 6
"""Terms with a colour of their own in the drawing. All other terms share one more."""

GENERAL, UNTAGGED, OTHER = "general", "none", "other"
"""Marks in the drawing besides the numbers of the colours."""


@dataclasses.dataclass(frozen=True)
class Branch:
    """A paper in a tree, with the papers built on it.

    Attributes:
        bases: Ids of all papers that it builds on.
        also: Names of those among them that are not its parent in the tree.
        terms: Its terms on the facets of the filters, such as `task=vqa`.
        mark: How the drawing marks it: one of the legend's.
        descendants: How many papers are built on it, directly or indirectly.
        elsewhere: Whether its own branches are shown in an earlier tree.
        moved: Names of the papers built on it, if all of them are listed under other bases.
    """

    id: str
    name: str
    title: str
    year: str
    bases: tuple[str, ...]
    also: tuple[str, ...]
    terms: tuple[str, ...]
    mark: str
    descendants: int
    branches: "tuple[Branch, ...]"
    elsewhere: bool
    moved: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Choice:
    """A value of a filter, with the number of papers that have it."""

    id: str
    name: str
    count: int


@dataclasses.dataclass(frozen=True)
class Filter:
    """A filter of the drawing; `id` is a field of the filter grammar."""

    id: str
    name: str
    choices: tuple[Choice, ...]


@dataclasses.dataclass(frozen=True)
class Lineage:
    """The page.

    Attributes:
        trees: One for each paper that builds on no other, those with most descendants first.
        filters: By facet and by base model.
        legend: The marks with their labels.
        linked: How many papers build on another of the catalog, or are built upon.
        total: How many papers there are.
    """

    trees: tuple[Branch, ...]
    filters: tuple[Filter, ...]
    legend: tuple[tuple[str, str], ...]
    linked: int
    total: int


def linked_papers(catalog: Catalog) -> tuple[Record, ...]:
    """All papers that build on another paper of the catalog, or are built upon."""
    return tuple(
        record
        for record in catalog
        if record.id in catalog.built_on or any(base in catalog for base in record.builds_on)
    )


def lineage(catalog: Catalog) -> Lineage:
    """All trees, with the filters and the legend of their drawing."""
    linked = linked_papers(catalog)
    taxonomy = catalog.taxonomy
    # Lists are grouped by one facet, so the drawing is coloured by another: the last.
    others = [facet for facet in taxonomy.facets if facet != taxonomy.group_by]
    coloured = (others or [taxonomy.group_by])[-1]
    facets = tuple(dict.fromkeys((coloured, taxonomy.group_by)))
    descent = _Descent(catalog, facets, _Marks(catalog, coloured, linked))
    seen: set[str] = set()
    trees = tuple(
        descent.tree(root, seen) for root in descent.by_size(linked) if descent.is_root(root)
    )
    bases = [record for record in descent.by_size(linked) if descent.below(record.id)]
    filters = (
        *(_filter(facet, catalog, linked) for facet in facets),
        Filter(
            "builds_on",
            "Base model",
            tuple(Choice(base.id, _name(base), len(descent.below(base.id))) for base in bases),
        ),
    )
    return Lineage(trees, filters, descent.marks.legend, len(linked), len(catalog))


class _Marks:
    """How papers are marked: by domain if it is not the catalog's main one, otherwise by term."""

    def __init__(self, catalog: Catalog, facet: str, papers: tuple[Record, ...]) -> None:
        terms = catalog.taxonomy.facets[facet].terms
        domains = Counter(record.domain for record in catalog if record.domain)
        self._facet = facet
        self._main = domains.most_common(1)[0][0] if domains else None
        inside = [record for record in papers if not self._is_general(record)]
        counts = Counter(term for record in inside for term in record.terms(facet)[:1])
        used = [term for term, _ in counts.most_common() if term in terms]
        self._colours = {term: str(number) for number, term in enumerate(used[:COLOURS], 1)}
        labels = {mark: terms[term].name for term, mark in self._colours.items()}
        if len(used) > COLOURS:
            labels[OTHER] = f"Other {catalog.taxonomy.facets[facet].name.lower()}"
        labels[UNTAGGED] = f"No {catalog.taxonomy.facets[facet].name.lower()}"
        for domain in sorted(set(domains) - {self._main}):
            labels[GENERAL] = catalog.taxonomy.term("domain", domain).name
        used_marks = {self.of(record) for record in papers}
        self.legend = tuple(entry for entry in labels.items() if entry[0] in used_marks)

    def of(self, record: Record) -> str:
        if self._is_general(record):
            return GENERAL
        terms = record.terms(self._facet)
        return self._colours.get(terms[0], OTHER) if terms else UNTAGGED

    def _is_general(self, record: Record) -> bool:
        return record.domain not in (None, self._main)


class _Descent:
    def __init__(self, catalog: Catalog, facets: tuple[str, ...], marks: _Marks) -> None:
        self.catalog, self.facets, self.marks = catalog, facets, marks

    def bases(self, record: Record) -> list[Record]:
        return [self.catalog[base] for base in record.builds_on if base in self.catalog]

    def is_root(self, record: Record) -> bool:
        return not self.bases(record)

    @functools.cache  # noqa: B019 - lives as long as the page is made
    def below(self, record_id: str) -> frozenset[str]:
        """The ids of all papers built on one, directly or indirectly."""
        children = self.catalog.built_on.get(record_id, ())
        return frozenset(children).union(*(self.below(child) for child in children))

    @functools.cache  # noqa: B019 - see above
    def depth(self, record_id: str) -> int:
        """The length of the longest path from a root."""
        bases = self.bases(self.catalog[record_id])
        return 1 + max((self.depth(base.id) for base in bases), default=-1)

    def by_size(self, records: Iterable[Record]) -> list[Record]:
        """Those with most descendants first, then by year."""
        return sorted(
            records,
            key=lambda record: (-len(self.below(record.id)), record.year or 9999, record.id),
        )

    def tree(self, root: Record, seen: set[str]) -> Branch:
        """A tree in which each paper stands once: under its base that is farthest from the root.

        Args:
            seen: Ids of the papers whose branches were shown; those of this tree are added.
        """
        inside = {root.id, *self.below(root.id)}
        children: dict[str, list[Record]] = {}
        for record_id in sorted(inside - {root.id}):
            record = self.catalog[record_id]
            bases = [base.id for base in self.bases(record) if base.id in inside]
            children.setdefault(max(bases, key=self.depth), []).append(record)
        return self._branch(root, None, children, seen)

    def _branch(
        self,
        record: Record,
        parent: Record | None,
        children: dict[str, list[Record]],
        seen: set[str],
    ) -> Branch:
        below = self.below(record.id)
        elsewhere = record.id in seen
        shown = [] if elsewhere else self.by_size(children.get(record.id, ()))
        moved = () if shown or elsewhere else self.catalog.built_on.get(record.id, ())
        if shown:
            seen.add(record.id)
        bases = self.bases(record)
        return Branch(
            id=record.id,
            name=_name(record),
            title=record.title,
            year=str(record.year or ""),
            bases=tuple(base.id for base in bases),
            also=tuple(_name(base) for base in bases if base is not parent),
            terms=tuple(f"{facet}={term}" for facet in self.facets for term in record.terms(facet)),
            mark=self.marks.of(record),
            descendants=len(below),
            branches=tuple(self._branch(child, record, children, seen) for child in shown),
            elsewhere=elsewhere,
            moved=tuple(_name(self.catalog[child]) for child in moved),
        )


def _filter(facet: str, catalog: Catalog, papers: Iterable[Record]) -> Filter:
    counts = Counter(term for record in papers for term in record.terms(facet))
    entry = catalog.taxonomy.facets[facet]
    choices = (Choice(id_, term.name, counts[id_]) for id_, term in entry.terms.items())
    return Filter(facet, entry.name, tuple(choice for choice in choices if choice.count))


def _name(record: Record) -> str:
    return record.name or record.title
