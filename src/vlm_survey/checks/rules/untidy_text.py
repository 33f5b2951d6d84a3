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
    """Texts are in Unicode's composed form (NFC), with plain single blanks and hyphens.

    An accent that stands apart from its letter (NFD) is an error, since search would miss the word;
    'vlm-survey fmt' joins them. Odd blanks and hyphens, mostly from a PDF, are warnings.
    """
    for file, place, text in own_texts_of(reading):
        if not unicodedata.is_normalized("NFC", text):
            fix = "run: vlm-survey fmt"
            yield file.finding("untidy-text", place, "accents apart from their letters (NFD)", fix)
        if odd := _ODD.search(text):
            message = f"{unicodedata.name(odd[0]).lower()} U+{ord(odd[0]):04X}"
            fix = "write a plain blank or hyphen"
            yield file.finding("untidy-text", place, message, fix, Severity.WARNING)
        elif "  " in text:
            fix = "write one"
            yield file.finding("untidy-text", place, "two blanks in a row", fix, Severity.WARNING)
