"""Numbers as text, a character each: small as it is, smaller compressed, and quick to read back.

The first numbers are the printable characters that JSON needs no escape for, a byte each; UTF-8 makes
two bytes of the next two thousand, and so on. So a column of choices or a row of short steps costs
about a byte an entry, and a server's compression sees whole numbers.
"""

import itertools
import operator
from collections.abc import Iterable, Iterator, Sequence


class _Characters(dict[int, str]):
    """The character for a number, made when it is first asked for."""

    def __missing__(self, number: int) -> str:
        code = ord("#") + number
        # The backslash would need an escape.
        code += code >= ord("\\")
        # Surrogates are no characters.
        code += 0x800 if code >= 0xD800 else 0
        self[number] = chr(code)
        return self[number]


_CHARACTERS = _Characters()


def packed(numbers: Iterable[int]) -> str:
    r"""A character for each of `numbers`, none of which is negative.

    >>> packed([0, 1, 2, 56, 57, 2000])
    '#$%[]ߴ'
    """
    return "".join(map(_CHARACTERS.__getitem__, numbers))


def gaps(places: Sequence[int]) -> Iterator[int]:
    """How many places are left out before each of `places`, which ascend.

    >>> list(gaps([0, 1, 4]))
    [0, 0, 2]
    """
    # The one that was to be expected each time: the first of all, then that after the last.
    expected = itertools.chain((0,), map((1).__add__, places))
    return map(operator.sub, places, expected)
