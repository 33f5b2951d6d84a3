"""What the codebook shows: facets, terms and their papers."""

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from vlm_survey.exports.registry import text_exports
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import EMPTY_STATES, Record, TagState
from vlm_survey.model.taxonomy import Term
from vlm_survey.model.value import Slug
from vlm_survey.urls import browse_url, pair_url, term_url
from vlm_survey.views.indexes import Pair, by_term
from vlm_survey.views.items import Named, hue_of, newest_first
from vlm_survey.views.paging import LISTED, Papers, part, parts_of

STATE_NAMES = {
    TagState.NONE: "None applies",
    TagState.NOT_STATED: "Sources do not say",
    TagState.NOT_CHECKED: "Not yet checked",
}
"""What readers see of a facet without a term."""


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
        not_checked: Records that were not yet checked for its facet.
        years: Each year with the number and the list of its papers, on the first page.
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
    not_checked: int
    term: Term
    example: Named | None
    counterexample: Named | None
    query: str
    count: int
    total: int
    years: tuple[tuple[int, int, str], ...]
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
                definition=_readable(field.definition, field.terms),
                terms=tuple(
                    TermCount(term_id, _readable_term(term, field.terms), counts[term_id])
                    for term_id, term in field.terms.items()
                ),
                is_facet=is_facet,
                hue=hue_of(field_id, taxonomy),
                states=_states(field_id, catalog) if is_facet else (),
            )
        )
    return tuple(found)


def _readable(text: str, terms: Mapping[Slug, Term]) -> str:
    """A text of the taxonomy with names in place of the ids of `terms` and states, which it writes as `id`."""
    names = {
        **{state.value: name for state, name in STATE_NAMES.items()},
        **{str(term_id): term.name for term_id, term in terms.items()},
    }
    return re.sub(r"`([a-z0-9-]+)`", lambda found: f"“{names.get(found[1], found[1])}”", text)


def _readable_term(term: Term, terms: Mapping[Slug, Term]) -> Term:
    texts = {name: getattr(term, name) for name in ("definition", "rule", "look_alike")}
    return term.model_copy(
        update={name: _readable(text, terms) for name, text in texts.items() if "`" in text}
    )


def _states(facet_id: str, catalog: Catalog) -> tuple[tuple[TagState, int], ...]:
    counts = Counter(record.tag_state(facet_id) for record in catalog)
    return tuple((state, counts[state]) for state in EMPTY_STATES)


def term_parts(field_id: str, term_id: str, catalog: Catalog) -> tuple[str, ...]:
    """The addresses of a term's pages."""
    return parts_of(by_term(catalog)[field_id, term_id], term_url(field_id, term_id))


def term_view(field_id: str, term_id: str, catalog: Catalog, number: int = 1) -> TermView:
    """One of a term's pages, from 1."""
    field = catalog.taxonomy.vocabulary[field_id]
    records = newest_first(by_term(catalog)[field_id, term_id])
    query = f"{field_id}={term_id}"
    told = records if number == 1 else ()
    years = Counter(record.year for record in told if record.year)
    is_facet = field_id in catalog.taxonomy.facets
    return TermView(
        field=field_id,
        field_name=field.name,
        id=term_id,
        page=term_url(field_id, term_id),
        is_facet=is_facet,
        not_checked=dict(_states(field_id, catalog))[TagState.NOT_CHECKED] if is_facet else 0,
        term=_readable_term(field.terms[Slug(term_id)], field.terms),
        example=_named(field.terms[Slug(term_id)].example, catalog),
        counterexample=_named(field.terms[Slug(term_id)].counterexample, catalog),
        query=query,
        count=len(records),
        total=len(catalog),
        years=tuple(
            (year, years[year], browse_url(f"{query}&year={year}")) for year in sorted(years)
        ),
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
    newest = newest_first(records)[:LISTED]
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
