"""Writing files all or nothing, and leaving none behind that is not finished."""

import contextlib
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

UNFINISHED = re.compile(r"\..+\.\w+\.tmp")
"""Names of files that are being written, or that nobody lived to finish: they say nothing yet."""

_ABANDONED = 3600
"""Seconds after which nobody is still writing such a file."""


def inside(root: Path, name: str) -> Path:
    """The path `name` below `root`, to be written to.

    Raises:
        OSError: A folder on the way is a link, which may lead out of `root`.
    """
    path = root / name
    for folder in path.relative_to(root).parents:
        if folder.name and (root / folder).is_symlink():
            raise OSError(f"{root / folder} is a symbolic link; nothing is written through it")
    return path


def write_atomically(path: Path, data: bytes | str) -> bool:
    """Write `data` to `path` so that whoever looks sees the old file or the new one, whole.

    An existing file keeps its mode, and is not touched when it holds `data` already.

    Returns:
        Whether the file was written.

    Raises:
        OSError: It could not be written; the old file is as it was.
    """
    content = data.encode() if isinstance(data, str) else data
    mode = 0o644
    if path.is_symlink():
        raise OSError(f"{path} is a symbolic link; nothing is written through it")
    if path.is_file():
        if path.read_bytes() == content:
            return False
        mode = stat.S_IMODE(path.stat().st_mode)
    elif path.exists():
        raise OSError(f"{path} is not a regular file and is not replaced")
    path.parent.mkdir(parents=True, exist_ok=True)
    clear(path.parent, f".{path.name}.*.tmp")
    _write(path, content, mode, lambda temporary: temporary.replace(path))
    return True


def write_new(path: Path, data: bytes | str, *, is_cleared: bool = False) -> None:
    """Write `data` to `path`, where nothing is yet: of two who do so at once, one fails.

    Args:
        path: Where to write.
        data: What to write.
        is_cleared: Whether `clear` was called for the folder. It looks through the folder once for
            many files, which else is done for each.

    Raises:
        FileExistsError: There is something.
        OSError: It could not be written; there is still nothing.
    """
    content = data.encode() if isinstance(data, str) else data
    # A second name, unlike another place, is given to nothing that has one.
    path.parent.mkdir(parents=True, exist_ok=True)
    if not is_cleared:
        clear(path.parent, f".{path.name}.*.tmp")
    _write(path, content, 0o644, lambda temporary: path.hardlink_to(temporary))


def _write(path: Path, content: bytes, mode: int, put: Callable[[Path], object]) -> None:
    """Write `content` to a file beside `path`, and `put` that in its place once it is whole."""
    # The name is there before the file: who is interrupted in between still knows what to remove.
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    with unfinished(temporary):
        with open(temporary, "xb", opener=_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        put(temporary)


@contextlib.contextmanager
def unfinished(path: Path) -> Iterator[None]:
    """While this lasts, what lies at `path` is of use to nobody else; then, however it ends, it is removed."""
    _UNDER_WAY.add(path)
    try:
        yield
    finally:
        _remove(path)
        _UNDER_WAY.discard(path)


def remove_unfinished() -> None:
    """Remove all that is unfinished, before the process ends without ending what it does."""
    for path in list(_UNDER_WAY):
        _remove(path)


_UNDER_WAY: set[Path] = set()


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
    # A folder is not unlinked.
    shutil.rmtree(path, ignore_errors=True)


def _private(path: str, flags: int) -> int:
    """Open a file that nobody else may read yet."""
    return os.open(path, flags, 0o600)


def clear(folder: Path, pattern: str = ".*.tmp") -> None:
    """Remove from `folder` what earlier writers were killed over."""
    for left in folder.glob(pattern):
        with contextlib.suppress(OSError):
            if UNFINISHED.fullmatch(left.name) and time.time() - left.lstat().st_mtime > _ABANDONED:
                left.unlink()
