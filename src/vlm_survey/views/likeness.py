"""How alike records are, and which are most like a given one.

Likeness is a number from 0 to 1: the weighted sum of three cosines, of the words of name, title and
summary, of the tags, and of the base models. The rarer a word is, the more it weighs.

A large catalog cannot be searched whole for each of its records. There, those are looked at that meet
the record in a group: of some that share one of its rarest words, or a base, or nearly all tags. How
many are looked at does not depend on the size of the catalog.
"""

import bisect
import dataclasses
import functools
import itertools
import math
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from vlm_survey.model.record import Record
from vlm_survey.search.text import folded_words

TEXT, TAGS, BASES = 0.5, 0.3, 0.2
"""What each part of the likeness weighs."""

EXHAUSTIVE = 1000
"""In a catalog of so many records or fewer, each is compared with all others."""

GROUP = 32
"""In a larger one, so many records make a group."""

RAREST = 16
"""So many words of a record lead to groups, the rarest first, ..."""

ENOUGH = 64
"""... until so many others were met in them."""

CLOSER = 10
"""So many that seem nearest are compared by all of their words."""

COMMON = 5
"""A word that more than one in so many records has tells nothing, where more than ten have it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Near:
    """A record that is near another one.

    Attributes:
        record: The other record.
        likeness: How near, from 0 to 1.
        text: How alike their words are, from 0 to 1.
    """

    record: Record
    likeness: float
    text: float


class Likeness:
    """An index of records by what can make them alike. Once made, it is only read."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Index `records`, in whatever order they come."""
        self._records = sorted(records, key=lambda record: record.id)
        exhaustive = len(self._records) <= EXHAUSTIVE
        most = len(self._records) if exhaustive else GROUP
        if not exhaustive:
            self._records = _by_tags(self._records)
        self._ids = [record.id for record in self._records]
        self._place = {record_id: place for place, record_id in enumerate(self._ids)}

        tags = [_tags(record) for record in self._records]
        bits = {tag: 1 << bit for bit, tag in enumerate(sorted({*itertools.chain(*tags)}))}
        # Each set of tags is kept once: to look at one that was just looked at is fast.
        same: dict[int, int] = {}
        sets = [sum([bits[tag] for tag in some]) for some in tags]
        self._tags = [same.setdefault(some, some) for some in sets]
        scales = [_scale(size) for size in range(len(bits) + 1)]
        self._tags_scale = [scales[len(some)] for some in tags]
        self._beside = _grouped([("",)] * len(tags), most)

        self._bases = [record.builds_on for record in self._records]
        self._bases_scale = [_scale(len(some)) for some in self._bases]
        self._by_base = _grouped(self._bases, most)

        texts = [_words(record) for record in self._records]
        self._words, self._weight, self._words_scale = _weighed(texts)
        rarest = None if exhaustive else RAREST
        self._enough = math.inf if exhaustive else ENOUGH
        self._by_word = _grouped([words[:rarest] for words in self._words], most)

    def nearest(self, record: Record, most: int, least: float) -> list[Near]:
        """Records most like `record`, the most alike first; of equals, by their ids.

        Args:
            record: One of those that were indexed.
            most: How many there may be, up to `CLOSER`.
            least: The likeness that they must have.

        Raises:
            KeyError: `record` was not indexed.
        """
        place = self._place[record.id]
        bases = frozenset(self._bases[place])
        found = []
        for other, text in self._texts(place, self._closer(place)):
            tags = (self._tags[place] & self._tags[other]).bit_count()
            tags_scale = TAGS * self._tags_scale[place] * self._tags_scale[other]
            likeness = TEXT * text + tags_scale * tags
            bases_scale = BASES * self._bases_scale[place] * self._bases_scale[other]
            if bases_scale:
                shared = bases.intersection(self._bases[other])
                likeness += bases_scale * len(shared)
            likeness = round(likeness, 6)
            if likeness >= least:
                found.append((-likeness, self._ids[other], other, text))
        found.sort()
        return [
            Near(self._records[other], -negative, text) for negative, _, other, text in found[:most]
        ]

    def _closer(self, place: int) -> list[int]:
        """Those of its groups that seem nearest, by their tags and by what made the groups."""
        tags, sets, scales = self._tags[place], self._tags, self._tags_scale
        scale = TAGS * scales[place]
        seems: dict[int, float] = {}
        for group, weight, weights in self._groups(place):
            for other in group:
                if other in seems:
                    seems[other] += weight * weights[other]
                else:
                    by_tags = scale * scales[other] * (tags & sets[other]).bit_count()
                    seems[other] = by_tags + weight * weights[other]
        del seems[place]
        return sorted(seems, key=seems.__getitem__, reverse=True)[:CLOSER]

    def _groups(self, place: int) -> Iterator[tuple[Iterable[int], float, Sequence[float]]]:
        """The groups of a record, and what to be in one adds: a weight times one of each member."""
        yield self._beside[place][0], 0, self._tags_scale
        scale = BASES * self._bases_scale[place]
        for group in self._by_base[place]:
            yield group, scale, self._bases_scale
        scale = TEXT * self._words_scale[place]
        met = 0
        for word, group in zip(self._words[place], self._by_word[place], strict=False):
            yield group, scale * self._weight[word], self._words_scale
            met += len(group)
            if met >= self._enough:
                break

    def _texts(self, place: int, others: Iterable[int]) -> Iterator[tuple[int, float]]:
        """How alike the words of each of the others are, from 0 to 1."""
        words, scale = frozenset(self._words[place]), self._words_scale[place]
        weight = self._weight.__getitem__
        for other in others:
            shared = words.intersection(self._words[other])
            # To add them up exactly gives the same in whatever order.
            yield other, math.fsum(map(weight, shared)) * scale * self._words_scale[other]


