"""Ranked search: which records a text finds, and in which order.

A record is found if it has every word that is asked for. A match is worth more in a name or a title
than in a summary (see `WEIGHTS`), and a whole word more than the start of a word. A whole name or
title comes first, and works that others build on come before works that are otherwise equal.

`templates/theme/assets/browse/search.js` ranks by the same rules on the same index. Scores are whole
numbers so that both agree exactly.
"""

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from vlm_survey.search.index import EXACT, STOP_WORDS, STRIDE, WEIGHTS, Index, Posting, Term
from vlm_survey.search.text import compounds, folded, singular

WHOLE, SINGULAR, PREFIX, CORRECTED = 10, 9, 6, 8
"""How a word is matched, and the factor on the weight of the field."""

ALIAS = 50
"""Score of a word that is part of another name of one of the record's terms."""

EXACT_BONUS = {"name": 100_000, "title": 90_000, "venue": 500, "tag": 500}
"""Added if the whole query is the whole text of such a field."""

NEARBY = 3
"""Two words of a query that are at most this far apart in a field support each other."""

NEARBY_FACTOR = 2
POPULARITY = 35
"""Percent of the score that each doubling of the number of works that build on a record adds."""

LONGEST_QUERY = 1000
"""Characters of a query that are read: more than a title and its authors."""

MOST_CLAUSES = 40
SHORTEST_PREFIX = 3
"""Shorter words match whole words only."""

_FIELD_WEIGHTS = tuple(WEIGHTS.values())
_FIELD_NAMES = tuple(WEIGHTS)
_YEAR_FIELD = _FIELD_NAMES.index("year")
_VENUE_FIELD = _FIELD_NAMES.index("venue")

