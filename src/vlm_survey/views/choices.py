"""What a reader can filter by: every field of the grammar with its values, named and counted."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record, Status, TagState
from vlm_survey.urls import dataset_url, record_url, term_url, venue_url
from vlm_survey.views.query import HAS, has, values_of
from vlm_survey.views.terms import STATE_NAMES, codebook

MOST_OFFERED = 20
"""Venues and data sets that the filters list: hundreds would slow the page, and few would look."""

HAS_LABELS = {
    "paper": "Publisher’s page",
    "pdf": "Open PDF",
    "code": "Code",
    "weights": "Weights",
    "data": "Data",
    "project": "Project page",
    "arxiv": "arXiv id",
    "doi": "DOI",
    "summary": "Summary",
    "evidence": "Evidence for every tag",
}
OFFERED = ("code", "weights", "data", "pdf", "evidence")
"""Which of `has=` are offered first; the others are there, but rarely asked for."""

STATE_DEFINITIONS = {
    TagState.NONE: "The sources were read, and no term applies",
    TagState.NOT_STATED: "The sources were read, and they do not say",
    TagState.NOT_CHECKED: "The sources were not yet read for this category",
}

STATUS_DEFINITIONS = {
    Status.IMPORTED: "Incomplete: imported from a list, not yet checked",
    Status.CURATED: "Checked against public pages, with evidence for every tag",
    Status.REVIEWED: "A second person has confirmed facts and tags",
}


@dataclasses.dataclass(frozen=True)
class Choice:
    """A value that can be chosen. `url` is the page of its records, where there is one."""

    id: str
    name: str
    definition: str
    count: int
    url: str = ""


@dataclasses.dataclass(frozen=True)
class ChoiceField:
    """A field of the grammar with its values, those first that should be offered first.

    Attributes:
        hue: Number of its colour; 0 without one.
        excludable: Whether `field=!value` can be asked.
        others: Values that are not offered, because no or few records have them, but can be asked for.
    """

    id: str
    name: str
    definition: str
    hue: int
    choices: tuple[Choice, ...]
    excludable: bool = True
    others: tuple[Choice, ...] = ()


def choice_fields(catalog: Catalog) -> tuple[ChoiceField, ...]:
    """All fields with all values that a record has, and the taxonomy's terms also without one.

    What readers filter by most comes first.
    """
    first = (*catalog.taxonomy.main_facets, "has")
    fields = {field.id: field for field in _fields(catalog)}
    return tuple(fields[field] for field in dict.fromkeys((*first, *fields)))


def choices_of(record: Record, field_id: str, catalog: Catalog) -> tuple[str, ...]:
    """The record's values on a field of `choice_fields`."""
    if field_id == "has":
        return tuple(what for what in HAS if has(record, what))
    return values_of(record, field_id, catalog)


def _fields(catalog: Catalog) -> Iterator[ChoiceField]:
    for field in codebook(catalog):
        states = [
            Choice(state.value, STATE_NAMES[state], STATE_DEFINITIONS[state], number)
            for state, number in field.states
        ]
        yield ChoiceField(
            field.id,
            field.name,
            field.definition,
            field.hue,
            tuple(
                Choice(
                    count.id,
                    count.term.name,
                    count.term.definition,
                    count.count,
                    term_url(field.id, count.id),
                )
                for count in field.terms
            )
            + tuple(choice for choice in states if choice.count),
            others=tuple(choice for choice in states if not choice.count),
        )
    if catalog.descendants:
        yield _builds_on_field(catalog)
    if catalog.taxonomy.datasets:
        yield _dataset_field(catalog)
    venues = Counter(record.venue for record in catalog if record.venue)
    known = catalog.taxonomy.venues
    most_first = sorted(venues, key=lambda venue: (-venues[venue], known[venue].short.casefold()))
    yield ChoiceField(
        "venue",
        "Venue",
        "Where the version of record appeared.",
        0,
        *_offered(
            [
                Choice(
                    venue, known[venue].short, known[venue].name, venues[venue], venue_url(venue)
                )
                for venue in most_first
            ]
        ),
    )
    having = Counter(what for record in catalog for what in choices_of(record, "has", catalog))
    yield ChoiceField(
        "has",
        "Available",
        "What the record links to. A missing link does not mean that there is none.",
        0,
        tuple(
            Choice(what, HAS_LABELS[what], "", having[what])
            for what in (*OFFERED, *(what for what in HAS if what not in OFFERED))
        ),
        excludable=False,
    )
    statuses = Counter(record.status for record in catalog)
    yield ChoiceField(
        "status",
        "Status",
        "How far the work on the record has come.",
        0,
        tuple(
            Choice(
                status.value,
                status.value.capitalize(),
                STATUS_DEFINITIONS[status],
                statuses[status],
            )
            for status in Status
        ),
    )


def _offered(choices: Sequence[Choice]) -> tuple[tuple[Choice, ...], bool, tuple[Choice, ...]]:
    """The most frequent of the sorted `choices`, that they can be excluded, and all others."""
    count = sum(1 for choice in choices[:MOST_OFFERED] if choice.count)
    return tuple(choices[:count]), True, tuple(choices[count:])


def _builds_on_field(catalog: Catalog) -> ChoiceField:
    names = {
        base: catalog[base].name or catalog[base].title
        for base in catalog.descendants
        if base in catalog
    }
    counts = {base: len(catalog.descendants[base]) for base in names}
    most_first = sorted(names, key=lambda base: (-counts[base], names[base].casefold(), base))
    choices = tuple(
        Choice(base, names[base], "", counts[base], record_url(base)) for base in most_first
    )
    return ChoiceField(
        "builds_on",
        "Builds on",
        "The models that the paper builds on, directly or indirectly.",
        0,
        *_offered(choices),
    )


def _dataset_field(catalog: Catalog) -> ChoiceField:
    uses = Counter(dataset for record in catalog for dataset in record.datasets)
    known = catalog.taxonomy.datasets
    most_first = sorted(known, key=lambda dataset: (-uses[dataset], known[dataset].name.casefold()))
    choices = tuple(
        Choice(dataset, known[dataset].name, "", uses[dataset], dataset_url(dataset))
        for dataset in most_first
    )
    return ChoiceField(
        "dataset",
        "Data set",
        "What the paper trains or evaluates on.",
        0,
        *_offered(choices),
    )
