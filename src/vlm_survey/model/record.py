"""The record: metadata and tags of one paper, model, data set or system."""

import enum
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from vlm_survey.errors import InvalidValueError
from vlm_survey.model.identifiers import ArxivId, Doi
from vlm_survey.model.names import PersonName
from vlm_survey.model.url import Url
from vlm_survey.model.value import (
    Count,
    Date,
    Distinct,
    Items,
    Model,
    Slug,
    Text,
    Title,
    Year,
    field_error,
    parsed_by,
    shortened,
)


class _Choice(enum.StrEnum):
    """An enumeration that is pickled by value, because Python 3.11.2 would pickle it by `getattr`."""

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return type(self), (self.value,)


class Status(_Choice):
    """The curation status of a record."""

    IMPORTED = "imported"
    """Imported from a list or a data source; facts and tags may be missing."""
    CURATED = "curated"
    """Facts checked against sources, tags with evidence."""
    REVIEWED = "reviewed"
    """A second person has confirmed facts and tags."""


class TagState(_Choice):
    """The state of a facet in a record. Filters use the same values."""

    TAGGED = "tagged"
    """At least one term applies."""
    NONE = "none"
    """The sources were read, and no term applies."""
    NOT_STATED = "not-stated"
    """The sources were read, and they do not say."""
    NOT_CHECKED = "not-checked"
    """The sources were not yet read for this facet."""


EMPTY_STATES = (TagState.NONE, TagState.NOT_STATED, TagState.NOT_CHECKED)
"""The states of a facet without a term."""


class DatasetRole(_Choice):
    """What a paper uses a data set for."""

    TRAIN = "train"
    TEST = "test"
    BOTH = "both"
    NOT_STATED = "not-stated"

    @property
    def label(self) -> str:
        """The role as readers see it."""
        return _ROLE_LABELS[self]

    def joined(self, other: "DatasetRole") -> "DatasetRole":
        """The role of one data set that was named twice, with these two roles."""
        if self == other or other is DatasetRole.NOT_STATED:
            return self
        return other if self is DatasetRole.NOT_STATED else DatasetRole.BOTH


_ROLE_LABELS = {
    DatasetRole.TRAIN: "train",
    DatasetRole.TEST: "test",
    DatasetRole.BOTH: "train and test",
    DatasetRole.NOT_STATED: "role not stated",
}


class Identifiers(Model):
    """The identifiers that others gave the work."""

    arxiv: ArxivId | None = Field(
        None,
        description='arXiv id in quotes, such as "2307.15189"; with the version only if it matters',
    )
    doi: Doi | None = Field(
        None,
        description="DOI of the version of record, not as a link: 10.1038/s41467-023-40260-7",
    )


class Links(Model):
    """Permanent links to the work and its parts."""

    paper: Url | None = Field(None, description="Landing page of the version of record")
    pdf: Url | None = Field(None, description="Full text that is free to read")
    code: Url | None = Field(None, description="Source code of the authors")
    weights: Url | None = Field(
        None,
        description="Trained model of the authors: its page on a model hub, in an archive or of a "
        "release; a shared file or folder only if there is no such page",
    )
    data: Url | None = Field(None, description="Data set published with the work")
    project: Url | None = Field(None, description="Project page of the work")

    def named(self) -> list[tuple[str, Url]]:
        """The links that are known, with their field's name, in the order of the fields."""
        return [(name, url) for name in Links.model_fields if (url := getattr(self, name))]


class SurveyEntry(Model):
    """One row of the survey's list, exactly as printed; never corrected."""

    section: Text = Field(description="Heading of the table")
    number: Count = Field(description="Number printed in the row")
    name: Text | None = Field(None, description="Model name printed in the row")
    title: Text | None = Field(None, description="Title as printed")
    domain: Text | None = Field(None, description="Domain label as printed")
    task: Text | None = Field(
        None, description="Task label as printed, where the table mixes tasks"
    )
    link: Text | None = Field(None, description="Link as printed, without signed parameters")


