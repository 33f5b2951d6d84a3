"""What pages were made of before, so that what has not changed is not made anew.

A key names all that decides a text: the record's file, the words of the taxonomy, the templates, the
settings, and whatever of other records it shows.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from vlm_survey.load.reading import Reading
from vlm_survey.store import Store, digest

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
        """The key of a text on a record that shows these `others` too; empty if it cannot be kept."""
        known = self._known.get(record_id)
        return digest(known, repr(others).encode()) if known else b""

    def fetch(self, keys: Collection[bytes]) -> None:
        """Have the texts of these keys at hand, and no others."""
        self._found = self._store.get(self._kind, [key for key in keys if key])

    def texts(self, key: bytes, make: Callable[[], Sequence[str]]) -> list[str]:
        """The texts that the key leads to, made anew if there are none."""
        if key in self._found:
            found: list[str] = json.loads(self._found[key])
            return found
        texts = list(make())
        if key:
            self._new[key] = json.dumps(texts, ensure_ascii=False).encode()
        return texts

    def save(self) -> None:
        """Keep what was made anew."""
        if self._new:
            self._store.put(self._kind, self._new)
            self._new = {}

    def prune(self, live: Collection[bytes]) -> None:
        """Drop what has not been asked for for long."""
        self._store.prune(self._kind, live)


def deciding(reading: Reading, folder: Path, *settings: object) -> dict[str, bytes]:
    """Digest of all that decides what is said of a record alone, by the record's id.

    Args:
        folder: That of the templates.
        settings: What else the texts depend on.
    """
    if len(reading.files) > MOST_RECORDS:
        return {}
    templates = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    given = digest(reading.taxonomy_file.digest, repr(settings).encode(), *templates)
    return {file.id: digest(file.digest, given) for file, _ in reading.records()}
