"""People whose papers spell their names differently."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from vlm_survey.model.names import PersonName
from vlm_survey.model.value import Distinct, Items, Model

Spellings = Mapping[PersonName, Annotated[tuple[PersonName, ...], Items, Distinct]]
"""A person's preferred name -> the other spellings of it."""


class Authors(Model):
    """All of `authors.yaml`."""

    authors: Spellings = Field(description="Preferred name -> other spellings in the records")