_CHUNK = re.compile(r'"([^"]*)"|(\S+)')
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ARXIV = re.compile(
    r"(?<!\d)(?<!\d\.)(\d{4}\.\d{4,5})(?:v\d+)?(?![\d.]*\d)|([a-z-]+/\d{7})(?:v\d+)?"
)
_ARXIV_DOI = "10.48550/arxiv."
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclasses.dataclass(frozen=True)
class Clause:
    """A part of a query that a record must have.

    Attributes:
        asked: The part as it was written.
        words: Its folded words.
        positions: The position of each word, relative to the first.
        quoted: Whether it must occur exactly like this.
        identifier: An arXiv id, DOI or other word with punctuation, in lower case; may be empty.
    """

    asked: str
    words: tuple[str, ...]
    positions: tuple[int, ...] = (0,)
    quoted: bool = False
    identifier: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it is an ordinary word, which may be misspelt, rather than the name of a model."""
        return (
            len(self.words) == 1
            and not self.quoted
            and re.fullmatch(r"\W*.[^\W\d_A-Z]+\W*", self.asked)
        ) is not None


@dataclasses.dataclass(frozen=True)
class Result:
    """What a search finds.

    Attributes:
        scores: Number of each record that is found -> how well it matches.
        corrected: Words that no record has -> the words that were searched instead.
        suggested: Words that no record has -> words that might be meant, but were not searched.
        aliases: Phrases of the query that are another name of a term -> that term.
    """

    scores: dict[int, int] = dataclasses.field(default_factory=dict)
    corrected: dict[str, str] = dataclasses.field(default_factory=dict)
    suggested: dict[str, str] = dataclasses.field(default_factory=dict)
    aliases: dict[str, Term] = dataclasses.field(default_factory=dict)

    def ranked(self, index: Index) -> list[int]:
        """The numbers of the records, best match first.

        Of records with equal scores, those that more works build on come first, then those that come
        first in the index.
        """
        popularity = index.popularity
        return sorted(self.scores, key=lambda at: (-self.scores[at], -popularity[at], at))


class _Matches:
    """The records that have a clause: the best score, and where it was found."""

    def __init__(self) -> None:
        self.scores: dict[int, int] = {}
        self.places: dict[int, list[int]] = {}

    def add(self, number: int, places: Sequence[int], factor: int) -> None:
        score = max(_FIELD_WEIGHTS[place // STRIDE] for place in places) * factor
        self.scores[number] = max(score, self.scores.get(number, 0))
        self.places.setdefault(number, []).extend(places)

    def add_all(self, postings: Iterable[Posting], factor: int) -> None:
        for number, *places in postings:
            self.add(number, places, factor)


def search(index: Index, text: str) -> Result:
    """Find the records that have all of `text`."""
    clauses = parse(text)
    result = Result()
    if not clauses:
        return result
    matches = [_match(index, clause) for clause in clauses]
    for first, last, term in _alias_phrases(index, clauses):
        result.aliases[" ".join(clause.asked for clause in clauses[first:last])] = term
        for found in matches[first:last]:
            for number in index.tagged[term]:
                found.scores[number] = max(ALIAS, found.scores.get(number, 0))
    for at, clause in enumerate(clauses):
        if not matches[at].scores:
            _correct(index, clause, matches[at], result)
    numbers = set.intersection(*(set(found.scores) for found in matches))
    exact = index.get(EXACT + "".join(singular(w) for c in clauses for w in c.words))
    for number in _of_the_year(index, clauses, matches, numbers):
        score = sum(found.scores[number] for found in matches) + _nearby_bonus(matches, number)
        percent = 100 + POPULARITY * index.popularity[number].bit_length()
        result.scores[number] = score * percent // 100
    for number, *places in exact:
        if number in result.scores:
            fields = {_FIELD_NAMES[place // STRIDE] for place in places}
            result.scores[number] += max(EXACT_BONUS[field] for field in fields)
    return result


def parse(text: str) -> list[Clause]:
    """Split a query into its clauses; what follows `LONGEST_QUERY` and `MOST_CLAUSES` is ignored."""
    clauses: list[Clause] = []
    for quoted, chunk in _CHUNK.findall(re.sub("[“”„«»]", '"', text[:LONGEST_QUERY])):
        identifier = _identifier(quoted or chunk)
        if identifier:
            clauses.append(Clause(chunk or quoted, (identifier,), identifier=identifier))
        elif quoted:
            parts = [part for compound in compounds(quoted) for part in compound.parts]
            kept = [(at, part) for at, part in enumerate(parts) if part not in STOP_WORDS]
            if kept:
                positions = tuple(at - kept[0][0] for at, _ in kept)
                clauses.append(Clause(quoted, tuple(p for _, p in kept), positions, quoted=True))
        else:
            for compound in compounds(chunk):
                if compound.raw not in STOP_WORDS:
                    raw = compound.raw if len(compound.parts) > 1 else ""
                    positions = tuple(range(len(compound.parts)))
                    clauses.append(Clause(chunk, compound.parts, positions, identifier=raw))
    if any(len(clause.words) == 1 and clause.identifier for clause in clauses):
        # "arXiv 2307.15189", "doi: 10.1000/182"
        clauses = [clause for clause in clauses if clause.words not in {("arxiv",), ("doi",)}]
    return clauses[:MOST_CLAUSES]


def _identifier(chunk: str) -> str:
    """The arXiv id or DOI in a part of a query, as it is indexed."""
    lower = folded(chunk).rstrip(".,;:)]}>'\"")
    doi = _DOI.search(lower)
    if doi and not doi[0].startswith(_ARXIV_DOI):
        return doi[0]
    arxiv = _ARXIV.search(lower)
    if not arxiv:
        return ""
    if "arxiv" in lower or arxiv[0] == lower.strip("([{<\"'"):
        return arxiv[1] or arxiv[2]
    return ""


def _match(index: Index, clause: Clause) -> _Matches:
    found = _Matches()
    if clause.identifier:
        _match_identifier(index, clause.identifier, found)
        if len(clause.words) == 1:
            return found
    if clause.quoted:
        _match_phrase(index, clause, found)
    elif len(clause.words) == 1:
        _match_word(index, clause.words[0], found)
    else:
        _match_word(index, "".join(clause.words), found)
        _match_phrase(index, clause, found)
        if not found.scores:
            _match_parts(index, clause, found)
    return found


def _match_identifier(index: Index, identifier: str, found: _Matches) -> None:
    found.add_all(index.get(identifier), WHOLE)
    if not found.scores and len(identifier) >= 2 * SHORTEST_PREFIX:
        for _, postings in index.starting_with(identifier):
            found.add_all(postings, PREFIX)


def _match_word(index: Index, word: str, found: _Matches) -> None:
    found.add_all(index.get(word), WHOLE)
    base = singular(word)
    if base != word:
        found.add_all(index.get(base), SINGULAR)
    if len(word) >= SHORTEST_PREFIX:
        for other, postings in index.starting_with(word):
            if other != word:
                found.add_all(postings, PREFIX)


def _match_phrase(index: Index, clause: Clause, found: _Matches) -> None:
    """Records with the words of the clause next to each other."""
    others = [{number: set(places) for number, *places in index.get(w)} for w in clause.words[1:]]
    for number, *places in index.get(clause.words[0]):
        starts = [
            place
            for place in places
            if all(
                place + offset in other.get(number, ())
                for other, offset in zip(others, clause.positions[1:], strict=True)
            )
        ]
        if starts:
            found.add(number, starts, WHOLE)


def _match_parts(index: Index, clause: Clause, found: _Matches) -> None:
    """Records with all words of the clause anywhere: nothing else was found for `CLIP-SAM`."""
    parts = [_Matches() for _ in clause.words]
    for word, part in zip(clause.words, parts, strict=True):
        _match_word(index, word, part)
    for number in set.intersection(*(set(part.scores) for part in parts)):
        found.scores[number] = min(part.scores[number] for part in parts)


def _alias_phrases(index: Index, clauses: Sequence[Clause]) -> Iterator[tuple[int, int, Term]]:
    """The spans of clauses that are another name of a term, the longest first."""
    for length in range(min(5, len(clauses)), 0, -1):
        for first in range(len(clauses) - length + 1):
            span = clauses[first : first + length]
            if not any(clause.quoted for clause in span):
                key = "".join(singular(word) for clause in span for word in clause.words)
                if key in index.aliases:
                    yield first, first + length, index.aliases[key]


def _correct(index: Index, clause: Clause, found: _Matches, result: Result) -> None:
    """Search for the most similar word instead, or suggest it."""
    if len(clause.words) > 1 or clause.quoted or clause.identifier:
        return
    word = clause.words[0]
    meant = _most_similar(word, index.vocabulary.prose.get(word[:1], ()))
    if meant and clause.is_plain:
        result.corrected[clause.asked] = meant
        found.add_all(index.get(meant), CORRECTED)
        return
    other = _most_similar(word, index.vocabulary.other.get(word[:1], ()))
    if other or meant:
        result.suggested[clause.asked] = other or meant


def _most_similar(word: str, vocabulary: Iterable[str]) -> str:
    """The first of the words with the fewest slips; empty if all have too many."""
    most = slips_allowed(word)
    found = ""
    for other in vocabulary if most else ():
        count = slips(word, other, most)
        if count <= most:
            found, most = other, count - 1
        if most < 0:
            break
    return found


def _of_the_year(
    index: Index, clauses: Sequence[Clause], matches: Sequence[_Matches], numbers: set[int]
) -> Sequence[int]:
    """The records among `numbers` that a citation such as `Wang 2024` or `MICCAI 2024` means.

    A year stands for the year of publication, unless it is part of a name such as `BraTS 2023`. All
    records are returned if none is of that year.
    """
    years = [
        at
        for at, c in enumerate(clauses)
        if not c.quoted and len(c.words) == 1 and _YEAR.fullmatch(c.words[0])
    ]
    if not years:
        return sorted(numbers)

    def fits(number: int, at: int) -> bool:
        places = matches[at].places.get(number, [])
        if any(place // STRIDE == _YEAR_FIELD for place in places):
            return True
        before = matches[at - 1].places.get(number, []) if at else []
        return any(place - 1 in before for place in places)

    kept = [number for number in numbers if all(fits(number, at) for at in years)]
    rest = "".join(singular(w) for at, c in enumerate(clauses) if at not in years for w in c.words)
    venue = {
        number
        for number, *places in index.get(EXACT + rest)
        if any(place // STRIDE == _VENUE_FIELD for place in places)
    }
    return sorted(venue.intersection(kept) or kept or numbers)


def _nearby_bonus(matches: Sequence[_Matches], number: int) -> int:
    """What the words of the query add because they follow each other in one field."""
    bonus = 0
    for one, other in itertools.pairwise(matches):
        nexts = set(other.places.get(number, ()))
        bonus += max(
            (
                _FIELD_WEIGHTS[place // STRIDE] * NEARBY_FACTOR
                for place in one.places.get(number, ())
                if any(place + step in nexts for step in range(1, NEARBY + 1))
            ),
            default=0,
        )
    return bonus


def settings(index: Index) -> dict[str, Any]:
    """What the browser needs to rank as this module does."""
    return {
        "weights": _FIELD_WEIGHTS,
        "stride": STRIDE,
        "stop": sorted(STOP_WORDS),
        "longest": LONGEST_QUERY,
        "most": MOST_CLAUSES,
        "places": {"year": _YEAR_FIELD, "venue": _VENUE_FIELD},
        "exact": {_FIELD_NAMES.index(field): bonus for field, bonus in EXACT_BONUS.items()},
        "bonus": {"alias": ALIAS, "near": NEARBY, "nearFactor": NEARBY_FACTOR},
        "popular": POPULARITY,
        "popularity": index.popularity,
        "aliases": index.aliases,
    }


def slips_allowed(word: str) -> int:
    """How many slips are accepted in a word: numbers and short words must be right."""
    if not word.isalpha() or len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def slips(asked: str, word: str, most: int) -> int:
    """Count the slips between two words; a count above `most` may be too low.

    A slip is a letter too many, missing or wrong, or two swapped neighbours (the restricted
    Damerau-Levenshtein distance).

    >>> slips("segmnetation", "segmentation", 2), slips("abdc", "abcd", 1)
    (1, 1)
    """
    if abs(len(asked) - len(word)) > most:
        return most + 1
    older: list[int] = []
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(asked, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(word, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and asked[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            break
    return row[-1]
