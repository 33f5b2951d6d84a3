"""Works that were considered and rejected."""

import enum
from typing import Annotated, Self

from pydantic import Field, model_validator

from vlm_survey.errors import InvalidValueError
from vlm_survey.model.identifiers import ArxivId, Doi
from vlm_survey.model.value import Date, Items, Model, Text, Title, field_error


class Reason(enum.StrEnum):
    """Why a work was rejected."""

    OUT_OF_SCOPE = "out-of-scope"
    """It is not about the subject of the catalog."""
    NOT_A_PAPER = "not-a-paper"
    """It is no paper, model, data set or system."""
    DUPLICATE = "duplicate"
    """A record describes the same work."""
    SUPERSEDED = "superseded"
    """A later work by the same authors replaces it."""
    WITHDRAWN = "withdrawn"
    """Its authors or its publisher withdrew it."""
    NOT_INCLUDED = "not-included"
    """It is about the subject, but does not meet the inclusion policy."""


class Rejection(Model):
    """A work that was rejected, listed so that it is not proposed again."""

    title: Title = Field(description="Title as published")
    arxiv: ArxivId | None = Field(None, description="arXiv id")
    doi: Doi | None = Field(None, description="DOI")
    reason: Reason = Field(
        strict=False,
        description="out-of-scope, not-a-paper, duplicate, superseded, withdrawn or not-included",
    )
    note: Text | None = Field(None, description="Details, such as the id of the duplicate")
    day: Date = Field(description="Date of the decision")

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if self.reason in (Reason.DUPLICATE, Reason.SUPERSEDED) and not self.note:
            problem = f"the reason {self.reason} needs a note"
            raise field_error(
                InvalidValueError(problem, "add the id or title of the other work in 'note'")
            )
        return self


class Rejected(Model):
    """All of `rejected.yaml`."""

    rejected: Annotated[tuple[Rejection, ...], Items] = Field(description="Rejected works")
