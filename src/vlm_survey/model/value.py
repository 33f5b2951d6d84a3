"""Text values that are parsed once and print canonically, and what fields are built of."""

import datetime
import functools
import re
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from vlm_survey.errors import InvalidValueError


class Model(BaseModel):
    """What every part of a catalog's data is: frozen, closed to unknown fields, strictly typed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        """Be pickled as its values alone: smaller, and what comes back shares its fields' names."""
        # What was worked out meanwhile lies among them.
        fields, _ = _fields(type(self))
        return _unpickled, (type(self), *(self.__dict__[field] for field in fields))


def _unpickled(model: type[Model], *values: object) -> Model:
    fields, names = _fields(model)
    made = model.__new__(model)
    # It is frozen, and was validated when it was made first.
    object.__setattr__(made, "__dict__", dict(zip(fields, values, strict=True)))
    object.__setattr__(made, "__pydantic_fields_set__", names)
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


@functools.cache
def _fields(model: type[Model]) -> tuple[tuple[str, ...], set[str]]:
    return tuple(model.model_fields), set(model.model_fields)


def field_error(error: InvalidValueError) -> PydanticCustomError:
    """The same refusal as pydantic wants it, so that it is collected with all others of a record."""
    # The text goes through the context: in the template itself its braces would be replaced.
    return PydanticCustomError(
        "invalid_value",
        "{problem}",
        {"problem": error.problem, "fix": error.fix, "code": error.code},
    )


def parsed_by(parse: Callable[[Any], object]) -> BeforeValidator:
    """A validator that reads a field's raw value with `parse`, which may raise InvalidValueError."""

    def validate(raw: Any) -> object:
        try:
            return parse(raw)
        except InvalidValueError as error:
            raise field_error(error) from None

    return BeforeValidator(validate)


class TextValue(str):
    """A text that was parsed: as a `str` it is its own canonical form.

    A subclass says how to `parse`, which returns the canonical form or raises InvalidValueError.
    """

    __slots__ = ()

    json_schema: ClassVar[JsonSchemaValue] = {"type": "string"}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `text` in any form it is known to be written in.

        Raises:
            InvalidValueError: `text` is no such value.
        """
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def validate(raw: str) -> TextValue:
            if isinstance(raw, cls):
                return raw
            try:
                return cls.parse(raw)
            except InvalidValueError as error:
                raise field_error(error) from None

        return core_schema.no_info_after_validator_function(
            validate,
            core_schema.str_schema(strict=True),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return dict(cls.json_schema)


class Slug(TextValue):
    """An id: lower-case ASCII words joined by `-`, at most 100 characters."""

    __slots__ = ()

    PATTERN: ClassVar[str] = r"^[a-z0-9]+(-[a-z0-9]+)*$"
    json_schema: ClassVar[JsonSchemaValue] = {"type": "string", "pattern": PATTERN}

    @classmethod
    def parse(cls, text: str) -> Self:  # noqa: D102 - the class says it
        if len(text) > 100 or not re.fullmatch(cls.PATTERN, text, re.ASCII):
            raise InvalidValueError(
                f"{shortened(text)!r} is not an id",
                "use words of lower-case ASCII letters and digits, joined by '-'",
            )
        return cls(text)

    def __reduce__(self) -> tuple[Any, ...]:
        """Be unpickled as one object, however many records name it."""
        return _slug, (str(self),)


@functools.cache
def _slug(text: str) -> Slug:
    return Slug(text)


def shortened(text: str, length: int = 60) -> str:
    """`text` cut to `length` characters, for a message."""
    return text if len(text) <= length else text[: length - 1] + "…"


def _year(raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str) or not re.fullmatch(r"(19|20)\d\d", raw, re.ASCII):
        raise InvalidValueError("not a year", "use four digits from 1900 to 2099, such as 2024")
    return int(raw)


def _count(raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str) or not re.fullmatch(r"[1-9]\d{0,5}", raw, re.ASCII):
        raise InvalidValueError("not a positive whole number", "use a number from 1, such as 43")
    return int(raw)


def _date(raw: Any) -> datetime.date:
    if isinstance(raw, datetime.date):
        return raw
    try:
        if not isinstance(raw, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", raw, re.ASCII):
            raise ValueError
        return datetime.date.fromisoformat(raw)
    except ValueError:
        raise InvalidValueError("not a date", "use the format 2026-11-24") from None


def _items(raw: Any) -> tuple[Any, ...]:
    if not isinstance(raw, list | tuple):
        raise InvalidValueError(
            "must be a list", "write the items in brackets, [A, B], or one per line after '- '"
        )
    return tuple(raw)


def _distinct(items: tuple[Any, ...]) -> tuple[Any, ...]:
    seen = set()
    for item in items:
        if item in seen:
            raise field_error(InvalidValueError(f"duplicate item {item!r}", "delete one of them"))
        seen.add(item)
    return items


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw:
        kind = (
            "a mapping" if isinstance(raw, dict) else "a list" if isinstance(raw, list) else "empty"
        )
        raise InvalidValueError(
            f"must be text, but is {kind}",
            "write text, in quotes if it contains ': ' or begins with a special character",
        )
    if raw != raw.strip():
        raise InvalidValueError("space at the beginning or end", "remove it")
    return raw


Text = Annotated[str, parsed_by(_text), WithJsonSchema({"type": "string", "minLength": 1})]
"""A text of one line, neither empty nor with blanks around it."""

Title = Annotated[Text, StringConstraints(max_length=500)]

Year = Annotated[
    int, parsed_by(_year), WithJsonSchema({"type": "integer", "minimum": 1900, "maximum": 2099})
]
Count = Annotated[int, parsed_by(_count), WithJsonSchema({"type": "integer", "minimum": 1})]
Date = Annotated[
    datetime.date,
    parsed_by(_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}),
]
Items = parsed_by(_items)
"""Marks a tuple field that a file writes as a list."""

Distinct = AfterValidator(_distinct)
"""Marks a tuple field that names nothing twice; its schema says `uniqueItems`."""
