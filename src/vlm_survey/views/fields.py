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
    """One field with what the model says of it. `parts` are the fields within it."""

    name: str
    description: str
    is_required: bool
    parts: tuple["Field", ...] = ()


def record_fields() -> tuple[Field, ...]:
    """All fields that a record's file may have, in their order."""
    return tuple(
        dataclasses.replace(field, parts=_fields(_PARTS[field.name]))
        if field.name in _PARTS
        else field
        for field in _fields(Record)
        if field.name != "id"
    )


def _fields(model: type[Model]) -> tuple[Field, ...]:
    return tuple(
        Field(name, info.description or "", info.is_required())
        for name, info in model.model_fields.items()
    )
