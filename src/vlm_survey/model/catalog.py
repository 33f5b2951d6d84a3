"""The catalog: a taxonomy and the records that lean on it."""

import dataclasses
import functools
from collections import Counter
from collections.abc import Iterator, Mapping

from vlm_survey.model.author import Spellings
from vlm_survey.model.gap import Gap
from vlm_survey.model.names import PersonName
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
        spellings: The preferred name of a person -> other spellings, as in `authors.yaml`.
    """

    taxonomy: Taxonomy
    records: tuple[Record, ...]
    gaps: tuple[Gap, ...] = ()
    retired: Mapping[Slug, Tombstone] = dataclasses.field(default_factory=dict)
    spellings: Spellings = dataclasses.field(default_factory=dict)

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

    @functools.cached_property
    def descendants(self) -> Mapping[str, frozenset[str]]:
        """For each id that others build on, the ids of all that do so directly or indirectly."""

        def below(base: str) -> frozenset[str]:
            found: set[str] = set()
            open_ids = [base]
            while open_ids:
                # In a circle, a record is not its own descendant.
                new = set(self.built_on.get(open_ids.pop(), ())) - found - {base}
                found |= new
                open_ids += new
            return frozenset(found)

        return {base: below(base) for base in self.built_on}

    def person(self, name: PersonName) -> PersonName:
        """Return the preferred name of the person called `name`: what decides who is who.

        Names with the same slug are one person. The preferred name is the one in `authors.yaml`,
        otherwise the spelling that most records use.
        """
        return self._people.get(name.slug, name)

    def spellings_of(self, name: PersonName) -> tuple[PersonName, ...]:
        """Return `name` and the other spellings that `authors.yaml` lists for the same person."""
        if not self.spellings:
            return (name,)
        person = self.person(name)
        return (name, person, *self.spellings.get(person, ()))

    @functools.cached_property
    def _people(self) -> Mapping[str, PersonName]:
        """The preferred name by the slug of each spelling."""
        counts = Counter[str]()
        names: dict[str, set[PersonName]] = {}
        for record in self.records:
            for name in set(record.authors):
                counts[name.display] += 1
                names.setdefault(name.slug, set()).add(name)
        people = {
            slug: max(sorted(found), key=lambda name: counts[name.display])
            for slug, found in names.items()
        }
        for person, others in self.spellings.items():
            for name in (person, *others):
                people[name.slug] = person
        return people
