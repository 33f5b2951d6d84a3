"""Comparing texts by what they say rather than how they are spelled."""

import unicodedata


def fold(text: str) -> str:
    """The letters and digits of `text` without case, accents and forms: equal texts, equal folds.

    >>> fold("VILA-M3: Enhancing Vision‑Language Models") == fold("Vila-m3: enhancing vision-language models")
    True
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    # Casefolding can compose new forms (ß, ŉ), so that a second pass is needed.
    decomposed = unicodedata.normalize("NFKD", decomposed)
    return "".join(character for character in decomposed if character.isalnum())
