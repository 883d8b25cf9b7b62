"""How much of a long test runs: a part in each run of the tests, the whole in the campaign (`WHOLE=1`)."""

import os
from collections.abc import Iterable, Sequence
from itertools import product
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")
WHOLE = bool(os.environ.get("WHOLE"))


def many(whole: int, part: int) -> int:
    """So many of something: the `whole` in the campaign, else a `part`."""
    return whole if WHOLE else part


def each(whole: Iterable[T], *part: T) -> list[T]:
    """All of something in the campaign, else this part of it."""
    return list(whole if WHOLE else part)


def pairs(one: Sequence[T], other: Sequence[U]) -> list[tuple[T, U]]:
    """Each of one with each of the other in the campaign; else each of both once, beside one of the other."""
    if WHOLE:
        return list(product(one, other))
    return [(one[n % len(one)], other[n % len(other)]) for n in range(max(len(one), len(other)))]
