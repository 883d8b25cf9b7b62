"""A clock that can be turned, and a bell that rings when something changed."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Any


class Pulse:
    """A counter that others can wait on."""

    __slots__ = ("_waiters", "version")

    def __init__(self) -> None:
        self.version = 0
        self._waiters: list[asyncio.Future[None]] = []

    def bump(self) -> None:
        """Count one up and wake everyone who waits."""
        self.version += 1
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self, after: int, timeout: float) -> int:  # noqa: ASYNC109 - the caller's long poll names it
        """Return the version as soon as it exceeds `after`, or when the time is up."""
        if self.version <= after and timeout > 0:
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiters.append(waiter)
            # `asyncio.wait` needs no exception for the ordinary end of a long poll.
            try:
                await asyncio.wait([waiter], timeout=timeout)
            finally:
                if not waiter.done():
                    waiter.cancel()
                    self._waiters = [other for other in self._waiters if other is not waiter]
        return self.version


class Clock:
    """Telegram's time: real time plus an offset, or standing still."""

    def __init__(self, start: datetime | None = None) -> None:
        self.offset = 0.0
        self.pulse = Pulse()
        self._frozen: float | None = None
        if start is not None:
            self.set(start)

    def timestamp(self) -> float:
        """Seconds since 1970 by this clock."""
        return (time.time() if self._frozen is None else self._frozen) + self.offset

    def now(self) -> datetime:
        """The time by this clock, aware, in UTC."""
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def advance(self, seconds: float) -> None:
        """Turn the clock by some seconds."""
        self.offset += seconds
        self.pulse.bump()

    def set(self, when: datetime) -> None:
        """Turn the clock to a moment; a time without a zone is read as UTC."""
        aware = when if when.tzinfo else when.replace(tzinfo=UTC)
        self.offset += aware.timestamp() - self.timestamp()
        self.pulse.bump()

    def freeze(self, still: bool = True) -> None:
        """Make the clock stand still (it can still be turned), or let it run on from where it is."""
        shown = self.timestamp()
        self._frozen = time.time() if still else None
        self.offset += shown - self.timestamp()
        self.pulse.bump()

    @property
    def frozen(self) -> bool:
        """Whether the clock stands still."""
        return self._frozen is not None

    def info(self) -> dict[str, Any]:
        """What `GET /control/clock` answers."""
        now = self.now().isoformat(timespec="microseconds")
        return {"now": now, "offset": self.offset, "version": self.pulse.version, "frozen": self.frozen}
