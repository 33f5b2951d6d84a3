"""Releases: what changed in the records from one version of the data to the next."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from vlm_survey.model.record import FacetId
from vlm_survey.model.value import Date, Items, Model, Slug, Text


class FieldChange(Model):
    """What a field said before and says now; nothing where it was or is absent."""

    before: Text | None = Field(None, description="What the field said")
    after: Text | None = Field(None, description="What it says now")


class Retagging(Model):
    """Terms that a record gained and lost on a facet."""

    added: Annotated[tuple[Slug, ...], Items] = Field((), description="Terms that it gained")
    removed: Annotated[tuple[Slug, ...], Items] = Field((), description="Terms that it lost")


class RecordChange(Model):
    """How one record changed."""

    id: Slug = Field(description="The record")
    fields: Mapping[Text, FieldChange] = Field({}, description="Field -> before and after")
    tags: Mapping[FacetId, Retagging] = Field({}, description="Facet -> terms gained and lost")


class Retirement(Model):
    """A record that was taken out."""

    id: Slug = Field(description="The record")
    title: Text = Field(description="Its title, since it can no longer be looked up")


class Changes(Model):
    """All differences between two versions of the records."""

    added: Annotated[tuple[Slug, ...], Items] = Field((), description="New records")
    changed: Annotated[tuple[RecordChange, ...], Items] = Field(
        (), description="Records whose fields or tags differ"
    )
    retired: Annotated[tuple[Retirement, ...], Items] = Field(
        (), description="Records that are gone"
    )


class Release(Changes):
    """One of the files in `releases/`: a version of the data, and how it differs from the one before."""

    release: Text = Field(description="Version, as readers cite it")
    date: Date = Field(description="Day on which it came out")
