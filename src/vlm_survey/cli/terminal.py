"""What may go to a terminal or a workflow's log, and how progress is shown."""

import json
import re
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def printable(text: str) -> str:
    r"""`text` with everything that could steer a terminal or GitHub Actions shown as an escape.

    >>> print(printable("::error::no \x1b[31m"))
    \x3a:error::no \x1b[31m
    """
    # Workflow commands: the one form begins a line, the older one stands anywhere in it.
    shown = re.sub(r"^( *):(?=:)", r"\1\\x3a", visible(text), flags=re.MULTILINE)
    return _OLDER_COMMAND.sub(r"\1\\x5b", shown)


def visible(text: str) -> str:
    r"""`text` with everything that could steer a terminal shown as an escape.

    >>> print(visible("a\x1b[31mb"))
    a\x1b[31mb
    """
    return _changed(text, lambda sign: sign.encode("unicode_escape").decode())


def printable_json(data: object) -> str:
    r"""`data` as JSON that steers neither, and is read as what it was.

    >>> print(printable_json(["\u202ea", "##[x]"]))
    [
      "\u202ea",
      "##\u005bx]"
    ]
    """
    text = json.dumps(data, indent=2, ensure_ascii=False)
    shown = _changed(text, lambda sign: json.dumps(sign).strip('"'))
    return _OLDER_COMMAND.sub(r"\1\\u005b", shown)


def _changed(text: str, escape: Callable[[str], str]) -> str:
    return "".join(sign if sign.isprintable() or sign == "\n" else escape(sign) for sign in text)


_OLDER_COMMAND = re.compile(r"(##\w*)\[")


def progress(label: str) -> "_Bar":
    """A wrapper for a loop that shows a bar on a terminal once the loop has taken a second."""
    return _Bar(label)


class _Bar:
    def __init__(self, label: str) -> None:
        self.label = label

    def __call__(self, items: Iterable[T]) -> Iterable[T]:
        # Commands that count nothing need not wait for it to load.
        from tqdm import tqdm

        # The bar's own thread, which only draws it anew when little happens, would keep the work from
        # being done in several processes.
        tqdm.monitor_interval = 0
        return tqdm(items, desc=self.label, delay=1, leave=False, disable=None)
