"""Gaps: why no paper stands at a crossing of terms, where somebody has found out."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from vlm_survey.errors import InvalidValueError
from vlm_survey.model.record import FacetId
from vlm_survey.model.url import Url
from vlm_survey.model.value import Date, Items, Model, Slug, Text, field_error


class Gap(Model):
    """What is known of an empty crossing of terms. An empty one without a gap was not checked."""

    cell: Mapping[FacetId, Slug] = Field(
        min_length=2,
        description="Facet -> term, two facets or three; two stand for all crossings of them",
    )
    meaningless: Text | None = Field(
        None, description="Why no paper can stand there, by the terms' definitions"
    )
    searched: Date | None = Field(None, description="Day of a search for papers that belong there")
    where: Text | None = Field(None, description="Where, and with which words, was searched")
    candidates: Annotated[tuple[Url, ...], Items] = Field(
        (), description="Papers that the search found and that have no record yet"
    )

    @model_validator(mode="after")
    def _one_reason(self) -> Self:
        if (self.meaningless is None) == (self.searched is None):
            raise field_error(
                InvalidValueError(
                    "a gap has one reason", "write either 'meaningless', or 'searched' with 'where'"
                )
            )
        if (self.searched is None) != (self.where is None):
            raise field_error(
                InvalidValueError("a search has a day and a place", "write 'searched' and 'where'")
            )
        if self.candidates and self.searched is None:
            raise field_error(
                InvalidValueError("candidates come from a search", "write 'searched' and 'where'")
            )
        return self


class Gaps(Model):
    """All of `gaps.yaml`."""

    gaps: Annotated[tuple[Gap, ...], Items] = Field(description="What is known of empty crossings")
