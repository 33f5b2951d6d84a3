"""Work on all cores: the same function over many items, in processes of its own."""

import concurrent.futures
import contextlib
import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, cast

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


@contextlib.contextmanager
def beside(work: Callable[[], R]) -> Iterator[Callable[[], R]]:
    """Do `work` in a process of its own meanwhile; what is yielded waits for its result.

    What `work` raises is raised there. Where there is no safe way to copy a process, it is done first.
    """
    if not _can_fork():
        result = work()
        yield lambda: result
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_report, args=(work, sender))
    process.start()
    sender.close()

    def waited() -> R:
        try:
            outcome, value = receiver.recv()
        except EOFError:
            raise ChildProcessError("a process ended before its work was done") from None
        if outcome == "failed":
            raise value
        return cast("R", value)

    try:
        yield waited
    finally:
        receiver.close()
        process.terminate()
        process.join()


def _report(work: Callable[[], Any], sender: multiprocessing.connection.Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        sender.send(("done", work()))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where it was asked for
        sender.send(("failed", error))


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