def _mapping(raw: Any) -> Any:
    return {} if raw is None else raw


def _roles(raw: Any) -> Any:
    if isinstance(raw, list):
        raise InvalidValueError(
            "each data set needs a role",
            "write {id: role}, where the role is train, test, both or not-stated",
        )
    return _mapping(raw)


Evidence = Annotated[Text | None, Field(description="Where the paper says so, in your own words")]
Terms = Mapping[Slug, Evidence]
NotStated = Literal[TagState.NOT_STATED]


class _TaggingSchema:
    """Parses the value of a facet: `{term: evidence}`, `none` or `not-stated`.

    A union type would report each error once per member, at places that are not in the file.
    """

    @staticmethod
    def __get_pydantic_core_schema__(source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        def validate(raw: Any, terms: core_schema.ValidatorFunctionWrapHandler) -> Any:
            if raw == TagState.NOT_STATED:
                return TagState.NOT_STATED
            if raw is None or raw == TagState.NONE:
                return {}
            if isinstance(raw, str):
                problem = f"{shortened(raw)!r} is neither a list of terms nor a state"
                fix = "write {term: evidence}, none, or not-stated"
                raise field_error(InvalidValueError(problem, fix))
            return terms(raw)

        def plain(tagging: Tagging) -> object:
            return str(tagging) if isinstance(tagging, TagState) else dict(tagging)

        return core_schema.no_info_wrap_validator_function(
            validate,
            handler.generate_schema(Terms),
            serialization=core_schema.plain_serializer_function_ser_schema(plain),
        )

    @staticmethod
    def __get_pydantic_json_schema__(
        schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        states = {"enum": [TagState.NONE.value, TagState.NOT_STATED.value]}
        return {"anyOf": [handler(schema), states]}


Tagging = Annotated[Terms | NotStated, _TaggingSchema]
"""Terms with their evidence, none of them if none applies; or that the sources do not say."""
FacetId = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=100)]


