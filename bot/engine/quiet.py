"""Quiet on SQLite: nobody wrote to the file since the last look, and nothing comes due before a known moment.

A look wakes two threads five times; asking for the age of two files wakes none. On PostgreSQL, where others write far
away, it is never quiet.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from time import time_ns
from typing import NamedTuple

LONGEST = timedelta(seconds=10)
"""A look is never left out for longer."""
GRAIN = 100_000_000
"""Nanoseconds in which a file may be written to twice and look the same."""

State = tuple[tuple[int, int], ...]
"""When each file was written to last (nanoseconds), and its size in bytes."""


class Sight(NamedTuple):
    """What is still to be done now."""

    waits: bool
    """For a turn, or for the wire."""
    due: bool


class Quiet:
    """Whether a look can be left out."""

    def __init__(self, file: Path | None) -> None:
        self._files = [Path(f"{file}{ending}") for ending in ("", "-wal")] if file else []
        self._state: State = ()
        self._begun: datetime
        self._ends: datetime

    def lasts(self, now: datetime) -> bool:
        """Whether what the last look found is still so."""
        return bool(self._state) and self._begun <= now < self._ends and self.state() == self._state

    def state(self) -> State:
        """The files as they are; () where another write could leave them looking the same."""
        with suppress(OSError):
            found = tuple((stat.st_mtime_ns, stat.st_size) for stat in (file.stat() for file in self._files))
            if all(written < time_ns() - GRAIN for written, _ in found):
                return found
        return ()

    async def looked(
        self, now: datetime, look: Callable[[], Awaitable[Sight]], following: Callable[[], Awaitable[datetime | None]]
    ) -> Sight:
        """Look; if nothing was found it is quiet until the next thing is due."""
        before, self._state = self.state(), ()
        sight = await look()
        if not any(sight):
            moment, self._begun = await following(), now
            self._ends = min(now + LONGEST, moment or now + LONGEST)
            self._state = before
        return sight

    def end(self) -> None:
        """Look at the next occasion, whatever there is."""
        self._state = ()
