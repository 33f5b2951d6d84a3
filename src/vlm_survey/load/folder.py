"""What lies in a folder of records, and its bytes, without following links or trusting names."""

import dataclasses
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from vlm_survey.load.reading import Problem
from vlm_survey.load.text import MAX_BYTES

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


def entries(folder: Path) -> Iterator[Entry]:
    """Everything that lies in `folder`, sorted by id."""
    with os.scandir(folder) as found:
        names = sorted((entry.name for entry in found), key=_stem)
    for name in names:
        yield _entry(folder, name)


def read_regular(path: Path, limit: int = MAX_BYTES) -> tuple[bytes | None, list[Problem]]:
    """At most `limit` + 1 bytes of a regular file; anything else is a problem, never opened."""

    def refused(message: str, fix: str) -> tuple[None, list[Problem]]:
        return None, [Problem(1, "unreadable-file", message, fix)]

    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return refused("not a regular file", "put the record itself here, not a link or folder")
        # Between the look and the opening it may have been replaced: look again at what is open.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return refused("not a regular file", "put the record itself here")
            return file.read(limit + 1), []
    except OSError as error:
        return refused(f"cannot be read: {error.strerror}", "check the file and its permissions")


def _entry(folder: Path, name: str) -> Entry:
    match = NAME.fullmatch(name)
    if match is None or len(name) > 105:
        message = "unexpected file"
        fix = "name a record <id>.yaml, the id in lower-case ASCII words joined by '-'; move others out"
        return Entry(name, None, (Problem(1, "file-name", message, fix),))
    if RESERVED.fullmatch(match["id"]):
        fix = "choose another id, such as the model's name with the year"
        return Entry(name, None, (Problem(1, "file-name", f"{match['id']!r} is reserved", fix),))
    data, problems = read_regular(folder / name)
    return Entry(name, data, tuple(problems))


def _stem(name: str) -> str:
    return name.removesuffix(".yaml")
