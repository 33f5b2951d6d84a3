"""Comparing texts by what they say rather than how they are spelled."""

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterator


def fold(text: str) -> str:
    """The letters and digits of `text` without case, accents and forms: equal texts, equal folds.

    >>> fold("VILA-M3: Enhancing Vision‑Language Models") == fold("Vila-m3: enhancing vision-language models")
    True
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    # Casefolding can compose new forms (ß, ŉ), so that a second pass is needed.
    decomposed = unicodedata.normalize("NFKD", decomposed)
    return "".join(character for character in decomposed if character.isalnum())


_ASCII = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ı": "i",
        "ŋ": "ng",
        "ħ": "h",
    }
)
"""The browser has the same table: `templates/theme/assets/browse/text.js`."""


def spelled_in_ascii(text: str) -> str:
    """Return the lower-case `text` with each of these letters replaced by its ASCII spelling.

    >>> spelled_in_ascii("sørensen, połacin")
    'sorensen, polacin'
    """
    return text.translate(_ASCII)


@functools.lru_cache(maxsize=1 << 16)
def ascii_slug(text: str) -> str:
    """Return the lower-case ASCII words of `text` joined by `-`; accents make no difference.

    Marks of other scripts than Latin, Greek and Cyrillic are not accents: they distinguish names.

    >>> ascii_slug("Małgorzata Połacin")
    'malgorzata-polacin'
    """
    bare = spelled_in_ascii(unicodedata.normalize("NFC", "".join(_without_accents(text))))
    # What is beyond ASCII is spelled by its numbers: rare, but never lost or confused.
    spelled = "".join(c if c.isascii() else f" {ord(c):x} " if _tells(c) else " " for c in bare)
    slug = "-".join(re.findall(r"[a-z0-9]+", spelled)) or "unnamed"
    if len(slug) <= _LONGEST:
        return slug
    # Two that begin alike are still two.
    digest = hashlib.sha256(slug.encode()).hexdigest()[:8]
    return f"{slug[: _LONGEST - 9].rstrip('-')}-{digest}"


_LONGEST = 150


def _without_accents(text: str) -> Iterator[str]:
    has_accents = True
    for sign in unicodedata.normalize("NFKD", text).casefold():
        if not _is_mark(sign):
            name = unicodedata.name(sign, "")
            has_accents = not sign.isalpha() or name.startswith(("LATIN", "GREEK", "CYRILLIC"))
        elif has_accents:
            continue
        yield sign


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


def _tells(sign: str) -> bool:
    return sign.isalnum() or _is_mark(sign)
