"""The search index: where each word occurs in the records of a catalog."""

import dataclasses
import functools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.names import PersonName
from vlm_survey.model.record import Record
from vlm_survey.search.text import Compound, compounds, folded_words, joined, singular

WEIGHTS = {
    "name": 100,
    "title": 80,
    "identifier": 60,
    "first author": 80,
    "author": 60,
    "venue": 50,
    "year": 50,
    "dataset": 40,
    "base": 30,
    "tag": 30,
    "summary": 15,
    "evidence": 6,
    "note": 4,
}
"""The fields that are searched, and what a match in each is worth."""

STRIDE = 4096
"""A place is `field * STRIDE + position`: where in a record a word occurs."""

STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    ]
)
"""Words that are not indexed because most records have them."""

EXACT = "="
"""Starts the key of a whole name, title or venue, whose words are joined."""

Posting: TypeAlias = Sequence[int]
"""The number of a record, then the places of a word in it."""

Term: TypeAlias = tuple[str, str]
"""The ids of a category and of one of its terms."""

_FIELDS = {field: number for number, field in enumerate(WEIGHTS)}
_PROSE = frozenset(
    _FIELDS[field] for field in ("title", "dataset", "base", "tag", "summary", "evidence")
)


@dataclasses.dataclass(frozen=True)
class Vocabulary:
    """Words that a misspelt word can stand for, by first letter, the most frequent first.

    Attributes:
        prose: Words of titles, summaries, tags and the like.
        other: Words that only occur elsewhere, such as names of people and models.
    """

    prose: Mapping[str, Sequence[str]]
    other: Mapping[str, Sequence[str]]


