"""The catalog: a taxonomy and the records that lean on it."""

import dataclasses
import functools
from collections.abc import Iterator, Mapping

from vlm_survey.model.gap import Gap
from vlm_survey.model.record import Record
from vlm_survey.model.retired import Tombstone
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.model.value import Slug


@dataclasses.dataclass(frozen=True, eq=False)
class Catalog:
    """All valid records, sorted by id, with the taxonomy that names their tags.

    A catalog equals itself only, so that what was worked out for it can be kept.

    Attributes:
        taxonomy: All words that records are tagged with.
        records: Sorted by id.
        gaps: What is known of crossings of terms where no record stands.
        retired: What became of ids that records had, by id.
    """

    taxonomy: Taxonomy
    records: tuple[Record, ...]
    gaps: tuple[Gap, ...] = ()
    retired: Mapping[Slug, Tombstone] = dataclasses.field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self.by_id

    def __getitem__(self, record_id: str) -> Record:
        return self.by_id[record_id]

    @functools.cached_property
    def by_id(self) -> Mapping[str, Record]:
        """The records by their ids."""
        return {record.id: record for record in self.records}

    @functools.cached_property
    def built_on(self) -> Mapping[str, tuple[str, ...]]:
        """For each id that others are built on, their ids."""
        found: dict[str, list[str]] = {}
        for record in self.records:
            for base in record.builds_on:
                found.setdefault(base, []).append(record.id)
        return {base: tuple(ids) for base, ids in found.items()}
