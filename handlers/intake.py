"""Intake: a raw update is stored before it is confirmed to Telegram, by long poll or by webhook (row 97).

The calls of a webhook come through `handlers.receiver`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from time import monotonic
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.crash import crashpoint
from handlers.routes import ALLOWED_UPDATES
from storage import inbox, leader
from storage.database import Database
from storage.session import Session

log = logging.getLogger("tersapa.intake")

LONG_POLL = 30
BODY_TIME = 10.0
BATCH = 100
FLOOR = 1.0
"""Seconds between two polls that bring nothing new: some servers know no long poll and answer at once."""
CONFLICT_PAUSE = 5.0
CONFLICT_ALARM = 120.0
"""Seconds of somebody else polling after which it is no hand-over any more."""

Call = Callable[..., Awaitable[Any]]
"""Calls a Bot API method: call(method, params, read_timeout=seconds)."""


class Intake:
    """Where updates come in."""

    def __init__(self, db: Database, clock: Clock, bot_id: int, wake: Callable[[], None]) -> None:
        self._db, self._clock, self._bot_id, self._wake = db, clock, bot_id, wake
        self._term = leader.ALONE
        self.long_poll = LONG_POLL
        self.body_time = BODY_TIME
        self.floor = FLOOR
        self.pause, self.conflict_pause, self.conflict_alarm = 1.0, CONFLICT_PAUSE, CONFLICT_ALARM
        self._conflict_since: float | None = None
        self._away = False
        self.on_recovered: Callable[[], Awaitable[None]] = _nothing
        """Called when Telegram answers a poll again after polls that failed."""

    async def store(self, updates: Sequence[Mapping[str, Any]], term: int = leader.ALONE) -> int:
        """Store raw updates and wake the worker; returns after the commit how many are new.

        Whoever polls names its term: Superseded, and nothing is stored, when another has begun. An update without an
        id that can be kept is told in the log and left: Telegram would bring it for ever.
        """
        now = self._clock.now()
        kept = [update for update in updates if inbox.storable(update)]
        if len(kept) < len(updates):
            log.error("an update has no id that can be stored", extra={"updates": len(updates) - len(kept)})

        def work(session: Session) -> int:
            leader.demand(session, term)
            return inbox.store(session, self._bot_id, kept, now)

        fresh = await self._db.run(work, "intake")
        if fresh:
            self._wake()
        return fresh

    async def poll(self, call: Call, lead: Callable[[], Awaitable[int | None]]) -> None:
        """Long poll for ever: store, commit, and only then move the offset. `lead` gives the term, or None."""
        offset: int | None = None
        while True:
            try:
                term = await lead()
                if term is None:
                    offset = None
                    await asyncio.sleep(self.pause)
                    continue
                if term != self._term:
                    self._term, offset = term, None
                offset = await self._poll_once(call, offset)
                self._conflict_since = None
                if self._away:
                    self._away = False
                    await self.on_recovered()
            except leader.Superseded:
                log.warning("another replica polls now, so nothing was stored and nothing is confirmed")
                offset = None
            except Conflict:
                self._conflict()
                await asyncio.sleep(self.conflict_pause)
            except InvalidToken:
                log.critical("the token is refused")
                await asyncio.sleep(10 * self.pause)
            except RetryAfter as error:
                await asyncio.sleep(error._retry_after.total_seconds())
            except TelegramError as error:
                log.warning("poll failed", extra={"error": type(error).__name__})
                self._away = True
                await asyncio.sleep(self.pause)
            except Exception as error:  # a full disk, a lost database: nothing is confirmed, Telegram keeps it
                log.error("updates cannot be stored", extra={"error": type(error).__name__})
                await asyncio.sleep(self.pause)

    async def _poll_once(self, call: Call, offset: int | None) -> int | None:
        """One long poll; returns the offset that confirms what it brought.

        An offset is used for the one poll that confirms a batch and never again: after a quiet week Telegram
        begins anew at a random id, and an offset from before would confirm what nobody has seen.
        """
        params: dict[str, Any] = {"timeout": self.long_poll, "limit": BATCH, "allowed_updates": list(ALLOWED_UPDATES)}
        if offset is not None:
            params["offset"] = offset
        asked = monotonic()
        updates = await call("getUpdates", params, read_timeout=self.long_poll + 10)
        if offset is not None:
            crashpoint("intake_after_confirm")
        fresh = await self.store(updates, self._term) if updates else 0
        if not fresh:
            await asyncio.sleep(max(0.0, self.floor - (monotonic() - asked)))
        if not updates:
            return None
        crashpoint("intake_before_confirm")
        ids = [update["update_id"] for update in updates if isinstance(update.get("update_id"), int)]
        return max(ids) + 1 if ids else None

    def _conflict(self) -> None:
        """Somebody else polls: a hand-over at first, an error when it lasts."""
        now = monotonic()
        self._conflict_since = self._conflict_since or now
        lasting = now - self._conflict_since >= self.conflict_alarm
        log.log(logging.ERROR if lasting else logging.WARNING, "another poller is at work")


async def _nothing() -> None:
    """Nobody listens."""
