"""The sender empties the outbox: claim, pace, send, record; one message per lane in flight, so order holds."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic

from bot.actions import delivery
from bot.actions.house import House
from bot.actions.turn import Turn
from bot.clock import Clock
from bot.crash import crashpoint
from bot.texts.message import again, plainer
from notifiers.outcome import Broken, Gone, Later, Migrated, Never, Outcome, Plainer, Sent, Unauthorized, Unknown
from storage import lanes, outbox, sending
from storage.database import Database
from storage.kinds import KINDS
from storage.sending import Became, Claimed, Pace
from storage.session import Session

log = logging.getLogger("tersapa.sender")

Adapter = Callable[[Claimed], Awaitable[Outcome]]
IN_FLIGHT = 24
IDLE = 0.25
"""Seconds until the outbox is looked at again without being woken (other replicas write into it too)."""
CALL_LIMIT = 20.0
"""Seconds for one call, below the lease of 30."""
STOP_LIMIT = 2.0
"""Seconds that calls at hand are given at a stop."""
AUTH_PAUSE = 30.0
"""Seconds until refused credentials are tried again."""
KEPT = timedelta(days=7)
"""What surely did not arrive is tried for so long; an outage of a day uses nothing up."""
RECORD_TRIES = 4
QUICK, SLOW, SLOWEST = 5, 50.0, 300.0
"""In doubt: so many quick tries, then one in so many seconds, and after half an hour of failing one in so many."""
LONG = timedelta(minutes=30)
BROKEN_TRIES = 5
"""Tries of a row on which our own code fails."""
PARKED_AFTER, PARKED = 20, timedelta(minutes=10)
"""A row that alone is in doubt so often, while Telegram takes others, lets its lane go on and is tried so often."""
KNOCKS = 15.0
"""Seconds between two knocks: a channel that is well and ill by turns does not try everything at every turn."""


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
        self.pacer = Pacer(rate)
        # What is claimed waits for the pacer under its lease: a slow pace claims less at once.
        self._most = max(1, min(IN_FLIGHT, int(rate * 5))) if rate else IN_FLIGHT
        self._busy: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._stopping = False
        self._ended = asyncio.Event()
        self._ended.set()
        self._paused_until: dict[str, float] = {}
        self._failing: set[str] = set()
        self._knocked = -KNOCKS
        self.auth_pause = AUTH_PAUSE
        self.call_limit = CALL_LIMIT
        self.stop_limit = STOP_LIMIT
        self.record_pause = 1.0
        self.on_unauthorized: Callable[[], None] = lambda: None

    @property
    def in_flight(self) -> int:
        """How many messages are on their way."""
        return len(self._busy)

    @property
    def refused(self) -> set[str]:
        """The channels that wait because their credentials were refused."""
        return {name for name, until in list(self._paused_until.items()) if monotonic() < until}  # asked from threads

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
        """Claim nothing more, and let what is on its way arrive; what hangs counts as unknown at the next start."""
        self._stopping = True
        self.wake()
        await self._ended.wait()  # a claim that was under way is sent too, or it would count as unknown
        if self._busy:
            _, hanging = await asyncio.wait(list(self._busy.values()), timeout=self.stop_limit)
            for task in hanging:
                task.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)

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
            await self._weather(row.channel, outcome)
        finally:
            self._busy.pop((row.channel, row.dest), None)
            self.wake()

    async def _send(self, row: Claimed) -> Outcome:
        if row.unknowns and KINDS[row.kind].marked:
            mark = self._house.texts.of(None).word("ulangan")
            row = replace(row, payload=again(row.payload, mark))
        if row.channel == outbox.TELEGRAM:
            await self.pacer.turn()
        crashpoint("send_before")
        try:
            async with asyncio.timeout(self.call_limit):
                outcome = await self._adapters[row.channel](row)
        except TimeoutError:
            outcome = Unknown("call limit")
        except Exception as error:  # our own bug: it must not hold its lane for ever
            log.error("adapter failed", extra={"outbox": row.uid, "error": type(error).__name__}, exc_info=error)
            outcome = Broken(type(error).__name__)
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
        turn = Turn(session, self._house, self._clock.now())
        now = turn.now
        fresh = now - row.created_at < KEPT
        match outcome:
            case Sent(message_id):
                delivery.delivered(turn, row, message_id)
            case Later(why, delay, counts) if fresh:
                wait = _backoff(row, 15.0) if delay is None else delay + timedelta(seconds=random.random())
                delivery.later(turn, row, wait, why, counts=counts)
            case Unknown(why) if fresh and row.unknowns >= PARKED_AFTER and self._alone(session, row, now):
                log.warning("parked", extra={"outbox": row.uid, "error": why[:80]})
                delivery.parked(turn, row, PARKED, why)
            case Unknown(why, delay) if fresh:
                delivery.in_doubt(turn, row, delay or _pause_in_doubt(row, now), why)
            case Broken(why) if row.unknowns < BROKEN_TRIES:
                delivery.in_doubt(turn, row, _backoff(row, 60.0), why)
            case Plainer(why, shorter) if row.fallbacks == 0:
                log.error("text refused", extra={"outbox": row.uid, "error": why})
                delivery.fall_back(session, row, plainer(row.payload, shorter=shorter), why)
            case Migrated(chat_id):
                delivery.migrated(session, row, chat_id)
            case Unauthorized(why, delay):
                delivery.refused(turn, row, delay or timedelta(0), why)
            case Gone(why) | Never(why, unreachable=False) if row.in_place is not None and row.edits is not None:
                delivery.anew(session, row, why)
            case Gone(why):
                sending.record(session, row, Became("dead", error=why, answered=True))
            case Never(why, unreachable):
                log.warning("never", extra={"outbox": row.uid, "error": why[:80]})
                answered = row.channel == outbox.TELEGRAM  # an address that refuses its mail is as good as silent
                delivery.lost(turn, row, why[:200], unreachable=unreachable, answered=answered)
            case Later(why) | Unknown(why) | Broken(why) | Plainer(why):
                log.error("given up", extra={"outbox": row.uid, "error": why[:80]})
                delivery.given_up(turn, row, why[:200])

    def _alone(self, session: Session, row: Claimed, now: datetime) -> bool:
        """Whether a row of ours is the trouble: Telegram took something else since its lane began to fail."""
        return row.channel == outbox.TELEGRAM and lanes.alive(session, row.channel, row.failing_since or now)

    async def _weather(self, channel: str, outcome: Outcome) -> None:
        """The first message that arrives after some that did not: what waits for its next try gets it now."""
        match outcome:
            case Unknown() | Later(counts=True):
                self._failing.add(channel)
            case Sent() if channel in self._failing:
                await self.well_again(channel)

    async def well_again(self, channel: str) -> None:
        """A channel answers again: no lane of it waits for the pause of its last failure."""
        if monotonic() - self._knocked < KNOCKS:
            return
        self._knocked = monotonic()
        self._failing.discard(channel)
        try:
            await self._db.run(lambda session: lanes.knock(session, channel, failing=True), "knock")
        except Exception as error:
            log.error("knock failed", extra={"channel": channel, "error": type(error).__name__})
        self.wake()

    def _pause(self, channel: str) -> bool:
        """Everything on this channel waits; True once a pause, not once a message in flight."""
        if monotonic() < self._paused_until.get(channel, 0):
            return False
        log.critical("credentials refused, everything on this channel waits", extra={"channel": channel})
        self._paused_until[channel] = monotonic() + self.auth_pause
        return True


def _pause_in_doubt(row: Claimed, now: datetime) -> timedelta:
    """A few quick tries through a hiccup, then slow ones: each may be a second bubble, or may be the first."""
    if row.unknowns < QUICK or row.channel != outbox.TELEGRAM:
        return _backoff(row, 60.0)
    since = row.failing_since or now
    return timedelta(seconds=random.uniform(0.8, 1) * (SLOW if now - since < LONG else SLOWEST))


def _backoff(row: Claimed, longest: float) -> timedelta:
    """One second after the first try, twice as long after each, at most `longest`; half of it is chance."""
    return timedelta(seconds=random.uniform(0.5, 1) * min(longest, 0.5 * 2 ** min(row.attempts, 8)))
