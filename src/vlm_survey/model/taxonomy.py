"""The taxonomy: the terms that records are tagged with, and their definitions."""

import enum
import functools
from collections.abc import Mapping
from typing import Annotated, Self, TypeAlias

from pydantic import Field

from vlm_survey.model.folding import fold
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import FacetId
from vlm_survey.model.url import Url
from vlm_survey.model.value import Distinct, Items, Model, Slug, Text, Year

OTHER_FILTERS = (
    "kind",
    "domain",
    "builds_on",
    "dataset",
    "venue",
    "status",
    "q",
    "year",
    "has",
    "sort",
    "view",
)
"""Filters besides facets."""


class Source(Model):
    """The source of a definition."""

    label: Text = Field(description="Short citation")
    url: Url = Field(description="Page of the cited work")


class Term(Model):
    """A codebook entry, precise enough that two readers tag a paper in the same way."""

    name: Text = Field(description="Standard name in the field")
    definition: Text = Field(description="What the term means")
    rule: Text = Field(description="When to assign it, and how to decide if in doubt")
    look_alike: Text = Field(description="A similar case that does not count, and its correct term")
    example: Slug | None = Field(None, description="Id of a record that has the term")
    counterexample: Slug | None = Field(
        None, description="Id of a similar record that does not have the term"
    )
    umbrella: bool = Field(
        False,
        strict=False,
        description="Whether it covers several other terms of the facet; it is listed after them",
    )
    catch_all: bool = Field(
        False,
        strict=False,
        description="Whether it covers whatever has no term of its own; search ignores its aliases",
    )
    aliases: Annotated[tuple[Text, ...], Items] = Field(
        (), description="Other names used in papers"
    )
    sources: Annotated[tuple[Source, ...], Items] = Field(
        (), description="Sources of the definition"
    )
    formerly: Annotated[tuple[Slug, ...], Items] = Field(
        (), description="Ids that it had before: old links and filters lead to it"
    )


class Kind(Term):
    """A type of work."""

    untagged: Annotated[tuple[FacetId, ...], Items] = Field(
        (), description="Facets that do not apply to works of this kind"
    )
    sections: Mapping[Slug, Text] = Field(
        {},
        description="Domain -> heading: lists start with works of this kind, under these headings",
    )


class Facet(Model):
    """A category of tags; every paper is tagged with its terms."""

    name: Text = Field(description="Name of the category")
    definition: Text = Field(description="What the category covers, and rules for all its terms")
    terms: Mapping[Slug, Term] = Field(min_length=1, description="Id -> codebook entry")


class Access(enum.StrEnum):
    """How a data set can be obtained."""

    OPEN = "open"
    REGISTRATION = "registration"
    CREDENTIALED = "credentialed"
    ON_REQUEST = "on-request"
    PRIVATE = "private"


