"""A reference as it stands in a list of literature, after the manner of the APA."""

import functools
import re

from vlm_survey.exports.published import address_of, venue_of
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import Record

MOST_AUTHORS = 20
"""From one more on, the names between the nineteenth and the last are left out."""


def reference(record: Record, catalog: Catalog) -> str:
    """The reference to `record` in one line; what is not known is left out."""
    venue = venue_of(record, catalog)
    year = f"({record.year or 'n.d.'})"
    title = re.sub(r"[.\s]+$", "", record.title)
    ended = title if title.endswith(("?", "!")) else f"{title}."
    parts = [_authors(record.authors), f"{year}.", ended]
    if not record.authors:
        parts = [ended, f"{year}."]
    if venue:
        parts.append(f"{venue.name}.")
    parts.append(address_of(record) or "")
    return " ".join(part for part in parts if part)


def _authors(authors: tuple[PersonName, ...]) -> str:
    names = [_author(author) for author in authors]
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(names[: MOST_AUTHORS - 1])}, … {names[-1]}"
    if len(names) > 1:
        return f"{', '.join(names[:-1])}, & {names[-1]}"
    return names[0] if names else ""


@functools.lru_cache(maxsize=1 << 16)
def _author(author: PersonName) -> str:
    if author.is_group:
        return f"{author.display}."
    parts = author.parts
    initials = " ".join(_initials(word) for word in parts.first)
    named = [author.family, *([initials] if initials else []), *parts.jr]
    return re.sub(r"[{}]", "", ", ".join(named))


def _initials(name: str) -> str:
    """`Jean-Luc` -> `J.-L.`, `J.C.` -> `J. C.`."""
    pieces = [piece for piece in re.split(r"(?<=\.)(?=\w)", name) if piece]
    return " ".join(
        "-".join(f"{part.lstrip('{')[0]}." for part in piece.split("-") if part.strip("{}."))
        for piece in pieces
    )
