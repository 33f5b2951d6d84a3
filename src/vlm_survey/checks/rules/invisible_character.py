"""Characters that change a text without being seen."""

import re
import unicodedata
from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.checks.walk import texts_of
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0]"
)
_JOINER = re.compile("[\u200c\u200d]")
# Letters without case, marks, and the signs and tones that emoji are made of.
_JOINED = frozenset({"Lo", "Mn", "Mc", "So", "Sk"})


@check("invisible-character")
def invisible_character(reading: Reading) -> Iterator[Finding]:
    """No text contains invisible characters or characters that change the text direction.

    They mislead readers and break search. Right-to-left titles need no direction marks: the pages set
    the direction. Joiners are allowed where a script or an emoji needs them.
    """
    for file, place, text in texts_of(reading):
        if text.isascii():
            continue
        match = _BIDI.search(text) or _INVISIBLE.search(text) or _stray_joiner(text)
        if match:
            before = text[: match.start()][-20:]
            message = f"invisible character U+{ord(match[0]):04X} after {before!r}"
            yield file.finding("invisible-character", place, message, "delete it")


def _stray_joiner(text: str) -> re.Match[str] | None:
    for match in _JOINER.finditer(text):
        beside = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if not all(sign and unicodedata.category(sign) in _JOINED for sign in beside):
            return match
    return None
