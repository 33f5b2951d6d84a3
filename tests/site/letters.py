r"""The TeX that the form for a new paper reads: the letters, accents and fonts that `add` knows.

`python -m tests.site.letters`, or `make generated`, writes them for the browser.
"""

import json
import unicodedata
from pathlib import Path

from vlm_survey.intake.tex import _MACROS, _SYNTAX, TexError, text_of

PATH = Path(__file__).parents[2] / "templates" / "theme" / "assets" / "submit" / "letters.js"


def script() -> str:
    """The module with the three tables."""
    letters: dict[str, str] = {}
    accents: dict[str, str] = {}
    kept = []
    names = {name for category in _MACROS.d.values() for name in category["macros"]}
    for name in sorted(names):
        spec = _SYNTAX.get_macro_spec(name)
        takes = spec.args_parser.argspec if spec and spec.args_parser else ""
        if not takes and (letter := _letter(name)) is not None:
            letters[name] = letter
        elif takes == "{" and (around := _around(name)) is not None:
            if around:
                accents[name] = around
            else:
                kept.append(name)
    return (
        "// Written by `make generated` from the table with which `vlm-survey add` reads TeX.\n"
        f"export const LETTERS = {_object(letters)};\n"
        f"export const ACCENTS = {_object(accents)};\n"
        f"export const KEPT = {json.dumps(kept)};\n"
    )


def _letter(name: str) -> str | None:
    """What a macro without arguments prints."""
    try:
        text = text_of(rf"a\{name}{' ' if name.isalpha() else ''}b")
    except TexError:
        return None
    return text[1:-1] if text[:1] + text[-1:] == "ab" else None


def _around(name: str) -> str | None:
    """What a macro with one argument adds to it: an accent or nothing."""
    try:
        text = unicodedata.normalize("NFD", text_of(rf"\{name}{{o}}"))
    except TexError:
        return None
    added = text.removeprefix("o")
    is_accent = len(added) == 1 and unicodedata.combining(added)
    return added if text.startswith("o") and (not added or is_accent) else None


def _object(table: dict[str, str]) -> str:
    # One line each would be 800 lines that nobody reads.
    return json.dumps(table, separators=(",", ":"))


if __name__ == "__main__":
    PATH.write_text(script(), encoding="utf-8")
