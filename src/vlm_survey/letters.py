"""Letters that Unicode does not decompose into a base letter and an accent, in ASCII."""

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
"""The browser has the same table: `templates/theme/assets/browse/words.js`."""


def spelled_in_ascii(text: str) -> str:
    """The lower-case `text` with these letters as they are written on a keyboard without them.

    >>> spelled_in_ascii("sørensen, połacin")
    'sorensen, polacin'
    """
    return text.translate(_ASCII)
