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


def digest(*parts: bytes) -> bytes:
    """A digest that differs whenever one of `parts` does."""
    # The code is part of every key.
    framed = [b"%d:%b" % (len(part), part) for part in (_code(), *parts)]
    return hashlib.blake2b(b"".join(framed), digest_size=16).digest()


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
        wanted = frozenset(keys)
        with self._opened() as database:
            for key, value in database.execute(_ALL, (kind,)) if database else ():
                if key in wanted and _is_whole(value):
                    found[key] = value[:-_SUM]
        return found

    def put(self, kind: str, values: Mapping[bytes, bytes], live: Collection[bytes] = ()) -> None:
        """Keep `values`; when they have become many, all others that are not `live` are dropped."""
        with self._opened() as database:
            if database is None:
                return
            known = [row[0] for row in database.execute(_KEYS, (kind,))]
            if len(known) > 2 * (len(values) + len(live)) + 1000:
                stale = [(kind, key) for key in set(known).difference(live, values)]
                database.executemany("DELETE FROM kept WHERE kind = ? AND key = ?", stale)
            rows = ((kind, key, value + _checksum(value)) for key, value in values.items())
            database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

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
            database.execute("PRAGMA synchronous = OFF")
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


_TABLE = """CREATE TABLE IF NOT EXISTS kept
(kind TEXT, key BLOB, value BLOB NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID"""

_KEYS = "SELECT key FROM kept WHERE kind = ?"
_ALL = "SELECT key, value FROM kept WHERE kind = ?"


def _checksum(value: bytes) -> bytes:
    return zlib.crc32(value).to_bytes(_SUM, "little")


def _is_whole(kept: object) -> bool:
    # A checksum with its own text after it always comes to the same.
    return isinstance(kept, bytes) and zlib.crc32(kept) == _RESIDUE


_RESIDUE = zlib.crc32(_checksum(b""))


@functools.cache
def _code() -> bytes:
    """A digest of this package and of what it reads records with."""
    found = hashlib.blake2b(f"{sys.version} {pydantic.VERSION} {yaml.__version__}".encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        found.update(path.read_bytes())
    return found.digest()
