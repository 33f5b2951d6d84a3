"""What lies in a folder of records, and its bytes, without following links or trusting names."""

import dataclasses
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from vlm_survey.files import UNFINISHED
from vlm_survey.load.problem import Problem
from vlm_survey.load.text import MAX_BYTES
from vlm_survey.store import digest

NAME = re.compile(r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\.yaml", re.ASCII)
RESERVED = re.compile(r"(?:index|tags|con|prn|aux|nul|com\d|lpt\d)", re.ASCII)
"""Stems that a web server, the site or Windows would take for something else."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """One entry of the folder: its bytes, or the problem that kept them from being read."""

    name: str
    data: bytes | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        """The stem, which is the record's id."""
        return _stem(self.name)

    @property
    def digest(self) -> bytes:
        """Differs whenever its name or bytes do; empty for what could not be read."""
        return b"" if self.data is None else digest(self.name.encode(), self.data)


def entries(folder: Path) -> Iterator[Entry]:
    """Everything that lies in `folder`, sorted by id."""
    # What sort of file each is comes with the names: no further look at ten thousand of them.
    with os.scandir(folder) as found:
        regular = {
            entry.name: entry.is_file(follow_symlinks=False)
            for entry in found
            if not UNFINISHED.fullmatch(entry.name) and not _is_lock(entry)
        }
    for name in sorted(regular, key=_stem):
        yield _entry(str(folder), name, regular[name])


def _is_lock(entry: "os.DirEntry[str]") -> bool:
    """Whether an editor locks a file by it, as Emacs does: by a link to nothing."""
    return entry.name.startswith(".#") and entry.is_symlink()


def entry(folder: Path, name: str) -> Entry:
    """What lies in `folder` by that name now."""
    try:
        regular = stat.S_ISREG((folder / name).lstat().st_mode)
    except OSError as error:
        return Entry(name, None, tuple(_unreadable(error)[1]))
    return _entry(str(folder), name, regular)


def read_regular(path: Path, limit: int = MAX_BYTES) -> tuple[bytes | None, list[Problem]]:
    """At most `limit` + 1 bytes of a regular file; anything else is a problem, never opened."""
    try:
        return _read(str(path), limit, stat.S_ISREG(path.lstat().st_mode))
    except OSError as error:
        return _unreadable(error)


def _read(path: str, limit: int, regular: bool) -> tuple[bytes | None, list[Problem]]:
    if not regular:
        return _refused("not a regular file", "replace the link or folder with the record itself")
    try:
        # Between the look and the opening it may have been replaced: look again at what is open.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return _refused("not a regular file", "replace it with the record itself")
            data = os.read(descriptor, limit + 1)
            while len(data) <= limit and (more := os.read(descriptor, limit + 1 - len(data))):
                data += more
        finally:
            os.close(descriptor)
    except OSError as error:
        return _unreadable(error)
    return data, []


def _unreadable(error: OSError) -> tuple[None, list[Problem]]:
    return _refused(f"cannot be read: {error.strerror}", "check the file and its permissions")


def _refused(message: str, fix: str) -> tuple[None, list[Problem]]:
    return None, [Problem(1, "unreadable-file", message, fix)]


def _entry(folder: str, name: str, regular: bool) -> Entry:
    match = NAME.fullmatch(name)
    if match is None or len(name) > 105:
        message = "unexpected file"
        fix = "name a record <id>.yaml, with lower-case ASCII words joined by '-' as the id; move other files elsewhere"
        return Entry(name, None, (Problem(1, "file-name", message, fix),))
    if RESERVED.fullmatch(match["id"]):
        fix = "choose another id, such as the model's name and the year"
        return Entry(name, None, (Problem(1, "file-name", f"{match['id']!r} is reserved", fix),))
    data, problems = _read(f"{folder}/{name}", MAX_BYTES, regular)
    return Entry(name, data, tuple(problems))


def _stem(name: str) -> str:
    return name.removesuffix(".yaml")
