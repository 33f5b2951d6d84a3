"""The fields of a record, as the model describes them."""

import dataclasses

from vlm_survey.model.record import Identifiers, Links, Record, SurveyEntry
from vlm_survey.model.value import Model

_PARTS: dict[str, type[Model]] = {
    "identifiers": Identifiers,
    "links": Links,
    "survey": SurveyEntry,
}


@dataclasses.dataclass(frozen=True)
class Field:
    """One field with what the model says of it; a field within another has a dotted name."""

    name: str
    description: str
    is_required: bool


def record_fields() -> tuple[Field, ...]:
    """All fields that a record's file may have, in their order."""
    return tuple(
        found
        for field in _fields(Record, "")
        if field.name != "id"
        for found in (field, *_fields(_PARTS.get(field.name), f"{field.name}."))
    )


def _fields(model: type[Model] | None, prefix: str) -> tuple[Field, ...]:
    return tuple(
        Field(prefix + name, info.description or "", info.is_required())
        for name, info in (model.model_fields if model else {}).items()
    )
