"""Values by sorted keys, in files of a few kilobytes: what is looked up costs one or two of them.

`NAME.json` lists the beginnings: where in the order of keys each of the files `NAME-0.json`,
`NAME-1.json` … starts. It names no more of a key than tells it from the key before. The files hold
pairs of key and value. Whoever asks for all keys that begin alike finds them in neighbouring files.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

SIZE = 8192
"""Characters of a file; only a pair that is longer by itself exceeds them."""

Value: TypeAlias = str | int | Sequence[Sequence[str] | Sequence[int]]

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def lookup_files(name: str, pairs: Iterable[tuple[str, Value]]) -> Iterator[tuple[str, str]]:
    """Names and texts of the files for `pairs`, whose keys differ."""
    beginnings: list[str] = []
    texts: list[str] = []
    length = 0
    before = ""
    for key, value in sorted(pairs, key=_as_scripts_sort):
        text = _as_json([key, value])
        if texts and length + len(text) > SIZE:
            yield f"{name}-{len(beginnings) - 1}.json", f"[{','.join(texts)}]"
            texts, length = [], 0
        if not texts:
            beginnings.append(_telling(key, before))
        texts.append(text)
        length += len(text)
        before = key
    if texts:
        yield f"{name}-{len(beginnings) - 1}.json", f"[{','.join(texts)}]"
    yield f"{name}.json", _as_json(beginnings)


def _as_scripts_sort(pair: tuple[str, Value]) -> bytes:
    """A browser compares texts by units of UTF-16, not by characters."""
    return pair[0].encode("utf-16-be")


def _telling(key: str, before: str) -> str:
    """The shortest beginning of `key` that comes after the key `before`."""
    length = next(
        (at for at, (a, b) in enumerate(zip(key, before, strict=False)) if a != b), len(before)
    )
    return key[: length + 1]
