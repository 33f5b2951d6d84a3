"""The page on which papers are compared: a script fills it, these are its examples."""

import dataclasses
from collections.abc import Iterator

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.value import Slug
from vlm_survey.views.browse_files import data_version
from vlm_survey.views.edition import Edition
from vlm_survey.views.items import newest_first

COMPARED = 4
"""Papers in an example: as many as fit beside each other."""

EXAMPLES = 3


@dataclasses.dataclass(frozen=True)
class Example:
    """Papers that are worth a comparison."""

    name: str
    ids: tuple[Slug, ...]


@dataclasses.dataclass(frozen=True)
class Compare:
    """What the page needs. `version` is that of the data that its script reads."""

    version: str
    examples: tuple[Example, ...]


def compare_page(edition: Edition) -> Compare:
    """The page of an edition."""
    return Compare(data_version(edition), tuple(_examples(edition.catalog))[:EXAMPLES])


def _examples(catalog: Catalog) -> Iterator[Example]:
    """What most papers build on, then what was built last on each of these."""
    bases = [base for base in catalog.built_on if base in catalog]
    bases.sort(key=lambda base: (-len(catalog.built_on[base]), base))
    if len(bases) >= COMPARED:
        ids = tuple(catalog[base].id for base in bases[:COMPARED])
        yield Example(f"The {COMPARED} models that most papers build on", ids)
    for base in bases:
        built = newest_first(catalog[record_id] for record_id in catalog.built_on[base])
        if len(built) >= COMPARED:
            ids = tuple(record.id for record in built[:COMPARED])
            name = catalog[base].name or catalog[base].title
            yield Example(f"The {COMPARED} newest papers that build on {name}", ids)
