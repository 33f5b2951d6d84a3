"""From many entries to works: one record a work, compared with the catalog and among themselves."""

import dataclasses
import datetime
import difflib
import itertools
from collections.abc import Iterable, Iterator

from vlm_survey.checks.rules.duplicate_arxiv import arxiv_ids
from vlm_survey.checks.rules.duplicate_doi import dois
from vlm_survey.checks.rules.duplicate_title import titles
from vlm_survey.errors import InvalidValueError
from vlm_survey.intake.draft import Draft, draft, record_of
from vlm_survey.intake.entries import Entry
from vlm_survey.intake.facts import Facts
from vlm_survey.intake.lookup import titles_alike
from vlm_survey.load import PAPERS, Reading
from vlm_survey.model.folding import fold
from vlm_survey.model.identifiers import arxiv_id_in, doi_in
from vlm_survey.model.record import Record
from vlm_survey.model.taxonomy import Taxonomy, VenueType
from vlm_survey.model.value import Slug

Key = tuple[str, str]
"""What two records cannot both have: what it is, and its form in which equal ones are equal."""

_RULES = (("arXiv id", arxiv_ids), ("DOI", dois), ("title", titles))

_MOST_VERSIONS = 50
"""Entries of one work; with more, the file is not what it seems."""


@dataclasses.dataclass
class Work:
    """Entries of one work, the one whose facts lead first."""

    entries: list[Entry]
    facts: Facts
    keys: dict[Key, None]
    problem: str = ""

    @property
    def number(self) -> int:
        """The number of its first entry in the file."""
        return min(entry.number for entry in self.entries)

    @property
    def own_id(self) -> Slug | None:
        """The id that its entries want."""
        return next((entry.own_id for entry in self.entries if entry.own_id), None)


@dataclasses.dataclass(frozen=True)
class LeftOut:
    """An entry that becomes no record, and why not."""

    entry: Entry
    reason: str


class Sorter:
    """Sorts entries into works that the catalog does not have, and those that are left out."""

    def __init__(self, reading: Reading, today: datetime.date, unit: str) -> None:
        """Know what the catalog has.

        Args:
            reading: The catalog.
            today: The day on which records come into it.
            unit: What the numbers of entries count.
        """
        self._reading = reading
        self._taxonomy = reading.catalog.taxonomy
        self._today = today
        self._unit = unit
        self._known: dict[Key, Record] = {}
        for record in reading.catalog.records:
            for key in keys_of(record):
                self._known.setdefault(key, record)
        self.left_out: list[LeftOut] = []

    def works(self, entries: Iterable[Entry]) -> list[Work]:
        """The works that become records, in the order of the file."""
        found: dict[Key, Work] = {}
        works: dict[int, Work] = {}
        # The published version comes first: what follows only completes it.
        valid = [one for entry in entries if (one := self._valid(entry))]
        for work in sorted(valid, key=lambda one: (-self._rank(one.facts), one.number)):
            same = {id(other): other for key in work.keys if (other := found.get(key))}
            into = self._joined(work, list(same.values())) if same else work
            for gone in same:
                works.pop(gone, None)
            for other in same.values() if into is None else [into]:
                works[id(other)] = other
            if into:
                found.update(dict.fromkeys(into.keys, into))
        kept = [work for work in works.values() if not self._is_refused(work)]
        return sorted(kept, key=lambda work: work.number)

    def drafts(self, works: Iterable[Work]) -> Iterator[tuple[Work, Draft]]:
        """The record of each work, with an id that no other has."""
        works = list(works)
        taken = {file.id for file in self._reading.files} | set(self._reading.retired)
        wanted = {work.own_id for work in works if work.own_id}
        for work in works:
            own_id = work.own_id
            if own_id in taken:
                self.leave_out(work, self._taken(own_id))
                continue
            try:
                made = draft(work.facts, self._taxonomy, taken | wanted, self._today, own_id)
            except InvalidValueError as error:
                self.leave_out(work, str(error))
                continue
            taken.add(made.record.id)
            yield work, made

    def leave_out(self, work: Work, reason: str) -> None:
        """Leave out all entries of a work."""
        self.left_out += [LeftOut(entry, reason) for entry in work.entries]

    def _valid(self, entry: Entry) -> Work | None:
        """An entry as a work of its own, if a record can hold its facts."""
        if entry.facts is None:
            self.left_out.append(LeftOut(entry, entry.problem))
            return None
        try:
            record, _ = record_of(entry.facts, self._taxonomy, (), self._today)
        except InvalidValueError as error:
            self.left_out.append(LeftOut(entry, str(error)))
            return None
        return Work([entry], entry.facts, dict.fromkeys(keys_of(record)))

    def _joined(self, work: Work, others: list[Work]) -> Work | None:
        """All of them as one work; None if that is not possible, and `work` is left out."""
        first, *rest = others
        if reason := next(filter(None, (self._refusal(first, one) for one in [*rest, work])), ""):
            what = next(what for what, key in first.keys if (what, key) in work.keys)
            said = f"same {what} as {{}}, but {reason}"
            self.leave_out(work, said.format(self._name(first)))
            # It is not known which of the two has a wrong identifier.
            if reason.startswith("another title") and not first.problem:
                first.problem = said.format(self._name(work))
            return None
        for other in [*rest, work]:
            first.facts = self._completed(first.facts, other.facts)
            first.entries += other.entries
            first.keys |= other.keys
        return first

    def _name(self, work: Work) -> str:
        return f"{self._unit} {work.entries[0].number}"

    def _refusal(self, first: Work, second: Work) -> str:
        """Why both cannot become one record."""
        if len(first.entries) >= _MOST_VERSIONS:
            return f"there are already {_MOST_VERSIONS} entries of that work; keep one of them"
        if first.problem or not titles_alike(first.facts.title, second.facts.title):
            return "another title; correct the wrong identifier, or use the published title in both"
        keep = "keep only the entry of the published version"
        mine, other = first.facts, second.facts
        if mine.arxiv and other.arxiv and mine.arxiv.key != other.arxiv.key:
            return f"arXiv id {other.arxiv} instead of {mine.arxiv}; {keep}"
        differ = mine.doi and other.doi and mine.doi.key != other.doi.key
        if differ and not self._is_preprint(other):
            return f"DOI {other.doi} instead of {mine.doi}; {keep}"
        return ""

    def _completed(self, first: Facts, second: Facts) -> Facts:
        """The first facts with what only the second ones say."""
        remarks = [*first.remarks, *second.remarks]
        if first.doi and second.doi and first.doi.key != second.doi.key:
            remarks.append(
                f"the preprint's DOI {second.doi} was ignored: a record has only one DOI"
            )
        if fold(first.title) != fold(second.title):
            remarks.append(f'another version is titled "{second.title}"')
        arxiv, doi = first.arxiv or second.arxiv, first.doi or second.doi
        links = {
            name: url
            for name, url in second.links.items()
            # The links to the paper lead to what its identifiers name.
            if name not in ("paper", "pdf")
            or (found := arxiv_id_in(url) or doi_in(url)) is None
            or found.key in {one.key for one in (arxiv, doi) if one}
        }
        return dataclasses.replace(
            first,
            authors=first.authors or second.authors,
            year=first.year or second.year,
            venue=first.venue or second.venue,
            name=first.name or second.name,
            note=first.note or second.note,
            abstract=first.abstract or second.abstract,
            arxiv=arxiv,
            doi=doi,
            links={**links, **first.links},
            sources=tuple(dict.fromkeys((*first.sources, *second.sources))),
            remarks=tuple(dict.fromkeys(remarks)),
        )

    def _is_preprint(self, facts: Facts) -> bool:
        return facts.venue is not None and not _is_published_at(facts.venue, self._taxonomy)

    def _rank(self, facts: Facts) -> int:
        """How much speaks for the version of record."""
        if facts.venue and _is_published_at(facts.venue, self._taxonomy):
            return 2
        return 1 if facts.doi else 0

    def _is_refused(self, work: Work) -> bool:
        """Whether the work is left out, being in the catalog already or of doubtful identity."""
        if work.problem:
            self.leave_out(work, work.problem)
            return True
        for key in work.keys:
            if other := self._known.get(key):
                self.leave_out(work, _duplicate(key, other, work.facts))
                return True
        return False

    def _taken(self, own_id: Slug | None) -> str:
        tombstone = self._reading.retired.get(own_id) if own_id else None
        if tombstone is None:
            return f"id: {own_id} is used by another record; choose another, or omit it"
        if tombstone.now:
            return (
                f"id: {own_id} is retired and replaced by {PAPERS}/{tombstone.now}.yaml; correct "
                "that record, or omit the id if this is another work"
            )
        return f"id: {own_id} is retired (see retired.yaml); choose another, or omit it"


