"""The sender empties the outbox: claim, pace, send, record; one message per lane in flight, so order holds.

What became of many messages is written down in one transaction, and the next ones are claimed in it.
"""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Any

from bot.actions.house import House
from bot.actions.turn import Turn
from bot.clock import Clock
from bot.crash import crashpoint
from bot.texts.message import again
from notifiers.outcome import Broken, Later, Outcome, Sent, Unauthorized, Unknown
from notifiers.pacer import Pacer
from notifiers.recording import Over, Torn, is_plain, record, record_plain
from storage import claims, lanes, outbox, shares
from storage.claims import Claimed, Claims, Order, Pace
from storage.database import Database
from storage.kinds import KINDS, PING
from storage.session import Session

log = logging.getLogger("tersapa.sender")

Adapter = Callable[[Claimed], Awaitable[Outcome]]
IN_FLIGHT = 24
OTHERS = IN_FLIGHT - IN_FLIGHT // shares.FREE
"""So many of these may be no pings: what asks about a case never waits behind those who are slow to take theirs."""
BESIDE = 0.25
"""Seconds between two claims for the channels beside Telegram while its pace lets nothing leave."""
CALL_LIMIT = 20.0
"""Seconds for one call, below the lease of 30."""
STOP_LIMIT = 2.0
"""Seconds that calls at hand are given at a stop."""
AUTH_PAUSE = 30.0
"""Seconds until refused credentials are tried again."""
RECORD_TRIES = 4
KNOCKS = 15.0
"""Seconds between two knocks: a channel that is well and ill by turns does not try everything at every turn."""


Lane = tuple[str, int]


