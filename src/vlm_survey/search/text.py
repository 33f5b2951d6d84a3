"""How texts become words that can be searched.

The browser splits queries by the same rules (`templates/theme/assets/browse/text.js`); the cases in
`tests/search/` hold both.
"""

import functools
import re
import unicodedata
from typing import NamedTuple

from vlm_survey.model.folding import spelled_in_ascii

_COMPOUND = re.compile(r"\w+(?:[-‐‑–—'’./&·+]\w+)*")
_PART = re.compile(r"\w+")


class Compound(NamedTuple):
    """Words that are written together, such as `x-ray`, or a single word.

    Attributes:
        raw: As written: `x-ray`, `2307.15189`.
        parts: The words between the punctuation: `x`, `ray`.
        joined: The same without punctuation: `xray`.
    """

    raw: str
    parts: tuple[str, ...]
    joined: str


def folded(text: str) -> str:
    """Return `text` in lower case, without accents, with letters such as ø spelled in ASCII.

    >>> folded("Połacin, Müller & Sørensen")
    'polacin, muller & sorensen'
    """
    if text.isascii():
        return text.lower()
    # Upper case first: it spells out ß and its like, and maps the dotless i to i. JavaScript has no
    # other case folding than these two steps.
    lower = unicodedata.normalize("NFKD", text).upper().lower()
    decomposed = unicodedata.normalize("NFKD", lower).replace("ς", "σ")
    for character in set(decomposed):
        # All marks, so that vowel signs do not split a word of Hindi or Thai.
        if unicodedata.category(character)[0] == "M":
            decomposed = decomposed.replace(character, "")
    return spelled_in_ascii(decomposed)


def folded_words(text: str) -> list[str]:
    """Return the folded words of `text`, split at all punctuation."""
    return _PART.findall(folded(text))


def compounds(text: str) -> list[Compound]:
    """Return the folded words of `text`, keeping together what is written together.

    >>> [compound.joined for compound in compounds("Zero-shot X-ray, 2307.15189")]
    ['zeroshot', 'xray', '230715189']
    """
    return [_compound(raw) for raw in _COMPOUND.findall(folded(text))]


@functools.lru_cache(maxsize=1 << 16)
def _compound(raw: str) -> Compound:
    parts = tuple(_PART.findall(raw))
    return Compound(raw, parts, "".join(parts))


def singular(word: str) -> str:
    """Return `word` without a plural ending; other words are returned unchanged.

    >>> [singular(word) for word in ["images", "studies", "diagnosis", "bus", "gas"]]
    ['image', 'study', 'diagnosis', 'bus', 'gas']
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def joined(text: str) -> str:
    """Return the words of `text` without plural endings, as one word: equal phrases, equal results.

    >>> joined("Whole-slide images") == joined("whole slide image")
    True
    """
    return "".join(singular(word) for word in folded_words(text))
