"""Work on all cores: the same function over many items, in processes of its own."""

import concurrent.futures
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST = 8
"""Processes at once; each costs memory."""


class Spread(Generic[T, R]):
    """`work` of each piece of some items; iterated, it is done and gives the results in order.

    A process begins as a copy of this one, so `work` may use all that was made before; what it
    changes is lost but for its result. Where there is one core, one piece, or no safe way to copy a
    process, all is done in this one. What `work` raises is raised here.
    """

    def __init__(self, work: Callable[[Sequence[T]], R], items: Sequence[T], piece: int) -> None:
        """Do `work` on `piece` of the `items` at a time."""
        self._work = work
        self._pieces = [items[start : start + piece] for start in range(0, len(items), piece)]

    def __len__(self) -> int:
        return len(self._pieces)

    def __iter__(self) -> Iterator[R]:
        workers = min(_cores(), len(self._pieces), MOST)
        if workers < 2 or not _can_fork():
            yield from map(self._work, self._pieces)
            return
        with concurrent.futures.ProcessPoolExecutor(
            workers, multiprocessing.get_context("fork"), _begin, (self._work, self._pieces)
        ) as pool:
            try:
                yield from pool.map(_do, range(len(self._pieces)))
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise


_given: tuple[Callable[[Any], Any], list[Any]]


def _begin(work: Callable[[Any], Any], pieces: list[Any]) -> None:
    global _given
    _given = work, pieces
    # What was there before stays: to look through it for waste would copy its memory.
    gc.freeze()
    # Whoever presses Ctrl+C means the process that started this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _do(number: int) -> Any:
    work, pieces = _given
    return work(pieces[number])


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _can_fork() -> bool:
    # The copy of a process has none of its threads, but every lock that they held.
    return sys.platform == "linux" and threading.active_count() == 1
