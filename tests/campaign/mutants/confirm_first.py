"""Mutant: the offset moves before the updates are stored."""

import asyncio
from typing import Any

from bot.cli import main
from handlers.intake import BATCH, Intake


async def poll(self: Any, call: Any, may_poll: Any) -> None:
    """What a stock poller does: confirm first, store when there is time."""
    offset = None
    while True:
        params = {"timeout": 1, "limit": BATCH} | ({"offset": offset} if offset else {})
        try:
            updates = await call("getUpdates", params, read_timeout=10)
            if updates:
                offset = max(int(update["update_id"]) for update in updates) + 1
                await call("getUpdates", {"offset": offset, "timeout": 0}, read_timeout=10)
                await asyncio.sleep(0.05)
                await self.store(updates)
        except Exception:
            await asyncio.sleep(0.1)


Intake.poll = poll  # type: ignore[method-assign]
main()
