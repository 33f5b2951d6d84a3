"""Writing files all or nothing."""

import contextlib
import os
import stat
import tempfile
from pathlib import Path


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
        raise OSError(f"{path} is a symbolic link; it is not written through")
    if path.is_file():
        if path.read_bytes() == content:
            return False
        mode = stat.S_IMODE(path.stat().st_mode)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(
        dir=path.parent, prefix=f".{path.name}.", suffix=".tmp"
    )
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    return True
