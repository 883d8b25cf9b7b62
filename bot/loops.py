"""The loops of one bot: what runs until it stops. One that ends by an error is in the log."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

log = logging.getLogger("tersapa")


AGAIN = 1.0
"""Seconds until a loop that ended by an error begins again."""


class Loops:
    """Every task that was begun and has not ended."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Task[Any]] = []

    def begin(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Let `work` run beside everything else."""
        task = asyncio.create_task(work)
        self.tasks.append(task)
        task.add_done_callback(self._ended)
        return task

    def keep(self, name: str, make: Callable[[], Coroutine[Any, Any, None]]) -> asyncio.Task[Any]:
        """Let what the bot lives by run beside everything else; if it ends by an error it begins again."""
        return self.begin(self._kept(name, make))

    async def _kept(self, name: str, make: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            try:
                await make()
                return
            except Exception as error:
                log.critical("a loop begins again", extra={"loop": name, "error": type(error).__name__}, exc_info=error)
            await asyncio.sleep(AGAIN)

    async def end(self) -> None:
        """Stop them all, wherever they are."""
        tasks = list(self.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        if task in self.tasks:
            self.tasks.remove(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a loop ended", extra={"error": type(error).__name__}, exc_info=error)
