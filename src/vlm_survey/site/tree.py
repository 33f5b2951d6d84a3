"""The folder of the site: the next one is made beside the one that is served, and takes its place at once.

What is the same in both is one file with two names, so that a build writes only what changed, and the
times of files say when their contents did.
"""

import contextlib
import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from vlm_survey.errors import CatalogError
from vlm_survey.files import unfinished

try:
    import fcntl
except ImportError:  # Windows has none; there two builds at once are up to their user.
    fcntl = None  # type: ignore[assignment]

T = TypeVar("T")

_PART = 1 << 20
"""Bytes that are compared at once."""

_ITSELF = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""How files are opened: not what a link leads to, and byte by byte."""


class Tree:
    """A site that is being made.

    Attributes:
        work: A folder for whatever is needed meanwhile, empty at first; gone when this is closed.
    """

    def __init__(self, site: Path) -> None:
        """Make the next site for the folder `site`.

        What is left of an earlier one is taken as a beginning: after a build it is the site before.

        Raises:
            CatalogError: There is something else at one of the places, or another build at work.
        """
        self._site, self._next = site, site.with_name(f".{site.name}-next")
        self.work = site.with_name(f".{site.name}-work")
        for place in (self._site, self._next, self.work):
            if place.is_symlink() or (place.exists() and not place.is_dir()):
                raise CatalogError(f"{place} is not a folder; remove it, then build again")
        self._next.mkdir(exist_ok=True)
        self._held = os.open(self._next, os.O_RDONLY) if fcntl else None
        if fcntl and self._held is not None:
            try:
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(self._held)
                raise CatalogError(
                    f"{self._next} is in use: another build makes this site; wait until it is done"
                ) from error
        self._work = contextlib.ExitStack()
        self._work.enter_context(unfinished(self.work))
        # A build that was killed has left what it was at.
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()

    def close(self) -> None:
        """Let other builds make the site."""
        self._work.close()
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def keep_only(self, paths: Iterable[str]) -> None:
        """Remove all from the next site that is at none of these paths, before any is written."""
        _clear(str(self._next), {f"{self._next}/{path}" for path in paths})

    def write(self, path: str, data: bytes) -> bool:
        """Let the next site hold `data` at `path`.

        Returns:
            Whether this is anything else than what the site holds there now.
        """
        target, served = f"{self._next}/{path}", f"{self._site}/{path}"
        same = _holds(served, data)
        if same and _is_one(target, served):
            return False
        # A file that is served too must not be written into.
        with contextlib.suppress(FileNotFoundError):
            os.unlink(target)
        if not (same and _in_folder(target, lambda: _linked(served, target))):
            _in_folder(target, lambda: _write_new(target, data))
        return not same

    def swap(self) -> None:
        """Let the next site take the place of the one before, which becomes the beginning of another."""
        if not self._site.exists():
            self._next.rename(self._site)
        elif not _exchange(self._next, self._site):
            before = self._site.with_name(f".{self._site.name}-before")
            self._site.rename(before)
            self._next.rename(self._site)
            before.rename(self._next)


def _holds(path: str, data: bytes) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | _ITSELF)
    except OSError:
        return False
    try:
        if os.fstat(descriptor).st_size != len(data):
            return False
        # A large file need not be in memory twice.
        view = memoryview(data)
        while view and (part := os.read(descriptor, _PART)):
            if part != view[: len(part)]:
                return False
            view = view[len(part) :]
        return not view
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _is_one(path: str, other: str) -> bool:
    """Whether both are names of one file."""
    try:
        return os.path.samestat(os.lstat(path), os.lstat(other))
    except OSError:
        return False


def _linked(path: str, target: str) -> bool:
    """Give a file another name; returns whether its file system lets one have two."""
    try:
        os.link(path, target)
    except FileNotFoundError:
        raise
    except OSError:
        return False
    return True


def _write_new(path: str, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _ITSELF, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)


def _in_folder(path: str, work: Callable[[], T]) -> T:
    """Do what needs the folder of `path`, which is made if it is not there."""
    try:
        return work()
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return work()


def _clear(folder: str, wanted: set[str]) -> bool:
    """Remove what is not wanted; returns whether nothing is left."""
    is_empty = True
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if _clear(entry.path, wanted):
                    os.rmdir(entry.path)
                else:
                    is_empty = False
            elif entry.path in wanted and not entry.is_symlink():
                is_empty = False
            else:
                os.unlink(entry.path)
    return is_empty


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one move, where the system can: renameat2(2) of Linux."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    here, exchange = -100, 2
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
