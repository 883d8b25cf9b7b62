"""The timekeeper: the bot's clock is set by where the time is kept, and a jump of it is noticed."""

import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock, follow
from storage.database import Database, database_now

log = logging.getLogger("tersapa")

JUMP = timedelta(seconds=5)
"""A clock that differs by less is left alone."""


class Timekeeper:
    """Takes the time from a turned clock at `control`, from the database's host, or from this machine.

    A clock of another kind (of a story) is its own master. `jumped` hears from when to when the clock jumped, `begin`
    runs what follows a turned one.
    """

    def __init__(
        self,
        clock: Clock,
        db: Database,
        control: str | None,
        begin: Callable[[Coroutine[Any, Any, None]], object],
        jumped: Callable[[datetime, datetime], Awaitable[None]],
    ) -> None:
        self._clock, self._db, self._control, self._begin, self._jumped = clock, db, control, begin, jumped
        self._following = False

    async def set_clock(self) -> None:
        """Set the clock now."""
        if self._control is not None:
            if not self._following:
                await follow(self._clock, self._control, once=True)
                self._begin(follow(self._clock, self._control))
                self._following = True
        elif type(self._clock) is Clock:
            await self._compare()

    async def _compare(self) -> None:
        real = Clock().now() if self._db.sqlite else await self._db.run(database_now, "clock")
        ahead = self._clock.drift(real)
        if abs(ahead) < JUMP:
            return
        log.error("the clock jumped", extra={"seconds": int(ahead.total_seconds())})
        before = self._clock.now()
        self._clock.set(real)
        await self._jumped(before, real)
