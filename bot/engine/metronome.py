"""The metronome: APScheduler in memory calls work again and again; never late twice, never two at once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger("tersapa")

Work = Callable[[], Awaitable[object]]
LAST = 1.0
"""Seconds that what is at hand is given at a stop: each row of a sweep is a transaction of its own."""


class Metronome:
    """Calls each work in its rhythm; one that fails is logged, and called again."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._at_hand = 0
        self._still = asyncio.Event()
        self._still.set()

    def every(self, seconds: float, work: Work, name: str) -> None:
        """Have `work` called every so many seconds."""
        options = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler.add_job(self._guarded(work, name), "interval", seconds=seconds, **options)

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Call nothing more, and let what is at hand end; does nothing if it never began."""
        if not self._scheduler.running:
            return
        self._scheduler.remove_all_jobs()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._still.wait(), LAST)
        self._scheduler.shutdown(wait=False)

    def _guarded(self, work: Work, name: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            self._at_hand += 1
            self._still.clear()
            try:
                await work()
            except Exception as error:
                log.error(f"{name} failed", extra={"error": type(error).__name__}, exc_info=error)
            finally:
                self._at_hand -= 1
                if not self._at_hand:
                    self._still.set()

        return run
