"""Running the bot until it is told to stop: SIGTERM and SIGINT end it at every moment, within seconds."""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from bot.app import App

log = logging.getLogger("tersapa")

SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT})
PATIENCE = 4.5
"""Seconds from the signal to the end at the latest. What hangs then is left: every promise survives a kill."""


class Ending:
    """Hears the signals from now on in a thread of its own, so that nothing that blocks the bot can miss them."""

    def __init__(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # before other threads begin: they inherit it
        self._loop = asyncio.get_running_loop()
        self._asked = asyncio.Event()
        Thread(target=self._hear, name="signals", daemon=True).start()

    async def wait(self) -> None:
        """Wait for the first signal."""
        await self._asked.wait()

    def _hear(self) -> None:
        """After the first signal the bot has its time; a second one, or the end of that time, ends it hard."""
        signal.sigwait(SIGNALS)
        with suppress(RuntimeError):  # the loop has ended by itself
            self._loop.call_soon_threadsafe(self._asked.set)
        signal.sigtimedwait(SIGNALS, PATIENCE)
        log.warning("stopped in haste")
        os._exit(0)


def serve(make: Callable[[], App]) -> None:
    """Make a bot and run it until a signal; what is wrong with its settings is raised."""
    with asyncio.Runner(loop_factory=_light_loop()) as runner:
        runner.run(_serve(make))


def _light_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it exists, or None: the loop of the standard library."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


async def _serve(make: Callable[[], App]) -> None:
    ended = asyncio.create_task(Ending().wait())
    bot = make()
    starting = asyncio.create_task(bot.start())
    try:
        await asyncio.wait({starting, ended}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            gc.collect()
            gc.freeze()  # places and catalogs stay: a whole look for garbage took 75 ms, and takes 12 without them
            await ended
        else:
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
    finally:
        await bot.stop()