def _tags(record: Record) -> list[str]:
    return [f"{facet} {term}" for facet, term, _ in record.all_tags()]


def _by_tags(records: Sequence[Record]) -> list[Record]:
    """The records in an order in which those stand together that share their rarer tags."""
    tags = [_tags(record) for record in records]
    counts = Counter(itertools.chain(*tags))
    keys = [sorted([(counts[tag], tag) for tag in some]) for some in tags]
    return [records[at] for at in sorted(range(len(records)), key=keys.__getitem__)]


def _words(record: Record) -> Sequence[str]:
    return _words_of(" ".join((record.title, record.name or "", record.summary or "")))


# A preview makes an index after each change, of which most is as it was.
@functools.lru_cache(maxsize=1 << 14)
def _words_of(text: str) -> Sequence[str]:
    return tuple(dict.fromkeys(map(sys.intern, folded_words(text))))


def _weighed(
    texts: Sequence[Sequence[str]],
) -> tuple[list["array[int]"], list[float], "array[float]"]:
    """The words of texts as numbers, the rarest first.

    Returns:
        For each text, the words that others have too and that are not common; for each word, the
        square of its weight; for each text, the factor that makes its vector one of length 1.
    """
    counts = Counter(itertools.chain.from_iterable(texts))
    known = sorted((count, word) for word, count in counts.items() if count > 1)
    number = {word: at for at, (_, word) in enumerate(known)}
    squares = [math.log(1 + len(texts) / count) ** 2 for count, _ in known]
    common = bisect.bisect(known, (max(10, len(texts) // COMMON) + 1,))
    own = math.log(1 + len(texts)) ** 2
    numbered: list[array[int]] = []
    scales = array("d")
    for text in texts:
        numbers = list(map(number.get, text))
        words = sorted([at for at in numbers if at is not None and at < common])
        numbered.append(array("I", words))
        length = math.fsum(map(squares.__getitem__, words)) + own * numbers.count(None)
        scales.append(_scale(length))
    return numbered, squares, scales


def _grouped(rows: Iterable[Iterable[object]], most: int) -> list[list["array[int]"]]:
    """For each row and each of its values, the places of some rows that have it, this one among them.

    Args:
        rows: The values of each; neighbours come into one group.
        most: How many places a group has at most.
    """
    begun: dict[object, array[int]] = {}
    found: list[list[array[int]]] = []
    for place, values in enumerate(rows):
        groups = []
        for value in values:
            group = begun.get(value)
            if group is None or len(group) == most:
                group = begun[value] = array("I")
            group.append(place)
            groups.append(group)
        found.append(groups)
    return found


def _scale(squares: float) -> float:
    return squares**-0.5 if squares else 0