def keys_of(record: Record) -> Iterator[Key]:
    """What no other record may have."""
    for what, rule in _RULES:
        for key, _ in rule(record):
            if key:
                yield what, key


def _is_published_at(venue: Slug, taxonomy: Taxonomy) -> bool:
    return taxonomy.venues[venue].type is not VenueType.PREPRINT


def _duplicate(key: Key, other: Record, facts: Facts) -> str:
    gained = [
        f"{name}: {value}"
        for name, value in (("arxiv", facts.arxiv), ("doi", facts.doi))
        if value and getattr(other.identifiers, name) is None
    ]
    can_gain = f"; can be added to the record: identifiers, {', '.join(gained)}" if gained else ""
    return (
        f"same {key[0]} as {PAPERS}/{other.id}.yaml; add missing facts to that record and remove "
        f"the entry from the file{can_gain}"
    )


class NearTitles:
    """Titles that differ so little that they may be of one work, found without comparing all.

    Only titles with the same beginning or end are compared.
    """

    _SAME = 16
    _MOST = 20
    _NEARLY = 0.85

    def __init__(self) -> None:
        """Know no title."""
        self._by_end: dict[tuple[int, str], list[tuple[str, str]]] = {}

    def near(self, title: str) -> list[str]:
        """The owners of titles near to this one, but not equal to it; three at most."""
        own = fold(title)
        found = {one for end in self._ends(own) for one in self._by_end.get(end, [])[: self._MOST]}
        near = (owner for owner, other in sorted(found) if self._is_near(own, other))
        return list(itertools.islice(near, 3))

    def _is_near(self, own: str, other: str) -> bool:
        matcher = difflib.SequenceMatcher(None, own, other, autojunk=False)
        return own != other and matcher.quick_ratio() >= self._NEARLY <= matcher.ratio()

    def add(self, title: str, owner: str) -> None:
        """Know one more title and whose it is."""
        own = fold(title)
        for end in self._ends(own):
            self._by_end.setdefault(end, []).append((owner, own))

    def _ends(self, folded: str) -> Iterator[tuple[int, str]]:
        yield 0, folded[: self._SAME]
        yield 1, folded[-self._SAME :]
