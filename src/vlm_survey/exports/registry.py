"""How forms of export are registered and found: one module a form."""

import dataclasses
import functools
from collections.abc import Callable, Sequence

from vlm_survey.discovery import definitions
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record

Text = Callable[[Sequence[Record], Catalog], str]
Bytes = Callable[[Sequence[Record], Catalog], bytes]


@dataclasses.dataclass(frozen=True)
class Export:
    """A form in which records leave the catalog.

    Attributes:
        name: As the command line names it.
        title: As readers know it.
        suffix: Of a file in this form, with its dot.
        media_type: What a server calls it.
        lacks: What of a record the form cannot hold; empty if it holds all.
        render: The records in this form, in their order.
    """

    name: str
    title: str
    suffix: str
    media_type: str
    lacks: str
    render: Bytes

    @property
    def is_text(self) -> bool:
        """Whether it can be read as it is, and is small enough to be offered for every term."""
        return self.media_type not in ("application/vnd.sqlite3", "application/vnd.apache.parquet")


def as_utf8(text: Text) -> Bytes:
    """The bytes of a form that is text."""

    def render(records: Sequence[Record], catalog: Catalog) -> bytes:
        return text(records, catalog).encode()

    return render


@functools.cache
def all_exports() -> dict[str, Export]:
    """Every form that the modules of `vlm_survey.exports` define, by name."""
    return {export.name: export for export in definitions("vlm_survey.exports", Export)}
