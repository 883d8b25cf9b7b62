"""The sender empties the outbox: claim, pace, send, record; one message per lane in flight, so order holds."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from time import monotonic

from sqlmodel import Session

from bot.actions import delivery
from bot.actions.house import House
from bot.clock import Clock
from bot.crash import crashpoint
from bot.texts.message import again, plainer
from notifiers.outcome import Gone, Later, Migrated, Never, Outcome, Plainer, Sent, Unauthorized, Unknown
from storage import chats, outbox
from storage.database import Database
from storage.outbox import Claimed, Pace

log = logging.getLogger("tersapa.sender")

Adapter = Callable[[Claimed], Awaitable[Outcome]]
IN_FLIGHT = 24
IDLE = 0.25
"""Seconds until the outbox is looked at again without being woken (other replicas write into it too)."""
CALL_LIMIT = 20.0
"""Seconds for one call, below the lease of 30."""
TRIES = 25
AUTH_PAUSE = timedelta(seconds=30)
MARKED = frozenset({"card", "remind", "alarm"})
"""Kinds whose repetition says that it is one."""


class Pacer:
    """At most `rate` a second, evenly; 0 = no limit."""

    def __init__(self, rate: float) -> None:
        self._gap = 1 / rate if rate else 0.0
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for one's turn."""
        if not self._gap:
            return
        now = monotonic()
        self._next = max(self._next + self._gap, now)
        if self._next > now:
            await asyncio.sleep(self._next - now)


class Sender:
    """The loop between the outbox and the channels."""

    def __init__(
        self,
        db: Database,
        house: House,
        clock: Clock,
        adapters: Mapping[str, Adapter],
        pace: Pace,
        rate: float,
    ) -> None:
        self._db, self._house, self._clock, self._adapters, self._pace = db, house, clock, adapters, pace
        self._pacer = Pacer(rate)
        self._busy: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._stopping = False
        self._paused_until: dict[str, float] = {}
        self.on_unauthorized: Callable[[], None] = lambda: None

    @property
    def in_flight(self) -> int:
        """How many messages are on their way."""
        return len(self._busy)

    def wake(self) -> None:
        """Something was said."""
        self._wake.set()

    async def run(self) -> None:
        """Send until `stop`."""
        while not self._stopping:
            self._wake.clear()
            claimed = await self._claim()
            for row in claimed:
                self._busy[row.channel, row.dest] = asyncio.create_task(self._one(row))
            if not claimed:
                try:
                    await asyncio.wait_for(self._wake.wait(), IDLE)
                except TimeoutError:
                    continue

    async def stop(self) -> None:
        """Claim nothing more, and let what is on its way arrive."""
        self._stopping = True
        self.wake()
        if self._busy:
            await asyncio.wait(list(self._busy.values()), timeout=CALL_LIMIT)

    async def _claim(self) -> list[Claimed]:
        room = IN_FLIGHT - len(self._busy)
        if room <= 0 or monotonic() < self._paused_until.get(outbox.TELEGRAM, 0):
            return []
        now, busy = self._clock.now(), list(self._busy)
        try:
            return await self._db.run(lambda s: outbox.claim(s, now, room, self._pace, busy), "claim")
        except Exception as error:
            log.error("claim failed", extra={"error": type(error).__name__})
            await asyncio.sleep(1)
            return []

    async def _one(self, row: Claimed) -> None:
        try:
            outcome = await self._send(row)
            await self._db.run(lambda session: self._record(session, row, outcome), "record")
        except Exception as error:
            log.error("record failed", extra={"outbox": row.uid, "error": type(error).__name__})
        finally:
            self._busy.pop((row.channel, row.dest), None)
            self.wake()

    async def _send(self, row: Claimed) -> Outcome:
        if row.unknowns and row.kind in MARKED:
            mark = self._house.texts.of(None).word("ulangan")
            row = replace(row, payload=again(row.payload, mark))
        if row.channel == outbox.TELEGRAM:
            await self._pacer.turn()
        crashpoint("send_before")
        try:
            async with asyncio.timeout(CALL_LIMIT):
                outcome = await self._adapters[row.channel](row)
        except TimeoutError:
            outcome = Unknown("call limit")
        crashpoint("send_after")
        return outcome

    def _record(self, session: Session, row: Claimed, outcome: Outcome) -> None:
        now = self._clock.now()
        match outcome:
            case Sent(message_id):
                delivery.delivered(session, row, message_id, now)
            case Later(why, delay, counts) if not counts or row.attempts < TRIES:
                wait = delay + timedelta(seconds=random.random()) if delay else _backoff(row)
                delivery.later(session, row, wait, now, why, counts=counts)
            case Unknown(why) if row.unknowns < _repeats(row):
                delivery.in_doubt(session, row, _backoff(row), now, why)
            case Plainer(why, shorter) if row.fallbacks == 0:
                log.error("text refused", extra={"outbox": row.uid, "error": why})
                delivery.fall_back(session, row, 1, plainer(row.payload, shorter=shorter), why)
            case Migrated(chat_id):
                chats.migrate(session, row.dest, chat_id)
            case Unauthorized(why):
                delivery.later(session, row, AUTH_PAUSE, now, why, counts=False)
                self._pause_all(row.channel)
            case Gone(why):
                outbox.record(session, row, state="dead", error=why)
            case Never(why, unreachable):
                log.warning("never", extra={"outbox": row.uid, "error": why[:80]})
                delivery.lost(session, self._house, row, now, why[:200], unreachable=unreachable)
            case Later(why) | Unknown(why) | Plainer(why):
                log.error("given up", extra={"outbox": row.uid, "error": why[:80]})
                delivery.lost(session, self._house, row, now, why[:200])

    def _pause_all(self, channel: str) -> None:
        log.critical("credentials refused, everything on this channel waits", extra={"channel": channel})
        self._paused_until[channel] = monotonic() + AUTH_PAUSE.total_seconds()
        self.on_unauthorized()


def _repeats(row: Claimed) -> int:
    """How often an in-doubt message goes again: what lives hang on, until it arrives; small talk once."""
    return 20 if row.kind in ("card", "event", "mail", "news", "alarm", "edit") else 2


def _backoff(row: Claimed) -> timedelta:
    return timedelta(seconds=random.uniform(0, min(60.0, 0.5 * 2 ** min(row.attempts, 8))))
