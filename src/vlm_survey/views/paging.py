"""Long lists of papers, page by page."""

import dataclasses
from collections.abc import Sequence

from vlm_survey.model.record import Record
from vlm_survey.urls import part_url

LISTED = 250
"""So many papers stand on one page."""


@dataclasses.dataclass(frozen=True)
class Papers:
    """A part of a list of papers, which is all of it for most.

    Attributes:
        ids: The records of this part.
        total: How many papers the whole list has.
        number: Which part this is, from 1.
        url: The address of this part.
        parts: The addresses of all parts, in order.
    """

    ids: tuple[str, ...]
    total: int
    number: int
    url: str
    parts: tuple[str, ...]

    @property
    def before(self) -> str:
        """The address of the part before; empty for the first."""
        return self.parts[self.number - 2] if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The address of the part after; empty for the last."""
        return self.parts[self.number] if self.number < len(self.parts) else ""


def parts_of(records: Sequence[Record], url: str) -> tuple[str, ...]:
    """The addresses of the parts of a list; the first one, which may be empty, lies at `url`."""
    count = max(1, -(-len(records) // LISTED))
    return tuple(part_url(url, number) for number in range(1, count + 1))


def part(records: Sequence[Record], url: str, number: int) -> Papers:
    """One part, from 1, of the list of `records` that begins at `url`."""
    urls = parts_of(records, url)
    shown = records[LISTED * (number - 1) : LISTED * number]
    ids = tuple(record.id for record in shown)
    return Papers(ids, len(records), number, urls[number - 1], urls)
