"""From plain data to the model, with every error translated into a place, a reason and a fix."""

import difflib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

import pydantic
from pydantic_core import ErrorDetails

from vlm_survey.load.guarded_yaml import Data
from vlm_survey.load.problem import Problem
from vlm_survey.load.reading import Place
from vlm_survey.model.value import Model

M = TypeVar("M", bound=Model)


def validate(
    model: type[M],
    data: Data,
    lines: Mapping[Place, int],
    refused: Collection[int] = (),
    **given: str,
) -> tuple[M | None, list[Problem]]:
    """`data` as a `model`, or all the reasons why it is none.

    Args:
        model: What the data should be.
        data: As the file says it.
        lines: Where each value stands.
        refused: Lines whose values were refused already; they need not be refused once more.
        given: Fields that come from elsewhere than the data, such as the id from the file's name.
    """
    if not isinstance(data, dict):
        found = "a list" if isinstance(data, list) else "text" if data else "nothing"
        message = f"the file contains {found} instead of fields"
        return None, [Problem(1, "schema", message, "write fields as 'field: value', one per line")]
    problems = []
    fields: dict[str, Any] = dict(data)
    for name, value in given.items():
        if name in fields:
            line = lines.get((name,), 1)
            message = f"{name!r} must not be in the file"
            problems.append(
                Problem(line, "schema", message, f"delete the line: the file name is the {name}")
            )
        fields[name] = value
    try:
        return model.model_validate(fields), problems
    except pydantic.ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        problems += [
            _problem(model, detail, lines)
            for detail in details
            if lines.get(_nearest(detail, lines)) not in refused
        ]
        return None, problems


def _place(detail: ErrorDetails) -> Place:
    return tuple(part for part in detail["loc"] if part != "[key]")


def _nearest(detail: ErrorDetails, lines: Mapping[Place, int]) -> Place:
    """The place of an error, or of the nearest thing around it that stands in the file."""
    place = _place(detail)
    while place and place not in lines:
        place = place[:-1]
    return place


def _problem(model: type[Model], detail: ErrorDetails, lines: Mapping[Place, int]) -> Problem:
    place = _place(detail)
    context = detail.get("ctx", {})
    shown = ".".join(f"{part + 1}" if isinstance(part, int) else part for part in place)
    message, fix = (
        detail["msg"],
        str(context.get("fix", "see docs/fields.md")),
    )
    match detail["type"]:
        case "missing":
            message, fix = "field is missing", f"add a line '{place[-1]}: …'"
        case "extra_forbidden":
            message = "unknown field"
            fix = did_you_mean(str(place[-1]), _siblings(model, place)) or "delete it"
        case "enum":
            message, fix = "unknown value", f"use one of: {context['expected']}"
        case "string_too_long" | "too_long":
            parts = "items" if context.get("field_type") == "Tuple" else "characters"
            message, fix = "too long", f"shorten it to {context['max_length']} {parts}"
        case "model_type" | "dict_type":
            message, fix = "must contain fields", "write them on indented lines as 'name: value'"
        case "string_type":
            message, fix = "must be text", "write text, in quotes if it begins with [ or {"
        case "string_pattern_mismatch":
            message, fix = "not an id", "use lower-case ASCII words joined by '-' or '_'"
    code = str(context.get("code", "schema"))
    return Problem(lines.get(_nearest(detail, lines), 1), code, f"{shown}: {message}", fix)


def _siblings(model: type[Model], place: Place) -> Iterable[str]:
    """The fields that could stand at `place`."""
    current: Any = model
    for part in place[:-1]:
        if isinstance(part, str) and part in getattr(current, "model_fields", {}):
            current = _model_in(current.model_fields[part].annotation)
    return [name for name in getattr(current, "model_fields", {}) if name != "id"]


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found is not None:
            return found
    return None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean …?` with the known word nearest to `word`; empty when none is near."""
    near = difflib.get_close_matches(word.lower(), list(known))
    return f"did you mean {near[0]!r}?" if near else ""
