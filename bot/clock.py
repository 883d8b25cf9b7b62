"""The one clock: aware UTC; on PostgreSQL its base is the database's, in tests and the demo it can be turned."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import httpx


class Clock:
    """The real time, advanced by the monotonic clock from a base that can be set again."""

    def __init__(self) -> None:
        self._base = datetime.now(UTC)
        self._from = time.monotonic()

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return self._base + timedelta(seconds=time.monotonic() - self._from)

    def set(self, now: datetime) -> None:
        """From now on it is `now` (the database's clock, or a turned one)."""
        self._base, self._from = now.astimezone(UTC), time.monotonic()

    def drift(self, now: datetime) -> timedelta:
        """How far `now` (another clock's reading) is ahead of this one."""
        return now - self.now()


async def follow(clock: Clock, control: str, *, once: bool = False) -> None:
    """Follow the clock of the local Telegram at `control`: a long poll that answers when it is turned.

    `once`: return when the clock was set, and not before: in the wrong time everything would be late or old.
    """
    version = -1
    async with httpx.AsyncClient(trust_env=False, timeout=40) as client:
        while True:
            try:
                answer = await client.get(control, params={"after": version, "timeout": 0 if once else 20})
                body = answer.json()
                if body["version"] != version or once:
                    clock.set(datetime.fromisoformat(body["now"].replace("Z", "+00:00")))
                    version = body["version"]
                if once:
                    return
            except (httpx.HTTPError, ValueError, KeyError):
                await asyncio.sleep(0.5)
