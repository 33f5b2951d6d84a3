"""Retired ids: what happened to records that were removed but may be cited elsewhere."""

from collections.abc import Mapping

from pydantic import Field

from vlm_survey.model.value import Date, Model, Slug, Text


class Tombstone(Model):
    """Why an id has no record any more. The id is never reused."""

    day: Date = Field(description="Date on which the record was removed")
    why: Text = Field(description="One sentence for readers who follow an old link")
    now: Slug | None = Field(
        None, description="Id of the record that replaces it, after a rename, merge or split"
    )


class Retired(Model):
    """All of `retired.yaml`."""

    retired: Mapping[Slug, Tombstone] = Field(description="Old id -> what happened to it")
