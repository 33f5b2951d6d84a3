"""Gaps: why no paper has a combination of terms, where this was checked."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from vlm_survey.errors import InvalidValueError
from vlm_survey.model.record import FacetId
from vlm_survey.model.url import Url
from vlm_survey.model.value import Date, Items, Model, Slug, Text, field_error


class Gap(Model):
    """What is known about an empty combination of terms. Without an entry, it was not checked."""

    cell: Mapping[FacetId, Slug] = Field(
        min_length=2,
        description="Facet -> term, for two or three facets; two include all combinations with a third",
    )
    meaningless: Text | None = Field(
        None, description="Why the terms' definitions rule out such a paper"
    )
    searched: Date | None = Field(None, description="Date of a search for such papers")
    where: Text | None = Field(None, description="Where the search was made, and with which words")
    candidates: Annotated[tuple[Url, ...], Items] = Field(
        (), description="Papers found by the search that have no record yet"
    )

    @model_validator(mode="after")
    def _one_reason(self) -> Self:
        if (self.meaningless is None) == (self.searched is None):
            raise field_error(
                InvalidValueError(
                    "a gap needs exactly one reason",
                    "use either 'meaningless', or 'searched' with 'where'",
                )
            )
        if (self.searched is None) != (self.where is None):
            raise field_error(
                InvalidValueError(
                    "a search needs a date and a place", "add both 'searched' and 'where'"
                )
            )
        if self.candidates and self.searched is None:
            raise field_error(
                InvalidValueError("candidates need a search", "add 'searched' and 'where'")
            )
        return self


class Gaps(Model):
    """All of `gaps.yaml`."""

    gaps: Annotated[tuple[Gap, ...], Items] = Field(
        description="Known gaps: empty combinations of terms"
    )
