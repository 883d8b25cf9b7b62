"""The database is away when the bot starts: it is waited for. One that answers and refuses the bot is not."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

from sqlalchemy.exc import OperationalError

from storage.database import Database

log = logging.getLogger("tersapa")

T = TypeVar("T")
PAUSE, SAID_EVERY = 1.0, 60.0
"""Seconds between two tries, and between two lines of the log."""
REFUSALS = 3
"""So often in a row a server that answers may refuse: right after its start it does so to everybody."""


async def outlast(db: Database, work: Callable[[], Awaitable[T]]) -> T:
    """Do `work` once the database answers; its error is raised when it answers and refuses (a wrong password)."""
    refused, said = 0, -SAID_EVERY
    while True:
        try:
            return await work()
        except OperationalError:
            answers = await asyncio.to_thread(db.answers)
            refused = refused + 1 if answers else 0
            if db.sqlite or refused == REFUSALS:
                raise
        if not answers and monotonic() - said >= SAID_EVERY:
            log.warning("PostgreSQL does not answer at [database] url, waiting for it")
            said = monotonic()
        await asyncio.sleep(PAUSE)
