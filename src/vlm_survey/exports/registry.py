"""How forms of export are registered and found: one module a form."""

import dataclasses
import functools
from collections.abc import Callable, Sequence

from vlm_survey.discovery import definitions
from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record


@dataclasses.dataclass(frozen=True)
class Export:
    """A form in which records leave the catalog.

    Attributes:
        name: As the command line names it.
        suffix: Of a file in this form, with its dot.
        text: The records in this form, in their order.
    """

    name: str
    suffix: str
    text: Callable[[Sequence[Record], Catalog], str]


@functools.cache
def all_exports() -> dict[str, Export]:
    """Every form that the modules of `vlm_survey.exports` define, by name."""
    return {export.name: export for export in definitions("vlm_survey.exports", Export)}
