"""What was worked out before, kept in the user's cache folder.

A value is found again by a key that names all that it depends on: bytes of files, and the code. So the
store never changes a result, only the time to it, and can be deleted at any time. Where it cannot be
read or written, everything is worked out anew.
"""

import contextlib
import functools
import hashlib
import os
import sqlite3
import sys
import zlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import platformdirs
import pydantic
import yaml

VARIABLE = "VLM_SURVEY_CACHE"
"""Environment variable that names another folder; empty, nothing is kept."""

PATIENCE = 5
"""Seconds to wait for another process that is writing."""

_SUM = 4
"""Bytes of the checksum after each value: what a disk has damaged is worked out anew."""


KEY = 16
"""Bytes of a digest."""


def digest(*parts: bytes) -> bytes:
    """A digest that differs whenever one of `parts` does."""
    # The code is part of every key.
    framed = [b"%d:%b" % (len(part), part) for part in (_code(), *parts)]
    return hashlib.blake2b(b"".join(framed), digest_size=KEY).digest()


class Store:
    """Values of several kinds by their keys, for one catalog.

    >>> store = Store(None)
    >>> store.put("sort", {b"key": b"value"})
    >>> store.get("sort", [b"key"])
    {}
    """

    def __init__(self, path: Path | None) -> None:
        """The store in the file `path`; without one, it forgets everything."""
        self.path = path

    @classmethod
    def of_catalog(cls, root: Path) -> "Store":
        """The store of the catalog in the folder `root`."""
        folder = os.environ.get(VARIABLE)
        if folder == "":
            return cls(None)
        base = Path(folder) if folder else platformdirs.user_cache_path("vlm-survey")
        name = hashlib.blake2b(os.fsencode(root.resolve()), digest_size=16).hexdigest()
        return cls(base / f"{name}.sqlite")

    def get(self, kind: str, keys: Collection[bytes]) -> dict[bytes, bytes]:
        """The values that are there, by those of `keys` that lead to one."""
        found: dict[bytes, bytes] = {}
        with self._opened() as database:
            if database is None:
                return found
            # A key of another kind must not lead here.
            names = [kind.encode() + b" " + key for key in keys]
            for start in range(0, len(names), _AT_ONCE):
                some = names[start : start + _AT_ONCE]
                sought = f"SELECT key, value FROM kept WHERE key IN ({','.join('?' * len(some))})"  # nosec B608  # noqa: S608 - nothing but question marks
                for name, kept in database.execute(sought, some):
                    value = _opened_value(name, kept)
                    if value is not None:
                        found[name.partition(b" ")[2]] = value
        return found

    def put(self, kind: str, values: Mapping[bytes, bytes]) -> None:
        """Keep `values`."""
        with self._opened() as database:
            if database is not None:
                named = ((kind.encode() + b" " + key, value) for key, value in values.items())
                rows = ((name, _sealed(name, value)) for name, value in named)
                database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)

    def prune(self, kind: str, live: Collection[bytes]) -> None:
        """Drop the values of other keys than `live`, once they have become many."""
        with self._opened() as database:
            if database is None:
                return
            first, last = kind.encode() + b" ", kind.encode() + b"!"
            rows = database.execute("SELECT key FROM kept WHERE key BETWEEN ? AND ?", (first, last))
            known = [row[0] for row in rows]
            if len(known) > 2 * len(live) + _SPARE:
                stale = sorted(set(known).difference(first + key for key in live))
                for start in range(0, len(stale), _AT_ONCE):
                    some = [(name,) for name in stale[start : start + _AT_ONCE]]
                    database.executemany("DELETE FROM kept WHERE key = ?", some)
                    # Until then, all that is dropped is held in memory.
                    database.commit()

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection | None]:
        """The database, or None; whatever befalls it goes no further than this."""
        try:
            database = self._connected()
        except (OSError, sqlite3.Error):
            database = None
        if database is None:
            yield None
            return
        try:
            with database:
                yield database
        except sqlite3.Error as error:
            self._given_up(error)
        finally:
            database.close()

    def _connected(self) -> sqlite3.Connection | None:
        if self.path is None:
            return None
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        database = sqlite3.connect(self.path, timeout=PATIENCE)
        try:
            # What a crash leaves half written is found out, and made anew.
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA journal_mode = MEMORY")
            database.execute(_TABLE)
        except sqlite3.Error as error:
            database.close()
            self._given_up(error)
            raise
        return database

    def _given_up(self, error: sqlite3.Error) -> None:
        """What is no database, or a damaged one, is begun anew; one that is busy is left alone."""
        if self.path and not isinstance(error, sqlite3.OperationalError):
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


_TABLE = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB NOT NULL)"

_SPARE = 10
"""So many more may lie there before it is worth the time to drop them."""

_AT_ONCE = 500
"""Keys that are asked for, or dropped, at once."""


def _sealed(name: bytes, value: bytes) -> bytes:
    return value + zlib.crc32(value, zlib.crc32(name)).to_bytes(_SUM, "little")


def _opened_value(name: object, kept: object) -> bytes | None:
    """The value, unless it or its key was damaged."""
    if not isinstance(name, bytes) or not isinstance(kept, bytes):
        return None
    value = kept[:-_SUM]
    return value if _sealed(name, value) == kept else None


@functools.cache
def _code() -> bytes:
    """A digest of this package and of what it reads records with."""
    found = hashlib.blake2b(f"{sys.version} {pydantic.VERSION} {yaml.__version__}".encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        found.update(path.read_bytes())
    return found.digest()