@dataclass(slots=True)
class Flight:
    """What is on its way in a lane."""

    row: Claimed
    """As it was claimed last: its outcome is written down under the newest fence."""
    wakes: int
    """How many wakes there were when it was claimed."""


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
        self._busy: dict[Lane, Flight] = {}
        """The lanes in flight."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._beside = 0.0
        """When the channels beside Telegram are looked at again while its pace lets nothing leave."""
        self._others: set[Lane] = set()
        """Those of them whose message is no ping."""
        self._promised = 0
        """Room that orders were given and have not used yet."""
        self._slots = 0
        """How much of it is for Telegram, whose pace counts."""
        self._place = 0
        """Where the wheel stands that deals out the shares."""
        self._refused = False
        """Whether nothing was ordered for Telegram only because somebody else had its pace's slot in hand."""
        self._over: list[Over] = []
        """What was tried and is not written down yet."""
        self._wake = asyncio.Event()
        self._wakes = 0
        self._hungry = True
        """Whether something may be ready that nobody has claimed."""
        self._alarm: asyncio.TimerHandle | None = None
        self._alarm_at = 0.0
        self._stopping = False
        self._ended = asyncio.Event()
        self._ended.set()
        self._paused_until: dict[str, float] = {}
        self._failing: set[str] = set()
        self._knocked: dict[str, float] = {}
        self.auth_pause = AUTH_PAUSE
        self.call_limit = CALL_LIMIT
        self.stop_limit = STOP_LIMIT
        self.record_pause = 1.0
        self.on_unauthorized: Callable[[], None] = lambda: None

    @property
    def in_flight(self) -> int:
        """How many messages are on their way, or are back and not written down."""
        return len(self._busy)

    @property
    def busy(self) -> bool:
        """Whether a message is on its way, or is being claimed right now."""
        return bool(self._busy or self._promised)

    @property
    def refused(self) -> set[str]:
        """The channels that wait because their credentials were refused."""
        return {name for name, until in list(self._paused_until.items()) if monotonic() < until}  # asked from threads

    def wake(self) -> None:
        """Something was said, or may go now."""
        self._wakes += 1
        self._hungry = True
        self._wake.set()

    def order(self, free: Collection[Lane] = (), *, most: int = IN_FLIGHT, own: bool = False) -> Order | None:
        """What may be claimed now, to be given to `take`; None when there is no room.

        `free`: lanes that are done. `own`: something waits for this, so it is asked again once there is room.
        """
        busy = [lane for lane in self._busy if lane not in free]
        channels = [name for name in self._adapters if monotonic() >= self._paused_until.get(name, 0)]
        room = min(most, IN_FLIGHT - len(busy) - self._promised)
        if outbox.TELEGRAM in channels:
            slots = self.pacer.slots(IN_FLIGHT) - self._slots
            if slots > 0:
                room = min(room, slots)
            else:
                channels.remove(outbox.TELEGRAM)
                self._refused = self._refused or (own and self._slots > 0)
                if own and not self._slots:
                    self._wake_in(self.pacer.wait)
                if monotonic() < self._beside:
                    return None
                self._beside = monotonic() + BESIDE
        if room <= 0 or not channels or self._stopping:
            return None
        others = OTHERS - len(self._others.difference(free)) - self._promised
        self._promised += room
        if outbox.TELEGRAM in channels:
            self._slots += room
        order = Order(room, self._pace, channels, busy, max(0, others), self._place)
        self._place = (self._place + room) % len(shares.WHEEL)
        return order

    def claim(self, session: Session, order: Order) -> Claims:
        """Claim what the order allows, as a part of this transaction."""
        return claims.claim(session, self._clock.now(), order)

    def take(self, order: Order | None, found: Claims | None) -> None:
        """These were claimed and leave now; None: nobody looked, and something may wait."""
        if order is not None:
            self._promised -= order.room
            if outbox.TELEGRAM in order.channels:
                self._slots -= order.room
        if self._refused:
            self._refused = False
            self.wake()
        if found is None:
            self.wake()
            return
        for row in found.rows:
            self._depart(row)
        if found.full:
            self.wake()
        self._hungry = self._hungry or found.held
        if found.again is not None:
            self._wake_in((found.again - self._clock.now()).total_seconds())

    async def run(self) -> None:
        """Send until `stop`."""
        self._ended.clear()
        try:
            while not self._stopping:
                self._wake.clear()
                await self._round()
                if not self._over:
                    await self._wake.wait()  # nothing may leave until something is said, or is back, or is due
        finally:
            self._ended.set()

    async def stop(self) -> None:
        """Claim nothing more, and let what is on its way arrive; what hangs counts as unknown at the next start."""
        self._stopping = True
        self.wake()
        await self._ended.wait()  # a claim that was under way is sent too, or it would count as unknown
        if self._alarm is not None:
            self._alarm.cancel()
        if self._tasks:
            _, hanging = await asyncio.wait(self._tasks, timeout=self.stop_limit)
            for task in hanging:
                task.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)
        for row, outcome in self._back():
            await self._write_down(row, outcome)

    async def _round(self) -> None:
        """Write down what is back, and claim what may leave; plain arrivals and the claim share one transaction."""
        over = self._back()
        plain = [one for one in over if is_plain(one)]
        ends = [flight for row, _ in plain if (flight := self._flight(row)) is not None]
        free = {_lane(flight.row) for flight in ends}
        self._hungry = self._hungry or any(flight.row.more or flight.wakes != self._wakes for flight in ends)
        order = self.order(free, own=True) if self._hungry else None
        for row, outcome in over:
            if not is_plain((row, outcome)):
                self._begin(self._write_down(row, outcome))
        if order is not None:
            self._hungry = False
        elif not plain:
            return

        def work(session: Session) -> tuple[Claims | None, bool]:
            record_plain(Turn(session, self._house, self._clock.now()), plain)
            more = bool(session.said.rows)
            session.end()
            return self.claim(session, order) if order is not None else None, more

        try:
            found, more = await self._db.run(work, "record" if plain else "claim")
        except Exception as error:
            if not isinstance(error, Torn):
                log.error("claim failed", extra={"error": type(error).__name__})
            for row, outcome in plain:
                self._begin(self._write_down(row, outcome))
            if order is not None:
                self.take(order, Claims(full=True))
            if not isinstance(error, Torn):
                await asyncio.sleep(1)
            return
        for row, _ in plain:
            self._landed(row)
        if order is not None:
            self.take(order, found)
        if more:
            self.wake()
        if not self._failing.isdisjoint(channel for channel, _ in free):
            for channel in {channel for channel, _ in free} & self._failing:
                await self.well_again(channel)

    async def _one(self, row: Claimed) -> None:
        try:
            outcome = await self._send(row)
        except asyncio.CancelledError:
            self._landed(row)
            raise
        self._over.append((row, outcome))
        self._wake.set()

    async def _send(self, row: Claimed) -> Outcome:
        if row.unknowns and KINDS[row.kind].marked:
            mark = self._house.texts.of(None).word("ulangan")
            row = replace(row, payload=again(row.payload, mark))
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
        """Record what became of one row, under its newest claim."""
        new = isinstance(outcome, Unauthorized) and self._pause(row.channel)
        next_ready = await self._recorded(row, outcome)
        while (flight := self._flight(row)) is not None and flight.row.fence != row.fence:
            row = flight.row  # claimed again meanwhile: what was written down was no longer ours
            next_ready = await self._recorded(row, outcome)
        self._landed(row)
        self.wake()
        if next_ready is not None:
            self._wake_in((next_ready - self._clock.now()).total_seconds())
        if new:
            self.on_unauthorized()
        match outcome:  # the first that arrives after some that did not: what waits for its next try gets it now
            case Unknown() | Later(counts=True):
                self._failing.add(row.channel)
            case Sent() if row.channel in self._failing:
                await self.well_again(row.channel)

    async def _recorded(self, row: Claimed, outcome: Outcome) -> datetime | None:
        """Write it down; if that fails for good, its lease ends and it counts as unknown. When a lane goes on next."""
        for left in reversed(range(RECORD_TRIES)):
            try:
                return await self._db.run(lambda session: self._record(session, row, outcome), "record")
            except Exception as error:
                log.error("record failed", extra={"outbox": row.uid, "error": type(error).__name__})
            if left:
                await asyncio.sleep(self.record_pause)
        return None

    def _record(self, session: Session, row: Claimed, outcome: Outcome) -> datetime | None:
        """Write down one row; returns when the next lane goes on that waits."""
        turn = Turn(session, self._house, self._clock.now())
        record(turn, row, outcome)
        return None if isinstance(outcome, Sent) else lanes.next_ready(session, turn.now)

    async def well_again(self, channel: str) -> None:
        """A channel answers again: no lane of it waits for the pause of its last failure."""
        if monotonic() - self._knocked.get(channel, -KNOCKS) < KNOCKS:
            return
        self._knocked[channel] = monotonic()
        self._failing.discard(channel)
        try:
            await self._db.run(lambda session: lanes.knock(session, channel, failing=True), "knock")
        except Exception as error:
            log.error("knock failed", extra={"channel": channel, "error": type(error).__name__})
        self.wake()

    def _back(self) -> list[Over]:
        """What is back and not written down yet, each as it was claimed last."""
        over, self._over = self._over, []
        flights = ((self._flight(row), row, outcome) for row, outcome in over)
        return [(row if flight is None else flight.row, outcome) for flight, row, outcome in flights]

    def _depart(self, row: Claimed) -> None:
        """This was claimed and leaves; if it is on its way already its outcome counts for the newest claim.

        It is claimed twice when its lease was over before anybody heard of the first claim: a machine that slept.
        """
        lane = _lane(row)
        flight = self._flight(row)
        if flight is not None:
            flight.row = max(flight.row, row, key=lambda claimed: claimed.fence)
            return
        self._busy[lane] = Flight(row, self._wakes)
        if row.priority > PING:
            self._others.add(lane)
        else:
            self._others.discard(lane)
        if row.channel == outbox.TELEGRAM:
            self.pacer.spend()
        self._begin(self._one(row))

    def _flight(self, row: Claimed) -> Flight | None:
        """The flight of this row; None when it is over, or another row of its lane was claimed after it."""
        flight = self._busy.get(_lane(row))
        return flight if flight is not None and flight.row.seq == row.seq else None

    def _landed(self, row: Claimed) -> None:
        """What was in flight is back and written down."""
        if self._flight(row) is not None:
            del self._busy[_lane(row)]
            self._others.discard(_lane(row))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _wake_in(self, seconds: float) -> None:
        """Look again after so long, or sooner if that was asked for."""
        at = monotonic() + max(0.0, seconds)
        if self._alarm is not None:
            if self._alarm_at <= at:
                return
            self._alarm.cancel()
        # When it rings is noted here: not every loop's handle knows it. It may ring a little before by this clock.
        self._alarm_at = at
        self._alarm = asyncio.get_running_loop().call_later(max(0.0, seconds), self._rings)

    def _rings(self) -> None:
        self._alarm = None
        self.wake()

    def _pause(self, channel: str) -> bool:
        """Everything on this channel waits; True once a pause, not once a message in flight."""
        if monotonic() < self._paused_until.get(channel, 0):
            return False
        log.critical("credentials refused, everything on this channel waits", extra={"channel": channel})
        self._paused_until[channel] = monotonic() + self.auth_pause
        if math.isfinite(self.auth_pause):
            asyncio.get_running_loop().call_later(self.auth_pause, self.wake)
        return True


def _lane(row: Claimed) -> Lane:
    return row.channel, row.dest
