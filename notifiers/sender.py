"""The sender empties the outbox: claim, pace, send, record; one message per lane in flight, so order holds."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
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
from storage import outbox, sending
from storage.database import Database
from storage.sending import Claimed, Pace

log = logging.getLogger("tersapa.sender")

Adapter = Callable[[Claimed], Awaitable[Outcome]]
IN_FLIGHT = 24
IDLE = 0.25
"""Seconds until the outbox is looked at again without being woken (other replicas write into it too)."""
CALL_LIMIT = 20.0
"""Seconds for one call, below the lease of 30."""
AUTH_PAUSE = 30.0
"""Seconds until refused credentials are tried again."""
KEPT = timedelta(days=7)
"""What surely did not arrive is tried for so long; an outage of a day uses nothing up."""
RECORD_TRIES = 4
CHATTER = frozenset({"question", "answer", "menu"})
"""Small talk: worth a few repeats through a hiccup, not twenty."""
MARKED = frozenset({*outbox.PINGS, "alarm"})
"""Kinds whose repetition says that it is one."""


class Pacer:
    """At most `rate` a second, evenly; 0 = no limit."""

    def __init__(self, rate: float) -> None:
        self._gap = 1 / rate if rate else 0.0
        self._next = 0.0
        self._one = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for one's turn; after a stall the turns that were missed are not made up for in a burst."""
        if not self._gap:
            return
        async with self._one:
            if (wait := self._next - monotonic()) > 0:
                await asyncio.sleep(wait)
            self._next = max(self._next, monotonic() - self._gap) + self._gap


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
        # What is claimed waits for the pacer under its lease: a slow pace claims less at once.
        self._most = max(1, min(IN_FLIGHT, int(rate * 5))) if rate else IN_FLIGHT
        self._busy: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._stopping = False
        self._ended = asyncio.Event()
        self._ended.set()
        self._paused_until: dict[str, float] = {}
        self.auth_pause = AUTH_PAUSE
        self.call_limit = CALL_LIMIT
        self.record_pause = 1.0
        self.on_unauthorized: Callable[[], None] = lambda: None

    @property
    def in_flight(self) -> int:
        """How many messages are on their way."""
        return len(self._busy)

    @property
    def refused(self) -> set[str]:
        """The channels that wait because their credentials were refused."""
        return {name for name, until in self._paused_until.items() if monotonic() < until}

    def wake(self) -> None:
        """Something was said."""
        self._wake.set()

    async def run(self) -> None:
        """Send until `stop`."""
        self._ended.clear()
        try:
            while not self._stopping:
                self._wake.clear()
                for row in await self._claim():
                    self._busy[row.channel, row.dest] = asyncio.create_task(self._one(row))
                with suppress(TimeoutError):  # nothing else may leave until something is said or has arrived
                    await asyncio.wait_for(self._wake.wait(), IDLE)
        finally:
            self._ended.set()

    async def stop(self) -> None:
        """Claim nothing more, and let what is on its way arrive."""
        self._stopping = True
        self.wake()
        await self._ended.wait()  # a claim that was under way is sent too, or it would count as unknown
        if self._busy:
            await asyncio.wait(list(self._busy.values()), timeout=self.call_limit)

    async def _claim(self) -> list[Claimed]:
        room = self._most - len(self._busy)
        channels = [name for name in self._adapters if monotonic() >= self._paused_until.get(name, 0)]
        if room <= 0 or not channels:
            return []
        now, busy = self._clock.now(), list(self._busy)
        try:
            return await self._db.run(lambda s: sending.claim(s, now, room, self._pace, channels, busy), "claim")
        except Exception as error:
            log.error("claim failed", extra={"error": type(error).__name__})
            await asyncio.sleep(1)
            return []

    async def _one(self, row: Claimed) -> None:
        try:
            outcome = await self._send(row)
            new = isinstance(outcome, Unauthorized) and self._pause(row.channel)
            await self._write_down(row, outcome)
            if new:
                self.on_unauthorized()
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
            async with asyncio.timeout(self.call_limit):
                outcome = await self._adapters[row.channel](row)
        except TimeoutError:
            outcome = Unknown("call limit")
        except Exception as error:  # our own bug: it must not hold its lane for ever
            log.error("adapter failed", extra={"outbox": row.uid, "error": type(error).__name__}, exc_info=error)
            outcome = Unknown(type(error).__name__)
        crashpoint("send_after")
        return outcome

    async def _write_down(self, row: Claimed, outcome: Outcome) -> None:
        """Record what became of a row; if that fails for good, its lease ends and it counts as unknown."""
        for left in reversed(range(RECORD_TRIES)):
            try:
                await self._db.run(lambda session: self._record(session, row, outcome), "record")
                return
            except Exception as error:
                log.error("record failed", extra={"outbox": row.uid, "error": type(error).__name__})
            if left:
                await asyncio.sleep(self.record_pause)

    def _record(self, session: Session, row: Claimed, outcome: Outcome) -> None:
        now = self._clock.now()
        match outcome:
            case Sent(message_id):
                delivery.delivered(session, self._house, row, message_id, now)
            case Later(why, delay, counts) if now - row.created_at < KEPT:
                wait = _backoff(row, 15.0) if delay is None else delay + timedelta(seconds=random.random())
                delivery.later(session, row, wait, now, why, counts=counts)
            case Unknown(why, delay) if _repeats_again(row, now - row.created_at):
                delivery.in_doubt(session, row, delay or _backoff(row, 60.0), now, why)
            case Plainer(why, shorter) if row.fallbacks == 0:
                log.error("text refused", extra={"outbox": row.uid, "error": why})
                delivery.fall_back(session, row, 1, plainer(row.payload, shorter=shorter), why)
            case Migrated(chat_id):
                delivery.migrated(session, row, chat_id)
            case Unauthorized(why, delay):
                delivery.refused(session, row, delay or timedelta(0), now, why)
            case Gone(why):
                sending.record(session, row, state="dead", error=why, answered=True)
            case Never(why, unreachable):
                log.warning("never", extra={"outbox": row.uid, "error": why[:80]})
                answered = row.channel == outbox.TELEGRAM  # an address that refuses its mail is as good as silent
                delivery.lost(session, self._house, row, now, why[:200], unreachable=unreachable, answered=answered)
            case Later(why) | Unknown(why) | Plainer(why):
                log.error("given up", extra={"outbox": row.uid, "error": why[:80]})
                delivery.given_up(session, self._house, row, now, why[:200])

    def _pause(self, channel: str) -> bool:
        """Everything on this channel waits; True once a pause, not once a message in flight."""
        if monotonic() < self._paused_until.get(channel, 0):
            return False
        log.critical("credentials refused, everything on this channel waits", extra={"channel": channel})
        self._paused_until[channel] = monotonic() + self.auth_pause
        return True


def _repeats_again(row: Claimed, age: timedelta) -> bool:
    """Whether an in-doubt row goes again: at Telegram each repeat may be a second bubble, so they are bounded.

    An event keeps its id and a mail its Message-ID, so there a repeat costs nothing.
    """
    if row.channel != outbox.TELEGRAM:
        return age < KEPT
    return row.unknowns < (5 if row.kind in CHATTER else 20)


def _backoff(row: Claimed, longest: float) -> timedelta:
    """One second after the first try, twice as long after each, at most `longest`; half of it is chance."""
    return timedelta(seconds=random.uniform(0.5, 1) * min(longest, 0.5 * 2 ** min(row.attempts, 8)))
