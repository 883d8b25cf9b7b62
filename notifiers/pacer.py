"""The pace of all messages of one bot: evenly, not in bursts."""

from collections import deque
from time import monotonic

HASTE = 1.125
"""How much faster than its rate it goes while it makes up for a stall."""


class Pacer:
    """At most `rate` in any second, evenly; 0 = no limit. Who claims asks first, so nothing waits under its lease."""

    def __init__(self, rate: float) -> None:
        self._gap = 1 / (rate * HASTE) if rate else 0.0
        self._sent: deque[float] = deque(maxlen=max(1, int(rate)))
        """When the last ones left: the next one leaves `_span` after the first of them."""
        self._span = max(1, int(rate)) / rate if rate else 0.0

    def slots(self, most: int) -> int:
        """How many may leave now, at most `most`."""
        if not self._gap:
            return most
        return 1 if self.wait <= 0 else 0

    @property
    def wait(self) -> float:
        """Seconds until one may leave."""
        if not self._sent:
            return 0.0
        full = self._sent[0] + self._span if len(self._sent) == self._sent.maxlen else 0.0
        return max(self._sent[-1] + self._gap, full) - monotonic()

    def spend(self) -> None:
        """One leaves."""
        if self._gap:
            self._sent.append(monotonic())
