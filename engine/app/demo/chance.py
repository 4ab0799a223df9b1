"""Seeded chance in whole numbers, so that a demo is the same on every machine."""

import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Chance:
    """A stream of chance of its own for each name, so that one part of the story never shifts another."""

    def __init__(self, seed: int, name: str) -> None:
        self._random = random.Random(f"{seed}/{name}")

    def percent(self, likely: int) -> bool:
        """True in so many of a hundred cases."""
        return self._random.randrange(100) < likely

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both possible."""
        return self._random.randint(low, high)

    def one_of(self, items: Sequence[Item]) -> Item:
        """One of the items, each as likely."""
        return items[self._random.randrange(len(items))]

    def weighted(self, items: Sequence[tuple[Item, int]]) -> Item:
        """One of the items, as likely as its weight says."""
        point = self._random.randrange(sum(weight for _, weight in items))
        for item, weight in items:
            if point < weight:
                return item
            point -= weight
        raise AssertionError("the point lies below the sum of the weights")
