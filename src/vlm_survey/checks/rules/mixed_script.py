"""Letters of two alphabets in one word."""

import re
import unicodedata
from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.checks.walk import own_texts_of
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding, Severity

_LOOK_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH"})
_WORD = re.compile(r"[^\W\d_]{2,}")
_UNMISTAKABLE = frozenset("ΓΔΘΛΞΠΣΦΨΩβδεζηθλμξπσφψω")
"""Greek letters that cannot be taken for Latin ones, as in the name ΔBench."""


@check("mixed-script")
def mixed_script(reading: Reading) -> Iterator[Finding]:
    """Warn about words that mix look-alike alphabets, such as a Cyrillic letter in 'CLIP'.

    Such a word looks right, but search does not find it. Greek letters that resemble no Latin letter
    (ΔBench) and single letters separated by a hyphen or space (α-CLIP) are allowed.
    """
    for file, place, text in own_texts_of(reading):
        for word in () if text.isascii() else _WORD.findall(text):
            if word.isascii():
                continue
            scripts = {
                unicodedata.name(letter, "?").split()[0]
                for letter in word
                if letter not in _UNMISTAKABLE
            } & _LOOK_ALIKE
            if len(scripts) > 1:
                names = " and ".join(sorted(script.title() for script in scripts))
                odd = [letter for letter in word if not letter.isascii()]
                message = f"{word!r} mixes {names} letters: {' '.join(odd)}"
                fix = "type the word again"
                yield file.finding("mixed-script", place, message, fix, Severity.WARNING)
