"""Spellings of one text that a computer takes for different ones."""

import re
import unicodedata
from collections.abc import Iterator

from vlm_survey.checks.registry import check
from vlm_survey.checks.walk import own_texts_of
from vlm_survey.load.reading import Reading
from vlm_survey.model.finding import Finding, Severity

_ODD = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\u2011]")


@check("untidy-text")
def untidy_text(reading: Reading) -> Iterator[Finding]:
    """Texts use composed Unicode (NFC), single plain spaces and plain hyphens.

    Decomposed accents (NFD) are an error, since search would miss the word; 'vlm-survey fmt' fixes
    them. Special spaces and hyphens, which mostly come from a PDF, are warnings.
    """
    for file, place, text in own_texts_of(reading):
        if not unicodedata.is_normalized("NFC", text):
            fix = "run: vlm-survey fmt"
            yield file.finding("untidy-text", place, "decomposed accents (NFD)", fix)
        if odd := _ODD.search(text):
            message = f"{unicodedata.name(odd[0]).lower()} U+{ord(odd[0]):04X}"
            fix = "use a plain space or hyphen"
            yield file.finding("untidy-text", place, message, fix, Severity.WARNING)
        elif "  " in text:
            fix = "use a single space"
            yield file.finding("untidy-text", place, "double space", fix, Severity.WARNING)
