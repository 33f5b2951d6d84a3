"""Names of people and groups, in BibTeX's syntax."""

import functools
import re
from typing import TYPE_CHECKING, ClassVar, Self

from pydantic.json_schema import JsonSchemaValue

from vlm_survey.errors import InvalidValueError
from vlm_survey.model.folding import ascii_slug
from vlm_survey.model.value import TextValue, shortened

if TYPE_CHECKING:
    from bibtexparser.middlewares.names import NameParts


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
        return self.startswith("{") and self.endswith("}") and _outside(self) == "}"

    @property
    def seems_several(self) -> bool:
        """Whether its commas seem to stand between people, as in `A. Smith, B. Brown`."""
        if "," not in self:
            return False
        family, *others = [part.strip() for part in (_outside(self) or "").split(",")]
        if len(others) == 1:
            is_particle = family[:1].islower()
            return bool(_INITIAL.match(family)) or (
                " " in family and " " in others[0] and not is_particle
            )
        return len(others) == 2 and not _SUFFIX.fullmatch(others[0])

    @property
    def parts(self) -> "NameParts":
        """The name's first, von, last and jr words."""
        return _parts(self)

    @property
    def display(self) -> str:
        """The name as it is read: first names first, without braces."""
        return _bare(self) if self.is_group else _readable(self)[0]

    @property
    def slug(self) -> str:
        """The name as part of an address. Names with the same slug are one person's."""
        return ascii_slug(self.display)

    @property
    def family(self) -> str:
        """What the name is sorted and cited by."""
        return _bare(self) if self.is_group else _readable(self)[1]


_INITIAL = re.compile(r"[^\W\d_]\.")
_SUFFIX = re.compile(r"(?:[js]r|[ivx]+|\d(?:st|nd|rd|th)|ph\. ?d|m\.? ?d)\.?", re.IGNORECASE)
"""What stands between the commas of `King, Jr., Martin Luther`."""


# A site says each name in many places; taking it apart costs more than all the rest of it.


@functools.lru_cache(maxsize=1 << 16)
def _readable(name: str) -> tuple[str, str]:
    """The whole name and the family name, as they are read."""
    parts = _parts(name)
    whole = " ".join([*parts.first, *parts.von, *parts.last])
    with_suffix = whole + (", " + " ".join(parts.jr) if parts.jr else "")
    return _bare(with_suffix), _bare(" ".join([*parts.von, *parts.last]))


def _bare(name: str) -> str:
    return name.replace("{", "").replace("}", "")


@functools.lru_cache(maxsize=1 << 12)
def _parts(name: str) -> "NameParts":
    # Who only checks or lists records need not wait for the library.
    from bibtexparser.middlewares.names import NameParts, parse_single_name_into_parts

    words = name.split(" ")
    if all(map(_PLAIN_WORD.fullmatch, words)):
        return NameParts(first=words[:-1], last=words[-1:])
    return parse_single_name_into_parts(name, strict=False)


_PLAIN_WORD = re.compile(r"[A-Z][A-Za-z.'-]*")
"""A word that BibTeX's syntax has nothing to say on: no comma, no brace, and no small first letter,
which would begin a `von`."""


def _outside(text: str) -> str | None:
    """What of `text` stands outside of braces, with the braces that end them; None if some have no other."""
    depth = 0
    outside = ""
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return None
        if depth == 0:
            outside += character
    return None if depth else outside


def _refusal(text: str) -> tuple[str, str]:
    if not text or text != text.strip() or len(text) > 200:
        return (
            "not a name",
            "write the name of one person, up to 200 characters, without surrounding spaces",
        )
    outside = _outside(text)
    if outside is None:
        return "unbalanced braces", "close each '{' with a '}'"
    if re.search(r"\sand\s|[&;]", outside):
        return "several people in one item", "write each person as a separate item"
    if re.match(r"[-*+•]\s", outside):
        return "list marker before the name", "remove it, or start the list on a new line"
    if re.search(r"(?:^|\s)(?:et al\.?|others)$", outside, re.IGNORECASE):
        return "truncated author list", "list all authors, in order"
    if outside.endswith("\\"):
        return (
            "backslash at the end",
            "write the letter itself, for example ö, instead of an escape",
        )
    if outside.count(",") > 2 or outside.endswith(","):
        return "too many commas", "write 'First Last' or 'Last, First', one author per item"
    return "", ""