class Dataset(Model):
    """A data set that papers train or evaluate on."""

    name: Text = Field(description="Usual name")
    aliases: Annotated[tuple[Text, ...], Items] = Field(
        (), description="Other names used in papers"
    )
    tags: Mapping[FacetId, Annotated[tuple[Slug, ...], Items, Distinct]] = Field(
        {}, description="Facet -> terms that apply to its data"
    )
    url: Url | None = Field(None, description="Home page")
    access: Access | None = Field(
        None,
        strict=False,
        description="open, registration, credentialed, on-request, or private",
    )
    licence: Text | None = Field(None, description="Licence, such as CC BY 4.0")
    formerly: Annotated[tuple[Slug, ...], Items] = Field(
        (), description="Ids that it had before: old links and filters lead to it"
    )

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all aliases."""
        return (self.name, *self.aliases)

    def with_terms(self, facet: str, moved: Mapping[str, str]) -> Self:
        """The data set with other ids for its terms of a facet."""
        if moved.keys().isdisjoint(had := self.tags.get(facet, ())):
            return self
        has = tuple(dict.fromkeys(Slug(moved.get(term, term)) for term in had))
        return self.model_copy(update={"tags": {**self.tags, facet: has}})


class VenueType(enum.StrEnum):
    """The type of a venue."""

    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    JOURNAL = "journal"
    PREPRINT = "preprint"
    REPORT = "report"


class Venue(Model):
    """A place of publication."""

    short: Text = Field(description="Usual abbreviation")
    name: Text = Field(description="Full name")
    type: VenueType = Field(
        strict=False, description="conference, workshop, journal, preprint, or report"
    )
    formerly: Annotated[tuple[Slug, ...], Items] = Field(
        (), description="Ids that it had before: old links and filters lead to it"
    )


class Survey(Model):
    """The survey that the catalog is based on."""

    title: Text
    authors: Annotated[tuple[PersonName, ...], Items]
    year: Year
    url: Url = Field(description="Page of the survey")
    list: Url | None = Field(None, description="List maintained by its authors")
    sections: Mapping[Text, Slug] = Field(
        {}, description="Heading or task label in its list -> the matching term of `group_by`"
    )


Entries: TypeAlias = Mapping[Slug, Term] | Mapping[Slug, Venue] | Mapping[Slug, Dataset]
"""Id -> entry, of one field."""


class Taxonomy(Model):
    """All of `taxonomy.yaml`: the only place that defines facets, terms, data sets and venues."""

    survey: Survey | None = Field(
        None, description="The survey that the catalog is based on, if any"
    )
    group_by: FacetId = Field(description="The facet that lists are grouped by")
    kinds: Mapping[Slug, Kind] = Field(min_length=1, description="Id -> type of work")
    domains: Mapping[Slug, Term] = Field({}, description="Id -> field of a work's data, if used")
    facets: Mapping[FacetId, Facet] = Field(min_length=1, description="Id -> facet")
    filters: Annotated[tuple[FacetId, ...], Items] = Field(
        (), description="Facets that readers filter by most, in this order; the others are folded"
    )
    datasets: Mapping[Slug, Dataset] = Field(
        {}, description="Id -> data set used for training or evaluation"
    )
    venues: Mapping[Slug, Venue] = Field(description="Id -> venue")
    synonyms: Annotated[tuple[Annotated[tuple[Text, ...], Items], ...], Items] = Field(
        (), description="Groups of phrases that mean the same, such as an abbreviation, for search"
    )

    @property
    def main_facets(self) -> tuple[FacetId, ...]:
        """The facets that readers filter by most: `filters`, or the one that lists are grouped by."""
        return tuple(facet for facet in self.filters if facet in self.facets) or (self.group_by,)

    @property
    def grouping(self) -> Facet:
        """The facet that lists are grouped by."""
        return self.facets[self.group_by]

    @functools.cached_property
    def former_ids(self) -> Mapping[str, Mapping[str, str]]:
        """Field -> ids that its values had before -> their ids now; only fields with such values."""
        entries: dict[str, Entries] = {
            **{field: facet.terms for field, facet in self.vocabulary.items()},
            "dataset": self.datasets,
            "venue": self.venues,
        }
        moved: dict[str, dict[str, str]] = {
            field: {str(old): str(now) for now, entry in values.items() for old in entry.formerly}
            for field, values in entries.items()
        }
        return {field: ids for field, ids in moved.items() if ids}

    def term(self, field: str, term: Slug) -> Term:
        """What a term of a facet, a kind or a domain means.

        Of one that the codebook does not have, the id stands for the name: only the checks refuse it.
        """
        terms: Mapping[Slug, Term] = {"kind": self.kinds, "domain": self.domains}.get(field, {})
        if field in self.facets:
            terms = self.facets[field].terms
        lacking = "not in taxonomy.yaml"
        return terms.get(term) or Term(
            name=term, definition=lacking, rule=lacking, look_alike=lacking
        )

    def dataset(self, dataset_id: Slug) -> Dataset:
        """The entry of a data set.

        Of one that the taxonomy does not have, the id stands for the name: only the checks refuse it.
        """
        return self.datasets.get(dataset_id) or Dataset(name=dataset_id)

    def dataset_called(self, text: str) -> Slug | None:
        """The data set whose id, name or alias is `text`, whatever its case and punctuation."""
        return self._dataset_by_word.get(fold(text))

    @functools.cached_property
    def _dataset_by_word(self) -> Mapping[str, Slug]:
        found: dict[str, Slug] = {}
        for dataset_id, dataset in self.datasets.items():
            for word in (dataset_id, *dataset.names):
                found.setdefault(fold(word), dataset_id)
        return found

    @property
    def vocabulary(self) -> Mapping[str, Facet]:
        """All that has codebook entries: the facets, then a record's `kind` and `domain`."""
        found = dict(self.facets)
        found["kind"] = Facet(name="Type", definition="What the work is.", terms=self.kinds)
        if self.domains:
            definition = "What its data are of."
            found["domain"] = Facet(name="Field", definition=definition, terms=self.domains)
        return found
