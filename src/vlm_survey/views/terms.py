"""What the codebook shows: facets, terms and their papers."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence

from vlm_survey.exports.registry import text_exports
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import EMPTY_STATES, Record, TagState
from vlm_survey.model.taxonomy import Term
from vlm_survey.model.value import Slug
from vlm_survey.urls import pair_url, term_url
from vlm_survey.views.indexes import Pair, by_term
from vlm_survey.views.items import Named, hue_of
from vlm_survey.views.paging import LISTED, Papers, part, parts_of


@dataclasses.dataclass(frozen=True)
class TermCount:
    """A term with the number of its records."""

    id: str
    term: Term
    count: int


@dataclasses.dataclass(frozen=True)
class FieldView:
    """A facet, or another field whose values the taxonomy defines, with its terms.

    Attributes:
        terms: All of them, in the taxonomy's order.
        is_facet: Whether records are tagged on it, with evidence.
        hue: Number of its colour; 0 without one.
        states: How many records have no term, for each of `EMPTY_STATES`; empty for other fields.
    """

    id: str
    name: str
    definition: str
    terms: tuple[TermCount, ...]
    is_facet: bool
    hue: int
    states: tuple[tuple[TagState, int], ...]

    @property
    def not_checked(self) -> int:
        """How many records were not yet checked for it."""
        return dict(self.states).get(TagState.NOT_CHECKED, 0)


@dataclasses.dataclass(frozen=True)
class Partner:
    """A term that stands on the same records as another, so many times."""

    name: str
    url: str
    hue: int
    count: int


@dataclasses.dataclass(frozen=True)
class Partners:
    """The terms of another facet that a term is combined with, the most frequent first."""

    field_name: str
    terms: tuple[Partner, ...]


@dataclasses.dataclass(frozen=True)
class TermView:
    """A term's page: its entry in the codebook, what it is combined with, and its papers.

    Attributes:
        example: A record that has the term.
        counterexample: A record that looks like it but does not have the term.
        page: Its address: that of the first, where its papers fill several.
        years: How many of its papers are of each year, on the first page.
        partners: What it is combined with, on the first page.
        is_facet: Whether it is a tag.
        query: The same papers, in the filter grammar.
        total: Records in the catalog.
        forms: In which its papers can be taken away, each with its suffix.
    """

    field: str
    field_name: str
    id: str
    page: str
    is_facet: bool
    term: Term
    example: Named | None
    counterexample: Named | None
    query: str
    count: int
    total: int
    years: tuple[tuple[int, int], ...]
    partners: tuple[Partners, ...]
    papers: Papers
    forms: tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True)
class PairView:
    """The page of two terms of two facets.

    Attributes:
        terms: Those two.
        query: The same papers, in the filter grammar.
        count: How many papers carry both.
        papers: The newest of them.
    """

    terms: tuple[Partner, Partner]
    query: str
    count: int
    papers: Papers


def codebook(catalog: Catalog) -> tuple[FieldView, ...]:
    """All facets, kinds and domains with their terms, counted."""
    taxonomy = catalog.taxonomy
    found = []
    for field_id, field in taxonomy.vocabulary.items():
        counts = {term_id: len(by_term(catalog)[field_id, term_id]) for term_id in field.terms}
        is_facet = field_id in taxonomy.facets
        found.append(
            FieldView(
                id=field_id,
                name=field.name,
                definition=field.definition,
                terms=tuple(
                    TermCount(term_id, term, counts[term_id])
                    for term_id, term in field.terms.items()
                ),
                is_facet=is_facet,
                hue=hue_of(field_id, taxonomy),
                states=_states(field_id, catalog) if is_facet else (),
            )
        )
    return tuple(found)


def _states(facet_id: str, catalog: Catalog) -> tuple[tuple[TagState, int], ...]:
    counts = Counter(record.tag_state(facet_id) for record in catalog)
    return tuple((state, counts[state]) for state in EMPTY_STATES)


def term_parts(field_id: str, term_id: str, catalog: Catalog) -> tuple[str, ...]:
    """The addresses of a term's pages."""
    return parts_of(by_term(catalog)[field_id, term_id], term_url(field_id, term_id))


def term_view(field_id: str, term_id: str, catalog: Catalog, number: int = 1) -> TermView:
    """One of a term's pages, from 1."""
    field = catalog.taxonomy.vocabulary[field_id]
    records = by_term(catalog)[field_id, term_id]
    told = records if number == 1 else ()
    years = Counter(record.year for record in told if record.year)
    return TermView(
        field=field_id,
        field_name=field.name,
        id=term_id,
        page=term_url(field_id, term_id),
        is_facet=field_id in catalog.taxonomy.facets,
        term=field.terms[Slug(term_id)],
        example=_named(field.terms[Slug(term_id)].example, catalog),
        counterexample=_named(field.terms[Slug(term_id)].counterexample, catalog),
        query=f"{field_id}={term_id}",
        count=len(records),
        total=len(catalog),
        years=tuple((year, years[year]) for year in _span(years)),
        partners=_partners(field_id, term_id, told, catalog),
        papers=part(records, term_url(field_id, term_id), number),
        forms=tuple((form.title, form.suffix) for form in text_exports()),
    )


def _named(record_id: str | None, catalog: Catalog) -> Named | None:
    if record_id is None or record_id not in catalog:
        return None
    record = catalog[record_id]
    return Named(record.id, record.name or record.title)


def pair_view(pair: Pair, records: Sequence[Record], catalog: Catalog) -> PairView:
    """The page of one pair with its `records`, of which it shows the newest."""
    facet, term, other_facet, other_term = pair
    newest = sorted(records, key=lambda record: -(record.year or 0))[:LISTED]
    return PairView(
        (
            _partner(facet, term, term_url(facet, term), 0, catalog),
            _partner(other_facet, other_term, term_url(other_facet, other_term), 0, catalog),
        ),
        f"{facet}={term}&{other_facet}={other_term}",
        len(records),
        # All of them stand in the list, filtered by both; a page for each part would be too many.
        part(newest, pair_url(*pair), 1),
    )


def _partners(
    field_id: str, term_id: str, records: Sequence[Record], catalog: Catalog
) -> tuple[Partners, ...]:
    facets = list(catalog.taxonomy.facets)
    if field_id not in facets:
        return ()
    found = []
    for facet in facets:
        if facet == field_id:
            continue
        counts = Counter(term for record in records for term in record.terms(facet))
        most = sorted(counts, key=lambda term: (-counts[term], term))
        earlier = facets.index(facet) < facets.index(field_id)
        terms = tuple(
            _partner(
                facet,
                term,
                pair_url(facet, term, field_id, term_id)
                if earlier
                else pair_url(field_id, term_id, facet, term),
                counts[term],
                catalog,
            )
            for term in most
        )
        if terms:
            found.append(Partners(catalog.taxonomy.facets[facet].name, terms))
    return tuple(found)


def _partner(facet_id: str, term_id: str, url: str, count: int, catalog: Catalog) -> Partner:
    name = catalog.taxonomy.facets[facet_id].terms[Slug(term_id)].name
    return Partner(name, url, hue_of(facet_id, catalog.taxonomy), count)


def _span(years: Counter[int]) -> Iterator[int]:
    if years:
        yield from range(min(years), max(years) + 1)
