"""How forms of export are registered and found: one module a form."""

import dataclasses
import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Self

from vlm_survey.discovery import definitions
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record

Bytes = Callable[[Sequence[Record], Catalog], bytes]


@dataclasses.dataclass(frozen=True)
class Entries:
    """How a form that is text is put together.

    Attributes:
        entry: What it says of one record.
        before: What stands before all entries.
        between: What stands between two.
        after: What stands after all.
    """

    entry: Callable[[Record, Catalog], str]
    before: Callable[[Catalog], str] = lambda _catalog: ""
    between: str = ""
    after: str = ""

    def join(self, entries: Iterable[bytes], catalog: Catalog) -> bytes:
        """The whole of these entries, which are UTF-8 as it is."""
        # To join texts takes as much memory as its largest letter needs, for each letter.
        body = self.between.encode().join(entries)
        return b"".join((self.before(catalog).encode(), body, self.after.encode()))

    def render(self, records: Sequence[Record], catalog: Catalog) -> bytes:
        """The whole of the entries of these records, as UTF-8."""
        return self.join((self.entry(record, catalog).encode() for record in records), catalog)


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


@dataclasses.dataclass(frozen=True)
class TextExport(Export):
    """A form that is text, and so is offered for every term too.

    Attributes:
        entries: What it is put together from.
    """

    entries: Entries

    @classmethod
    def of(
        cls, name: str, title: str, suffix: str, media_type: str, lacks: str, entries: Entries
    ) -> Self:
        """A form that is put together from these entries."""
        return cls(name, title, suffix, media_type, lacks, entries.render, entries)


@functools.cache
def all_exports() -> dict[str, Export]:
    """Every form that the modules of `vlm_survey.exports` define, by name."""
    return {export.name: export for export in definitions("vlm_survey.exports", Export)}


def text_exports() -> tuple[TextExport, ...]:
    """Those of them that are text."""
    return tuple(form for form in all_exports().values() if isinstance(form, TextExport))
