"""A process as a whole: how long it takes, how much memory, how much it writes."""

import dataclasses
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]

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
        said: What it printed.
    """

    seconds: float
    processor: float
    peak: int
    said: str = ""


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


def run(command: Sequence[str], **variables: str) -> Usage:
    """Run `command` to its end, with `variables` added to the environment.

    Raises:
        RuntimeError: It failed; the message ends with what it said.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(  # nosec B603  # noqa: S603 - the benchmark's own commands
            command,
            cwd=ROOT,
            env={**os.environ, **variables},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watch = _Watch(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        output.seek(0)
        said = output.read().decode(errors="replace")
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{said[-2000:]}")
    # Elsewhere the largest single process must do; macOS counts in bytes, others in KiB.
    alone = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    peak = watch.stop()
    return Usage(seconds, used.ru_utime + used.ru_stime, peak if _PROC.is_dir() else alone, said)


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
        # A process keeps its session: to ask all others again and again would be a load of its own.
        member: dict[str, bool] = {}
        while True:
            for name in _processes():
                if name not in member:
                    member[name] = _session_of(name) == self._session
            mine = [name for name, is_mine in member.items() if is_mine]
            self._peak = max(self._peak, sum(map(_proportional_size, mine)))
            if self._ended.wait(_INTERVAL):
                return


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
