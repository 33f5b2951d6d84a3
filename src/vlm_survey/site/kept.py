"""What pages were made of before, so that what has not changed is not made anew.

A key names all that decides a text: the record's file, the words of the taxonomy, the templates, the
settings, and whatever of other records it shows.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from vlm_survey.load.reading import Reading
from vlm_survey.store import KEY, Store, digest

_BETWEEN = b"\x1e"
"""Parts texts. It stands in none: control characters are refused when a text is read."""

MOST_RECORDS = 25_000
"""In a larger catalog nothing is kept: it would take more than half a gigabyte."""


class Kept:
    """Texts of one kind that were made before, by keys."""

    def __init__(
        self, kind: str, store: Store | None = None, known: Mapping[str, bytes] | None = None
    ) -> None:
        """Nothing is fetched yet.

        Args:
            kind: What sort of texts these are.
            store: Where they are kept; without one, nowhere.
            known: Digest of all that decides what is said of a record alone, by its id; what is said
                of a record that is not among them is not kept.
        """
        self._kind, self._store, self._known = kind, store or Store(None), known or {}
        self._found: dict[bytes, bytes] = {}
        self._new: dict[bytes, bytes] = {}

    def key(self, record_id: str, *others: object) -> bytes:
        """The key of texts on a record that show these `others` too; empty if they cannot be kept.

        Args:
            others: Made of texts, numbers and tuples.
        """
        known = self._known.get(record_id)
        return digest(known, json.dumps(others).encode()) if known else b""

    def fetch(self, keys: Collection[bytes]) -> None:
        """Have the texts of these keys at hand, and no others."""
        self._found = self._store.get(self._kind, [key for key in keys if key])

    def texts(self, key: bytes, make: Callable[[], Iterable[str]]) -> list[bytes]:
        """The texts that the key leads to, made anew if there are none."""
        if key in self._found:
            return self._found[key].split(_BETWEEN)
        texts = [text.encode() for text in make()]
        if key:
            self._new[key] = _BETWEEN.join(texts)
        return texts

    def save(self) -> None:
        """Keep what was made anew."""
        if self._new:
            self._store.put(self._kind, self._new)
            self._new = {}

    def prune(self, live: Collection[bytes]) -> None:
        """Drop what has not been asked for for long."""
        self._store.prune(self._kind, live)


class State:
    """What was worked out for a catalog as a whole, while all of it is the same."""

    def __init__(self, store: Store, known: Mapping[str, bytes], *others: bytes) -> None:
        """Remember nothing new.

        Args:
            store: Where it is kept.
            known: See `Kept`; without any, nothing is kept.
            others: Digests of what else the catalog is made of.
        """
        self._store, self._ids = store, list(known)
        self._digest = digest(*known.values(), *others)

    def recall(self, name: str) -> bytes | None:
        """What was kept by that name."""
        return self._store.get(name, [self._digest]).get(self._digest) if self._ids else None

    def keep(self, name: str, data: bytes) -> None:
        """Keep `data` by that name."""
        if self._ids:
            self._store.put(name, {self._digest: data})
            self._store.prune(name, [self._digest])

    def keys(self) -> dict[str, bytes]:
        """The keys of all pages of records by their ids; none, if the catalog is not the same.

        So what a page shows of other records need not be worked out to know that it shows the same.
        """
        row = self.recall("keys") or b""
        keys = [row[start : start + KEY] for start in range(0, len(row), KEY)]
        return dict(zip(self._ids, keys, strict=True)) if keys else {}

    def keep_keys(self, keys: Mapping[str, bytes]) -> None:
        """Keep the keys of all pages of records."""
        self.keep("keys", b"".join(keys[record_id] for record_id in self._ids))


def deciding(reading: Reading, folder: Path, *settings: str) -> dict[str, bytes]:
    """Digest of all that decides what is said of a record alone, by the record's id.

    Args:
        folder: That of the templates.
        settings: What else the texts depend on.
    """
    if len(reading.files) > MOST_RECORDS:
        return {}
    templates = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    given = digest(reading.taxonomy_file.digest, json.dumps(settings).encode(), *templates)
    return {file.id: digest(file.digest, given) for file, _ in reading.records()}
