"""Safe output for terminals and workflow logs, and progress bars."""

import json
import re
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def printable(text: str) -> str:
    r"""Return `text` with everything that a terminal or GitHub Actions could interpret escaped.

    >>> print(printable("::error::no \x1b[31m"))
    \x3a:error::no \x1b[31m
    """
    # Workflow commands: the current syntax starts a line, the older one can be anywhere in it.
    shown = re.sub(r"^( *):(?=:)", r"\1\\x3a", visible(text), flags=re.MULTILINE)
    return _OLDER_COMMAND.sub(r"\1\\x5b", shown)


def visible(text: str) -> str:
    r"""Return `text` with all control sequences of terminals escaped.

    >>> print(visible("a\x1b[31mb"))
    a\x1b[31mb
    """
    return _changed(text, lambda sign: sign.encode("unicode_escape").decode())


def printable_json(data: object) -> str:
    r"""Return `data` as JSON that is safe for both, and parses to the same data.

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
    """Return a loop wrapper that shows a progress bar on a terminal after one second."""
    return _Bar(label)


class _Bar:
    def __init__(self, label: str) -> None:
        self.label = label

    def __call__(self, items: Iterable[T]) -> Iterable[T]:
        # Imported here because not every command shows progress.
        from tqdm import tqdm

        # The monitor thread, which only redraws idle bars, would prevent forking worker processes.
        tqdm.monitor_interval = 0
        return tqdm(items, desc=self.label, delay=1, leave=False, disable=None)