@dataclasses.dataclass(frozen=True)
class Index:
    """Where each word occurs in a sequence of records.

    Attributes:
        postings: Word -> its places in each record that has it. Words are folded. The singular of a
            plural, the joined form of a compound and whole identifiers are words, too; keys that
            start with `EXACT` are whole texts.
        popularity: For each record, how many others build on it, directly or indirectly.
        aliases: Other name of a term, as by `joined` -> the term.
        tagged: Term -> numbers of the records that have it; only terms with aliases.
    """

    postings: Mapping[str, Sequence[Posting]]
    popularity: Sequence[int]
    aliases: Mapping[str, Term]
    tagged: Mapping[Term, Sequence[int]]

    @classmethod
    def of(cls, records: Sequence[Record], catalog: Catalog) -> "Index":
        """Index `records` of `catalog`; a record's number is its place in the sequence."""
        postings: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)
        synonyms = _Synonyms(catalog.taxonomy.synonyms)
        for number, record in enumerate(records):
            for place, found in _placed_words(record, catalog, synonyms):
                for word in found:
                    places = postings[word].setdefault(number, [])
                    if not places or places[-1] != place:
                        places.append(place)
        descendants = catalog.descendants
        aliases = _aliases(catalog)
        tagged: defaultdict[Term, list[int]] = defaultdict(list)
        for number, record in enumerate(records):
            for field, term, _ in record.all_tags():
                tagged[field, term].append(number)
        return cls(
            {
                word: [(number, *places) for number, places in found.items()]
                for word, found in postings.items()
            },
            [len(descendants.get(record.id, ())) for record in records],
            aliases,
            {term: tagged.get(term, []) for term in sorted(set(aliases.values()))},
        )

    def get(self, word: str) -> Sequence[Posting]:
        """The postings of a word; none if no record has it."""
        return self.postings.get(word, ())

    def starting_with(self, start: str) -> Iterator[tuple[str, Sequence[Posting]]]:
        """The words that start with `start`, and their postings."""
        for at in range(bisect_left(self.words, start), len(self.words)):
            word = self.words[at]
            if not word.startswith(start):
                return
            yield word, self.postings[word]

    @functools.cached_property
    def words(self) -> Sequence[str]:
        """All words, sorted."""
        return sorted(self.postings)

    @functools.cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that a misspelt word can stand for."""
        prose: defaultdict[str, list[str]] = defaultdict(list)
        other: defaultdict[str, list[str]] = defaultdict(list)
        frequent = sorted(self.postings, key=lambda word: (-len(self.postings[word]), word))
        for word in frequent:
            if len(word) < 4 or not word.isalpha():
                continue
            fields = {place // STRIDE for posting in self.postings[word] for place in posting[1:]}
            (other if fields.isdisjoint(_PROSE) else prose)[word[0]].append(word)
        return Vocabulary(prose, other)


def _placed_words(
    record: Record, catalog: Catalog, synonyms: "_Synonyms"
) -> Iterator[tuple[int, Iterable[str]]]:
    """Each place in `record` with the words that are found there."""
    for field, texts in _texts(record, catalog).items():
        first = place = _FIELDS[field] * STRIDE
        for text in texts:
            found = compounds(text)
            for at, compound in enumerate(found):
                if len(compound.parts) > 1:
                    yield place, [compound.joined, singular(compound.joined)]
                for offset, word in synonyms.at(found, at):
                    yield min(place + offset, first + STRIDE - 1), [word]
                for part in compound.parts:
                    if part not in STOP_WORDS:
                        yield place, [part, singular(part)]
                    # Very long lists of authors share their last place.
                    place = min(place + 1, first + STRIDE - 1)
            if field in ("name", "title", "venue", "tag") and (key := exact_key(text)):
                yield first, [key]
            # The words of two texts are not next to each other.
            place = min(place + 4, first + STRIDE - 1)
    for identifier in (record.id, record.identifiers.arxiv, record.identifiers.doi):
        if identifier:
            yield _FIELDS["identifier"] * STRIDE, [str(identifier).lower()]


def exact_key(text: str) -> str:
    """The key of a whole text; empty if it has no word."""
    key = joined(" ".join(word for word in folded_words(text) if word not in STOP_WORDS))
    return EXACT + key if key else ""


def _texts(record: Record, catalog: Catalog) -> Mapping[str, Iterable[str]]:
    """What is searched of a record, field by field."""
    taxonomy = catalog.taxonomy
    venue = taxonomy.venues.get(record.venue) if record.venue else None
    bases = [catalog[base] for base in record.builds_on if base in catalog]
    terms = [taxonomy.term(field, term).name for field, term, _ in record.all_tags()]
    for field, term in (("kind", record.kind), ("domain", record.domain)):
        if term:
            terms.append(taxonomy.term(field, term).name)
    evidence = [text for _, _, text in record.all_tags() if text]
    return {
        "name": [record.name] if record.name else [],
        "title": [record.title],
        "first author": _names(record.authors[:1], catalog),
        "author": _names(record.authors[1:], catalog),
        "venue": [venue.short, venue.name] if venue else [],
        "year": [str(record.year)] if record.year else [],
        "dataset": [
            name for dataset in record.datasets for name in taxonomy.dataset(dataset).names
        ],
        "base": [base.name or base.title for base in bases],
        "tag": terms,
        "summary": [record.summary] if record.summary else [],
        # Evidence starts with where it stands: "abstract: …".
        "evidence": [text.partition(": ")[2] or text for text in evidence],
        "note": [
            *([record.note] if record.note else []),
            *(row.title for row in record.survey if row.title),
        ],
    }


def _names(authors: Iterable[PersonName], catalog: Catalog) -> list[str]:
    """The authors in every spelling of their names."""
    names = (name.display for author in authors for name in catalog.spellings_of(author))
    return list(dict.fromkeys(names))


def _aliases(catalog: Catalog) -> dict[str, Term]:
    """Other names of terms; those of catch-all terms say nothing about a paper."""
    found: dict[str, Term] = {}
    for field_id, field in catalog.taxonomy.vocabulary.items():
        for term_id, term in field.terms.items():
            if not (term.umbrella or term.catch_all):
                for alias in term.aliases:
                    found.setdefault(joined(alias), (field_id, term_id))
    return found


class _Synonyms:
    """Phrases that mean the same; where one occurs, the others are found as well."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        self._others: dict[tuple[str, ...], list[list[tuple[int, str]]]] = {}
        for group in groups:
            phrases = {tuple(map(singular, folded_words(text))): text for text in group}
            for phrase in phrases:
                others = [text for other, text in phrases.items() if other != phrase]
                self._others.setdefault(phrase, []).extend(_placed(text) for text in others)
        self._lengths = sorted({len(phrase) for phrase in self._others})
        self._first = {phrase[0] for phrase in self._others}

    def at(self, found: Sequence[Compound], at: int) -> Iterator[tuple[int, str]]:
        """Offset and word of each synonym of a phrase that starts at a compound."""
        if singular(found[at].parts[0]) not in self._first:
            return
        parts = [singular(part) for c in found[at : at + self._lengths[-1]] for part in c.parts]
        for length in self._lengths:
            for other in self._others.get(tuple(parts[:length]), ()):
                yield from other


def _placed(text: str) -> list[tuple[int, str]]:
    """The words of a text with their positions, as they are indexed."""
    found = []
    position = 0
    for compound in compounds(text):
        if len(compound.parts) > 1:
            found.append((position, compound.joined))
        found += list(enumerate(compound.parts, position))
        position += len(compound.parts)
    return found
