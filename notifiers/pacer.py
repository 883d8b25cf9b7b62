"""The pace of all messages of one bot: evenly, in no burst of more than a few."""

import math
from collections import deque
from time import monotonic

HASTE = 1.0625
"""How much faster than its rate it goes while it makes up for a stall."""
AT_ONCE = 2
"""So many may leave at once after a pause: a claim takes time, and in a flood it comes seldom."""
SILENT = 1.0
"""Seconds after which one who has no share looks again."""


class Pacer:
    """At most `rate` in any second, evenly; 0 = no limit. Who claims asks first, so nothing waits under its lease.

    Several processes may share the rate: each has its part for some time, and is silent after it.
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._sent: deque[float] = deque(maxlen=max(1, int(rate)))
        """When the last ones left."""
        self._due = 0.0
        """When the next one may leave, but for the limit of a second."""
        self.share(1, math.inf)

    def share(self, among: int, seconds: float) -> None:
        """Have this part of the rate for so long; among 0: none of it."""
        self._until = monotonic() + seconds if among else -math.inf
        rate = self._rate / (among or 1)
        self._gap = 1 / (rate * HASTE) if rate else 0.0
        self._most, self._span = max(1, int(rate)), max(1.0, 1 / rate) if rate else 0.0

    def slots(self, most: int) -> int:
        """How many may leave now, at most `most`."""
        if not self._gap:
            return most
        if self.wait > 0:
            return 0
        now = monotonic()
        earned = 1 + int((now - self._due) / self._gap)
        left = (
            self._most - sum(at > now - self._span for at in self._sent),
            self._most // 2 + AT_ONCE - sum(at > now - self._span / 2 for at in self._sent),
        )
        return max(1, min(most, AT_ONCE, earned, *left))

    @property
    def wait(self) -> float:
        """Seconds until one may leave."""
        now = monotonic()
        if now >= self._until:
            return SILENT
        half = self._most // 2 + AT_ONCE
        ends = (self._ends(self._most, self._span), self._ends(half, self._span / 2))
        return max(self._due, *ends) - now

    def _ends(self, most: int, span: float) -> float:
        """When a span that holds `most` messages is over."""
        return self._sent[-most] + span if len(self._sent) >= most else 0.0

    def spend(self) -> None:
        """One leaves."""
        if self._gap:
            now = monotonic()
            self._sent.append(now)
            self._due = max(self._due, now - AT_ONCE * self._gap) + self._gap
