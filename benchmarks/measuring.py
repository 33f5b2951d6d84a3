"""A process as a whole: how long it takes, how much memory, how much it writes."""

import dataclasses
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_PROC = Path("/proc")
_INTERVAL = 0.05
"""Seconds between two looks at the memory."""


@dataclasses.dataclass(frozen=True)
class Usage:
    """What a process and all that it started have used.

    Attributes:
        seconds: From its start to its end, as the clock on the wall says.
        processor: Seconds of all cores together.
        peak: Bytes of memory at the worst moment.
    """

    seconds: float
    processor: float
    peak: int


@dataclasses.dataclass(frozen=True)
class Written:
    """The files below a folder: how many, and their bytes."""

    files: int
    size: int

    @classmethod
    def below(cls, folder: Path) -> "Written":
        """Count what lies below `folder`."""
        sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
        return cls(len(sizes), sum(sizes))


def run(command: Sequence[str], folder: Path, **variables: str) -> Usage:
    """Run `command` in `folder` to its end, with `variables` added to the environment.

    Raises:
        RuntimeError: It failed; the message ends with what it said.
    """
    said = folder / "said.txt"
    environment: Mapping[str, str] = {**os.environ, **variables}
    with said.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the benchmark's own commands
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watch = _Watch(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        text = said.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"{' '.join(command)} failed:\n{text[-2000:]}")
    # Linux counts in KiB, macOS in bytes; both of the largest single process.
    alone = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Usage(seconds, used.ru_utime + used.ru_stime, watch.stop() or alone)


class _Watch:
    """Looks again and again at the memory of all processes of one session.

    Memory that processes share is counted once: the sum of their proportional set sizes.
    """

    def __init__(self, session: int) -> None:
        self._session = session
        self._peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """The peak in bytes; 0 where the system does not tell."""
        self._ended.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._ended.wait(_INTERVAL):
            members = [name for name in _processes() if _session_of(name) == self._session]
            self._peak = max(self._peak, sum(map(_proportional_size, members)))


def _processes() -> list[str]:
    return [name for name in os.listdir(_PROC) if name.isdigit()] if _PROC.is_dir() else []  # noqa: PTH208


def _session_of(process: str) -> int:
    try:
        stat = (_PROC / process / "stat").read_text(encoding="utf-8", errors="replace")
        # The program's name, in parentheses, may hold anything.
        return int(stat.rpartition(")")[2].split()[3])
    except OSError:
        return 0


def _proportional_size(process: str) -> int:
    try:
        for line in (_PROC / process / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
