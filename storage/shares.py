"""Whose turn it is between lanes: each class of messages has its share, and nobody's flood takes another's (row 163).

A share that its class does not use falls to the others, so nothing stands still while something waits.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import TypeVar

from storage.kinds import CALM, CASE, LIST, PING, PRESS, URGENT

T = TypeVar("T")
K = TypeVar("K")


class Share(IntEnum):
    """A class of lanes, by the most urgent message that waits in one."""

    PINGS = 0
    """Who is asked about a case, and who pressed *Ada bahaya*."""
    CASES = 1
    """Answers about a case: to its reporter, and to whoever works on it."""
    ANSWERS = 2
    """Answers to anybody."""
    REST = 3
    """News, advice, cards that are drawn again, lists."""


PRIORITIES: Mapping[Share, tuple[int, int]] = {
    Share.PINGS: (URGENT, PING),
    Share.CASES: (CASE, CASE),
    Share.ANSWERS: (PRESS, PRESS),
    Share.REST: (CALM, LIST),
}
"""The priorities of each class, from the first to the last."""

_P, _C, _A, _R = Share
WHEEL: tuple[tuple[Share, ...], ...] = (
    (_P, _C, _A, _R),
    (_C, _A, _P, _R),
    (_A, _C, _P, _R),
    (_P, _C, _A, _R),
    (_A, _C, _P, _R),
    (_R, _A, _C, _P),
)
"""Who is asked first for each message in turn: pings have a third, all answers a half, and the rest what is left."""

FREE = 3
"""Of what is in flight every third place is kept for pings."""


def of(priority: int) -> Share:
    """The class of a lane whose most urgent message has this priority."""
    return next((share for share, (_, last) in PRIORITIES.items() if priority <= last), Share.REST)


def dealt(waiting: Mapping[Share, Sequence[T]], at: int, most: int, others: int) -> list[T]:
    """Which lanes go: at most `most` in all and `others` that are no pings, from the place `at` of the wheel on."""
    going: list[T] = []
    for share, lane in deal(WHEEL, waiting, at, sum(map(len, waiting.values()))):
        if len(going) == most:
            break
        if share is Share.PINGS or others > 0:
            others -= share is not Share.PINGS
            going.append(lane)
    return going


def deal(wheel: Sequence[Sequence[K]], waiting: Mapping[K, Sequence[T]], at: int, most: int) -> list[tuple[K, T]]:
    """At most `most` of those who wait, each with its class, from the place `at` of the wheel on.

    Each place of the wheel names the classes in the order in which they are asked; who stands first in a class goes
    first.
    """
    queues = {of: deque(found) for of, found in waiting.items()}
    going: list[tuple[K, T]] = []
    for place in range(at, at + most):
        of = next((of for of in wheel[place % len(wheel)] if queues.get(of)), None)
        if of is None:
            break
        going.append((of, queues[of].popleft()))
    return going
