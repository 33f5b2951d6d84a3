"""Finding records by words: what is looked at, and how forgiving the look is.

A word that is asked for matches every word that begins with it. Only if there is none in the whole
catalog, words that begin nearly so match: one slip (a letter too many, missing, wrong, or two
swapped) in four letters and more, two in eight and more, never in the first. So a right word is
never blurred by its neighbours. The browser does the same with the same index.
"""

import bisect
import dataclasses
import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.folding import spelled_in_ascii
from vlm_survey.model.record import Record


def search_text(record: Record, catalog: Catalog) -> str:
    """Return all that a free-text search looks at; of its authors, every spelling of their names."""
    taxonomy = catalog.taxonomy
    venue = taxonomy.venues.get(record.venue) if record.venue else None
    names = [name.display for author in record.authors for name in catalog.spellings_of(author)]
    parts = [record.title, record.name, record.summary, *names]
    if venue:
        parts += [venue.short, venue.name]
    for dataset in record.datasets:
        parts += taxonomy.dataset(dataset).names
    for facet_id, term, _ in record.all_tags():
        entry = taxonomy.term(facet_id, term)
        parts += [entry.name, *entry.aliases]
    return " ".join(part for part in parts if part)


def folded_words(text: str) -> list[str]:
    """The words of `text` in lower case and without accents, with letters such as ø in ASCII."""
    if text.isascii():
        # Most texts are; they have no accents, and nothing to decompose.
        return re.findall(r"\w+", text.lower())
    # Upper case first: it spells out ß and its like, and takes the dotless i for an i. JavaScript has
    # no other folding than these two.
    lower = unicodedata.normalize("NFKD", text).upper().lower()
    decomposed = unicodedata.normalize("NFKD", lower).replace("ς", "σ")
    for sign in set(decomposed):
        # Vowels that are marks must not part a word of Hindi or Thai.
        if unicodedata.category(sign)[0] == "M":
            decomposed = decomposed.replace(sign, "")
    return re.findall(r"\w+", spelled_in_ascii(decomposed))


@dataclasses.dataclass(frozen=True)
class WordIndex:
    """Which of a row of texts have which words.

    Attributes:
        words: All folded words, sorted.
        places: For each word, the positions of the texts that have it, ascending.
    """

    words: tuple[str, ...]
    places: tuple[Sequence[int], ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """The index of `texts`."""
        # Arrays: a large catalog has millions of places.
        found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for position, text in enumerate(texts):
            for word in set(folded_words(text)):
                found[word].append(position)
        words = tuple(sorted(found))
        return cls(words, tuple(found[word] for word in words))

    def find(self, asked: str) -> set[int]:
        """Positions of the texts with a word that begins with `asked`, or nearly so if none does."""
        matches = list(self._beginning_with(asked)) or list(self._nearly(asked))
        return {place for index in matches for place in self.places[index]}

    def _beginning_with(self, asked: str) -> Iterator[int]:
        first = bisect.bisect_left(self.words, asked)
        for index in range(first, len(self.words)):
            if not self.words[index].startswith(asked):
                return
            yield index

    def _nearly(self, asked: str) -> Iterator[int]:
        most = slips_allowed(asked)
        if most:
            for index in self._beginning_with(asked[0]):
                if slips(asked, self.words[index], most) <= most:
                    yield index


def slips_allowed(asked: str) -> int:
    """How many slips are forgiven in a word: numbers and short words must be right."""
    if not asked.isalpha() or len(asked) < 4:
        return 0
    return 1 if len(asked) < 8 else 2


def slips(asked: str, word: str, most: int) -> int:
    """Slips between `asked` and the nearest beginning of `word`; more than `most` is not told apart.

    A slip is a letter too many, missing or wrong, or two neighbours swapped.

    >>> slips("segmnetation", "segmentation", 2), slips("segmnt", "segmentation", 2)
    (1, 1)
    """
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
    return min(row)
