"""Retired ids: what became of records that are cited elsewhere but no longer here."""

from collections.abc import Mapping

from pydantic import Field

from vlm_survey.model.value import Date, Model, Slug, Text


class Tombstone(Model):
    """Why an id has no record any more. The id is never given to another."""

    day: Date = Field(description="Day on which the record went")
    why: Text = Field(description="One sentence for whoever follows an old link")
    now: Slug | None = Field(
        None, description="Id of the record that takes its place: renamed, merged, split"
    )


class Retired(Model):
    """All of `retired.yaml`."""

    retired: Mapping[Slug, Tombstone] = Field(description="Old id -> what became of it")
