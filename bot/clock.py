"""The one clock: aware UTC; on PostgreSQL its base is the database's, in tests and the demo it can be turned."""

import time
from datetime import UTC, datetime, timedelta


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
