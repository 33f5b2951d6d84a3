"""Names of people and groups, in BibTeX's syntax."""

import functools
import re
from typing import ClassVar, Self

from bibtexparser.middlewares.names import NameParts, parse_single_name_into_parts
from pydantic.json_schema import JsonSchemaValue

from vlm_survey.errors import InvalidValueError
from vlm_survey.model.value import TextValue, shortened


class PersonName(TextValue):
    """One author as BibTeX writes it: `First von Last`, `von Last, Jr, First`, or `{Group}`."""

    __slots__ = ()

    json_schema: ClassVar[JsonSchemaValue] = {"type": "string", "minLength": 1, "maxLength": 200}

    @classmethod
    def parse(cls, text: str) -> Self:  # noqa: D102 - the class says it
        problem, fix = _refusal(text)
        if problem:
            raise InvalidValueError(f"{shortened(text)!r}: {problem}", fix)
        return cls(text)

    @property
    def is_group(self) -> bool:
        """Whether this is an organisation or a team, written in braces."""
        return self.startswith("{") and self.endswith("}")

    @property
    def parts(self) -> NameParts:
        """The name's first, von, last and jr words."""
        return _parts(self)

    @property
    def display(self) -> str:
        """The name as it is read: first names first, without braces."""
        if self.is_group:
            return self[1:-1]
        parts = self.parts
        words = [*parts.first, *parts.von, *parts.last]
        name = " ".join(words) + (", " + " ".join(parts.jr) if parts.jr else "")
        return _without_braces(name)

    @property
    def family(self) -> str:
        """What the name is sorted and cited by."""
        if self.is_group:
            return self[1:-1]
        parts = self.parts
        return _without_braces(" ".join([*parts.von, *parts.last]))


@functools.lru_cache(maxsize=1 << 17)
def _parts(name: str) -> NameParts:
    # A site says each name in many places; taking it apart costs more than all the rest of it.
    return parse_single_name_into_parts(name, strict=False)


def _without_braces(text: str) -> str:
    return text.replace("{", "").replace("}", "")


def _refusal(text: str) -> tuple[str, str]:
    if not text or text != text.strip() or len(text) > 200:
        return "not a name", "write one person's name, up to 200 characters, without blanks around"
    depth = 0
    outside = ""
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            break
        if depth == 0:
            outside += character
    if depth:
        return "unbalanced braces", "close each '{' with a '}'"
    if re.search(r"\sand\s", outside):
        return "several people in one item", "write each as an item of its own"
    if re.search(r"(?:^|\s)(?:et al\.?|others)$", outside, re.IGNORECASE):
        return "a list cut short", "list all authors, in order"
    if outside.count(",") > 2 or outside.endswith(","):
        return "too many commas", "write 'First Last' or 'Last, First', each author an item"
    return "", ""