class Record(Model):
    """One paper or model. Its file is `papers/<id>.yaml`."""

    id: Slug = Field(description="The file's name without .yaml; it never changes")
    title: Title = Field(description="Title as published, with the paper's own capitalization")
    name: Text | None = Field(None, description="Short name of the method or model, if it has one")
    authors: Annotated[tuple[PersonName, ...], Items] = Field(
        (),
        max_length=3000,
        description="All authors, in order, in BibTeX name syntax; one person or {Group} per item",
    )
    year: Year | None = Field(
        None,
        description="Year of the version of record: of the proceedings or of the journal's issue",
    )
    venue: Slug | None = Field(None, description="Id of a venue in taxonomy.yaml")
    kind: Slug | None = Field(
        None, description="Type of work: id of one of the kinds in taxonomy.yaml"
    )
    domain: Slug | None = Field(
        None, description="Field that its data come from: id of one of the domains in taxonomy.yaml"
    )
    identifiers: Identifiers = Field(
        Identifiers(), description="Identifiers that others gave the work"
    )
    links: Links = Field(
        Links(), description="Permanent links, with https and without session parameters"
    )
    summary: Text | None = Field(
        None,
        max_length=600,
        description="One or two sentences in your own words: what it does, on which data, and how the "
        "model was adapted",
    )
    tags: Annotated[Mapping[FacetId, Tagging], parsed_by(_mapping)] = Field(
        {},
        description="For each category {term: evidence}, or `none` if no term applies, or "
        "`not-stated` if the sources do not say; a category left out is not yet checked",
    )
    builds_on: Annotated[tuple[Slug, ...], Items, Distinct] = Field(
        (),
        max_length=40,
        json_schema_extra={"uniqueItems": True},
        description="Ids of the records of the models that it starts from, wraps or evaluates",
    )
    datasets: Annotated[
        Mapping[Slug, Annotated[DatasetRole, Field(strict=False)]], parsed_by(_roles)
    ] = Field(
        {},
        description="Data sets that the paper trains or evaluates on, each with its role; "
        "only those that a source names",
    )
    survey: Annotated[tuple[SurveyEntry, ...], Items] = Field(
        (), description="What the survey's list says about it, exactly as printed"
    )
    status: Status = Field(
        strict=False,
        description="`imported`, `curated` (facts verified, tags with evidence) or `reviewed` (confirmed by a "
        "second person)",
    )
    sources: Annotated[tuple[Url, ...], Items] = Field(
        (), description="Pages that confirm the facts"
    )
    note: Text | None = Field(
        None,
        max_length=600,
        description="What else a reader must know, such as: there is no paper",
    )
    added: Date = Field(description="Date on which the record was added")

    @property
    def primary_link(self) -> Url | None:
        """The link of the title."""
        if self.links.paper:
            return self.links.paper
        if self.identifiers.doi:
            return Url(self.identifiers.doi.url)
        if self.identifiers.arxiv:
            return Url(self.identifiers.arxiv.url)
        others = self.links.named()
        return others[0][1] if others else None

    @property
    def month(self) -> int | None:
        """The month of publication, from 1, where known: an arXiv id starts with year and month."""
        arxiv = self.identifiers.arxiv
        return arxiv.month if arxiv and arxiv.year == self.year else None

    @property
    def is_checked(self) -> bool:
        """Whether somebody has seen its facts at their sources."""
        return self.status is not Status.IMPORTED

    def evidence(self, facet: str) -> Terms:
        """Return the record's terms on a facet with their evidence, in order, the main one first."""
        tagging = self.tags.get(facet, {})
        return {} if isinstance(tagging, TagState) else tagging

    def terms(self, facet: str) -> tuple[Slug, ...]:
        """Return the record's terms on a facet; empty in the states of `EMPTY_STATES`."""
        return tuple(self.evidence(facet))

    def tag_state(self, facet: str) -> TagState:
        """Return what the record says on a facet as a whole."""
        tagging = self.tags.get(facet)
        if tagging is None:
            return TagState.NOT_CHECKED
        if isinstance(tagging, TagState):
            return tagging
        return TagState.TAGGED if tagging else TagState.NONE

    def all_tags(self) -> Iterator[tuple[FacetId, Slug, str | None]]:
        """Yield facet, term and evidence of every tag."""
        for facet in self.tags:
            for term, evidence in self.evidence(facet).items():
                yield facet, term, evidence

    def with_ids(self, moved: "Moved") -> Self:
        """The record with other ids for its terms, kind, domain, venue and data sets.

        Where it then carries one term twice, the evidence that stood under that id stays. The roles
        of a data set that is then named twice are joined.
        """
        update: dict[str, Any] = {}
        tags = dict(self.tags)
        for field, ids in moved.items():
            if not ids.keys().isdisjoint(had := self.evidence(field)):
                terms: dict[Slug, str | None] = {}
                for term, evidence in had.items():
                    now = Slug(ids.get(term, term))
                    terms[now] = had.get(now) or terms.get(now) or evidence
                tags[field] = terms
                update["tags"] = tags
            elif field in ("kind", "domain", "venue") and getattr(self, field) in ids:
                update[field] = Slug(ids[getattr(self, field)])
            elif field == "dataset" and not ids.keys().isdisjoint(self.datasets):
                roles: dict[Slug, DatasetRole] = {}
                for dataset, role in self.datasets.items():
                    now = Slug(ids.get(dataset, dataset))
                    roles[now] = roles[now].joined(role) if now in roles else role
                update["datasets"] = roles
        return self.model_copy(update=update) if update else self


Moved = Mapping[str, Mapping[str, str]]
"""Field -> ids that its values had before -> the ids to use instead."""
