"""Things that are drawn again and again: words, authors, bases."""

import random
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Growing(Generic[T]):
    """Draws things as texts draw words and papers draw authors.

    What was drawn often is drawn often again, and new things come ever more rarely: after n draws there
    are about n to the power of `discount` different ones (Heaps' law; the Pitman-Yor process).
    """

    def __init__(
        self,
        chance: random.Random,
        coin: Callable[[], T],
        discount: float,
        start: float = 0,
        drawn: Iterable[T] = (),
    ) -> None:
        """Begin with what was already `drawn`.

        Args:
            chance: Decides.
            coin: Makes a new thing.
            discount: How the number of different things grows, between 0 and 1.
            start: About so many draws are nearly all new.
            drawn: Earlier draws, each as often as it was drawn.
        """
        self._random = chance.random
        self._coin = coin
        self._discount, self._start = discount, start
        self._drawn = list(drawn)
        self._different = len(set(self._drawn))

    def draw(self) -> T:
        """One thing, new or not."""
        drawn = self._drawn
        count = len(drawn) + self._start
        if self._random() * count < self._start + self._discount * self._different or not drawn:
            thing = self._coin()
            self._different += 1
        else:
            thing = drawn[int(self._random() * len(drawn))]
        drawn.append(thing)
        return thing
