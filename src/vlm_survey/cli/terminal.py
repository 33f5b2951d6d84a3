"""What may go to a terminal, and how progress is shown on it."""

from collections.abc import Iterable
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def printable(text: str) -> str:
    r"""`text` with everything that could steer a terminal shown as an escape.

    >>> print(printable("a\x1b[31mb"))
    a\x1b[31mb
    """
    return "".join(
        character
        if character.isprintable() or character == "\n"
        else character.encode("unicode_escape").decode()
        for character in text
    )


def progress(label: str) -> "_Bar":
    """A wrapper for a loop that shows a bar on a terminal once the loop has taken a second."""
    return _Bar(label)


# The bar's own thread, which only draws it anew when little happens, would keep the work from being
# done in several processes.
tqdm.monitor_interval = 0


class _Bar:
    def __init__(self, label: str) -> None:
        self.label = label

    def __call__(self, items: Iterable[T]) -> Iterable[T]:
        return tqdm(items, desc=self.label, delay=1, leave=False, disable=None)
