"""Work on all cores: the same function over many items, in processes of its own."""

import contextlib
import ctypes
import gc
import multiprocessing
import multiprocessing.connection
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

MOST = 8
"""Processes at once; each costs memory."""


_MOST_PIECES = 16_000
"""So many numbers fit into a pipe, with room to spare."""


class Spread(Generic[T, R]):
    """`work` of each piece of some items; iterated, it is done and gives the results in order.

    This process works too. Others begin as copies of it, so `work` may use all that was made before;
    what it changes there is lost but for its result. Where there is one core, one piece, or no safe
    way to copy a process, all is done in this one. What `work` raises is raised here.
    """

    def __init__(self, work: Callable[[Sequence[T]], R], items: Sequence[T], piece: int) -> None:
        """Do `work` on `piece` of the `items` at a time."""
        self._work = work
        piece = max(piece, -(-len(items) // _MOST_PIECES))
        self._pieces = [items[start : start + piece] for start in range(0, len(items), piece)]

    def __len__(self) -> int:
        return len(self._pieces)

    def __iter__(self) -> Iterator[R]:
        workers = min(_cores(), len(self._pieces), MOST)
        if workers < 2 or not _can_fork():
            yield from map(self._work, self._pieces)
            return
        context = multiprocessing.get_context("fork")
        turn = _numbers(len(self._pieces))
        others = [_Other(context, self._done_in_turn, turn) for _ in range(workers - 1)]
        for other in others:
            other.listen()
        found: dict[int, R] = {}
        following = 0
        try:
            for number, result in self._done_in_turn(turn):
                found[number] = result
                for other in others:
                    found.update(other.sent())
                while following in found:
                    yield found.pop(following)
                    following += 1
            for other in others:
                found.update(other.rest())
            yield from (found[number] for number in sorted(found))
        finally:
            for other in others:
                other.end()
            os.close(turn)

    def _done_in_turn(self, turn: int) -> Iterator[tuple[int, R]]:
        """Take the next piece that nobody has taken, until there is none."""
        while taken := os.read(turn, _NUMBER):
            number = int.from_bytes(taken, "little")
            yield number, self._work(self._pieces[number])


_NUMBER = 4
"""Bytes of a piece's number."""


def _numbers(count: int) -> int:
    """A pipe that holds the numbers up to `count`: whichever process reads one has taken it.

    So no process ever holds a lock, with which it could be killed.
    """
    turn, end = os.pipe()
    os.write(end, b"".join(number.to_bytes(_NUMBER, "little") for number in range(count)))
    os.close(end)
    return turn


class _Other:
    """Another process that takes pieces in turn, and what it has sent."""

    def __init__(
        self, context: Any, work: Callable[[int], Iterator[tuple[int, Any]]], turn: int
    ) -> None:
        self._receiver, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=_send_all, args=(work, turn, sender))
        _start(self._process)
        sender.close()
        self._news: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._is_over = False
        self._reader = threading.Thread(target=self._receive, daemon=True)

    def listen(self) -> None:
        """Take what it sends, which else would wait with each result until this process has time.

        To be called when all others have begun: no process is copied while a thread runs.
        """
        self._reader.start()

    def _receive(self) -> None:
        try:
            while True:
                self._news.put(self._receiver.recv())
        except (EOFError, OSError):
            self._news.put(("over", None))

    def sent(self) -> Iterator[tuple[int, Any]]:
        """What has come so far, by the numbers of the pieces."""
        while not self._news.empty():
            yield from self._taken(self._news.get())

    def rest(self) -> Iterator[tuple[int, Any]]:
        """All that is still to come."""
        while not self._is_over:
            yield from self._taken(self._news.get())

    def _taken(self, news: tuple[Any, Any]) -> Iterator[tuple[int, Any]]:
        number, result = news
        if number == "failed":
            raise result
        if number == "over" and not self._is_over:
            raise ChildProcessError("a process ended before its work was done")
        if number == "done":
            self._is_over = True
        elif number != "over":
            yield number, result

    def end(self) -> None:
        """Let it be no more, whether its work is done or not."""
        if not self._is_over:
            self._process.terminate()
        self._process.join()
        if self._reader.ident:
            self._reader.join()
        self._receiver.close()


def _send_all(
    work: Callable[[int], Iterator[tuple[int, Any]]],
    turn: int,
    sender: multiprocessing.connection.Connection,
) -> None:
    _begin()
    try:
        for news in work(turn):
            sender.send(news)
        sender.send(("done", None))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where it was asked for
        sender.send(("failed", error))


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def _start(process: Any) -> None:
    """Start it so that no signal finds it while it still answers as this process does."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux, the only system where processes are copied here: prctl(2)."""


def _begin() -> None:
    # Nobody is left to work for when the process that started this one is killed.
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    # What was there before stays: to look through it for waste would copy its memory.
    gc.freeze()
    # Whoever presses Ctrl+C means the process that started this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


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
    _start(process)
    sender.close()

    is_over = False

    def waited() -> R:
        nonlocal is_over
        try:
            outcome, value = receiver.recv()
        except EOFError:
            raise ChildProcessError("a process ended before its work was done") from None
        is_over = True
        if outcome == "failed":
            raise value
        return cast("R", value)

    try:
        yield waited
    finally:
        receiver.close()
        if not is_over:
            process.terminate()
        process.join()


def _report(work: Callable[[], Any], sender: multiprocessing.connection.Connection) -> None:
    _begin()
    try:
        sender.send(("done", work()))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where it was asked for
        sender.send(("failed", error))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _can_fork() -> bool:
    # The copy of a process has none of its threads, but every lock that they held.
    return sys.platform == "linux" and threading.active_count() == 1
