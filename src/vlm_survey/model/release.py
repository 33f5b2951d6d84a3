"""Releases: what changed in the records from one version of the data to the next."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from vlm_survey.model.record import FacetId
from vlm_survey.model.value import Date, Items, Model, Slug, Text


class FieldChange(Model):
    """The old and new value of a field; empty if it was or is absent."""

    before: Text | None = Field(None, description="Old value")
    after: Text | None = Field(None, description="New value")


class Retagging(Model):
    """Terms of a facet that were added to and removed from a record."""

    added: Annotated[tuple[Slug, ...], Items] = Field((), description="Terms added")
    removed: Annotated[tuple[Slug, ...], Items] = Field((), description="Terms removed")


class RecordChange(Model):
    """How one record changed."""

    id: Slug = Field(description="The record")
    fields: Mapping[Text, FieldChange] = Field({}, description="Field -> old and new value")
    tags: Mapping[FacetId, Retagging] = Field({}, description="Facet -> terms added and removed")


class Retirement(Model):
    """A record that was removed."""

    id: Slug = Field(description="The record")
    title: Text = Field(description="Its title, for the change log")


class Changes(Model):
    """All differences between two versions of the records."""

    added: Annotated[tuple[Slug, ...], Items] = Field((), description="New records")
    changed: Annotated[tuple[RecordChange, ...], Items] = Field(
        (), description="Records whose fields or tags differ"
    )
    retired: Annotated[tuple[Retirement, ...], Items] = Field((), description="Removed records")


class Release(Changes):
    """A file in `releases/`: one version of the data, and its differences from the previous one."""

    release: Text = Field(description="Version number, as cited")
    date: Date = Field(description="Release date")
