"""The pace of all messages of one bot: evenly, not in bursts."""

from time import monotonic


class Pacer:
    """At most `rate` a second, evenly; 0 = no limit. Who claims asks first, so that nothing waits under its lease."""

    def __init__(self, rate: float) -> None:
        self._gap = 1 / rate if rate else 0.0
        self._next = 0.0

    def slots(self, most: int) -> int:
        """How many may leave now, at most `most`."""
        if not self._gap:
            return most
        return 1 if self.wait <= 0 else 0

    @property
    def wait(self) -> float:
        """Seconds until one may leave."""
        return self._next - monotonic()

    def spend(self) -> None:
        """One leaves; after a stall the turns that were missed are not made up for in a burst."""
        if self._gap:
            self._next = max(self._next, monotonic() - self._gap) + self._gap
