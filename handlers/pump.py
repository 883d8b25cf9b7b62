"""From the inbox to turns: per chat in order, one at a time; a poison update goes aside after five tries.

Turns of several chats share a transaction, each a part of its own: one that fails is undone alone. One that the
library cannot read goes aside at its first try: it will not read better a second later.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from time import thread_time
from typing import Any

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from telegram import Update

from bot.actions.house import House
from bot.actions.speak import tell_admins
from bot.actions.turn import Turn
from bot.clock import Clock
from bot.core.haste import Haste, album, haste
from bot.texts.message import Message
from handlers import greeting
from handlers.fairness import Fairness
from handlers.round import Letting, Round
from handlers.routes import route
from handlers.sparse import filled
from handlers.translate import Here
from handlers.turn import TOAST, Toast, take_turn
from storage import addresses, inbox, kinds, outbox
from storage.callers import callers
from storage.claims import Claims, Order
from storage.database import Database
from storage.inbox import Head
from storage.outbox import Outgoing
from storage.session import Alone, Session

log = logging.getLogger("tersapa.pump")

CROWD = 5000
"""Chats among which those are chosen that go next."""
TOGETHER = 16
"""Turns that share a transaction at most,"""
LONGEST = 0.02
"""and the seconds of its own work after which it takes no further one; those of a busy machine do not count."""
SHARE = 12
"""Messages that a transaction of turns may claim at most; half of what may be in flight stays the sender's."""
POSTPONED = 0.5
"""Seconds until a turn is tried again that failed through no fault of its update."""


class Unreadable(Exception):
    """The library cannot make its Update of what came in."""


class Pump:
    """The loop between the inbox and the deeds."""

    def __init__(
        self,
        db: Database,
        house: House,
        clock: Clock,
        answer: Callable[[Toast], Awaitable[None]],
        sender: Letting,
    ) -> None:
        self._db, self._house, self._clock, self._answer, self._sender = db, house, clock, answer, sender
        self._fairness = Fairness(house.settings.limits.chat_listens_per_minute)
        self._wake = asyncio.Event()
        self._stopping = False
        self._round_at_hand = False
        self._postponed = False
        """A turn failed through no fault of its update: the next round waits a little."""
        self._singles: dict[int, asyncio.Task[None]] = {}
        """By chat: turns in a transaction of their own, which may wait for a lock and let the others go on."""

    @property
    def busy(self) -> bool:
        """Whether a turn is at hand."""
        return self._round_at_hand or bool(self._singles)

    def wake(self) -> None:
        """Something was stored, or may be tried again."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the turns at hand and no more."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Take turns until `stop`."""
        while not self._stopping:
            self._wake.clear()
            try:
                self._round_at_hand = True
                more = await self._round()
            except Exception as error:
                log.error("inbox cannot be read", extra={"error": type(error).__name__})
                await asyncio.sleep(1)
                continue
            finally:
                self._round_at_hand = False
            if self._postponed:
                self._postponed = False
                await asyncio.sleep(POSTPONED)
            elif not more:
                await self._wake.wait()
        await asyncio.gather(*self._singles.values())

    async def _round(self) -> bool:
        """One turn for each chat that waits: a flood from one person delays nobody else. Returns whether more wait."""
        try:
            round_ = await self._together(None)
        except _Torn as torn:
            log.warning("turns are taken one by one", extra={"error": type(torn.why).__name__})
            await self._one_by_one(torn.heads)
            return True
        for head, error in round_.failed:
            await self._fail(head, error)
        await self._one_by_one(round_.alone)
        # Where nothing could be taken another replica is at work: it does the rest, or the next tick looks again.
        return round_.more and bool(round_.done or round_.failed or round_.alone or round_.paused)

    async def _one_by_one(self, heads: Sequence[Head]) -> None:
        """Each in a transaction of its own: one after another on SQLite, beside everything else on PostgreSQL."""
        for head in heads:
            if self._stopping:
                break
            if self._db.sqlite:
                await self._single(head)
            else:
                self._singles[head.chat_key] = task = asyncio.create_task(self._single(head))
                task.add_done_callback(lambda _, chat=head.chat_key: self._ended(chat))  # type: ignore[misc]

    def _ended(self, chat: int) -> None:
        del self._singles[chat]
        self.wake()

    async def _single(self, head: Head) -> None:
        """One turn in a transaction of its own."""
        try:
            await self._together(head)
        except _Torn as torn:
            await self._fail(head, torn.why)

    async def _together(self, only: Head | None) -> Round:
        """Take turns in one transaction, say what they answer after it; _Torn when none of it was done."""
        # A turn that may wait for a lock keeps no room from the sender meanwhile.
        order, round_ = self._sender.order(most=SHARE) if only is None else None, Round()

        def work(session: Session) -> Round:
            nonlocal round_
            round_ = Round()  # a transaction that lost a race is run again whole
            self._take(session, round_, only, order)
            return round_

        try:
            await self._db.run(work, "turn")
        except Exception as error:
            self._sender.take(order, Claims())
            if not round_.wanted:
                raise
            raise _Torn(round_.wanted, error) from error
        if order is not None or round_.said:
            self._sender.take(order, round_.claimed)
        for chat, album_, now, counts in round_.heard:
            self._fairness.took(chat, album_, now, counts=counts)
        for chat, now in round_.told:
            self._fairness.told(chat, now)
        for toast in round_.toasts:
            await self._answer(toast)
        return round_

    def _take(self, session: Session, round_: Round, only: Head | None, order: Order | None) -> None:
        now, began = self._clock.now(), thread_time()
        round_.wanted = [only] if only is not None else self._heads(session, now)
        round_.more = len(round_.wanted) == TOGETHER or any(head.more for head in round_.wanted)
        held = inbox.claim(session, round_.wanted)
        for head in round_.wanted:
            sealed = held.get(head)
            if sealed is None:
                continue
            if round_.done and thread_time() - began > LONGEST:
                round_.more = True
                break
            if only is not None or (self._db.sqlite and len(held) == 1):  # on PostgreSQL it may turn out to wait
                self._one(session, round_, head, sealed)
                continue
            try:
                session.apart(lambda part, head=head, sealed=sealed: self._one(part, round_, head, sealed))  # type: ignore[misc]
            except Alone:
                round_.alone.append(head)
            except DBAPIError:
                raise
            except Exception as error:
                round_.failed.append((head, error))
        inbox.done(session, round_.done)
        round_.said = bool(session.said.lanes)
        session.end()
        if order is not None:
            round_.claimed = self._sender.claim(session, order)

    def _heads(self, session: Session, now: datetime) -> list[Head]:
        at_hand = list(self._singles)
        found = [head for head in inbox.heads(session, now, CROWD) if head.chat_key not in at_hand]
        return self._fairness.chosen(found, lambda chats: callers(session, chats), now, TOGETHER)

    def _one(self, session: Session, round_: Round, head: Head, sealed: bytes) -> None:
        turn, raw = Turn(session, self._house, self._clock.now()), inbox.opened(session, head, sealed)
        counts = haste(raw) is Haste.CHAT
        until = self._fairness.enough(head.chat_key, album(raw), turn.now) if counts else None
        if until is not None:
            self._pause(turn, round_, head, until)
            return
        here = Here(head.chat_key, lambda address: addresses.known(session, address))
        toast = take_turn(turn, route(parse(raw), here))
        if toast is not None and not turn.said.rows:
            _keep(turn, head, toast)  # the toast is the whole answer: it is not left to one try
            toast = None
        session.flush()
        round_.done.append((head, turn.now))
        round_.heard.append((head.chat_key, album(raw), turn.now, counts))
        if toast is not None:
            round_.toasts.append(toast)

    def _pause(self, turn: Turn, round_: Round, head: Head, until: datetime) -> None:
        """A chat sent more than is listened to in a minute: it is told once, and what it sent waits."""
        inbox.pause(turn.session, head, until)
        round_.paused.append(head)
        if head.chat_key > 0 and not self._fairness.knows(head.chat_key, turn.now):
            greeting.patience(turn, head.chat_key, until)
            round_.told.append((head.chat_key, turn.now))

    async def _fail(self, head: Head, error: Exception) -> None:
        """A turn failed: it is tried again later, or its update goes aside."""
        kind = type(error).__name__
        if _of_the_house(error):
            log.error("turn postponed", extra={"update": head.update_id, "error": kind})
            self._postponed = True
            self.wake()
            return
        log.error("turn failed", extra={"update": head.update_id, "error": kind}, exc_info=error)
        last = isinstance(error, Unreadable)
        pause = await self._db.run(lambda session: self._failed(session, head, kind, last=last), "aside")
        asyncio.get_running_loop().call_later(pause or 0.0, self.wake)
        self._sender.take(None, None)

    def _failed(self, session: Session, head: Head, error: str, *, last: bool) -> float | None:
        """Count the failure: seconds until the next try; after the last one the sender is told, and an admin."""
        turn = Turn(session, self._house, self._clock.now())
        pause = inbox.failed(session, head, turn.now, error, last=last)
        if pause is not None:
            return pause.total_seconds()
        if head.chat_key > 0:
            turn.say(head.chat_key, Message(turn.speech(head.chat_key).say("gagal_dibaca")))
        tell_admins(turn, "l_gagal")
        return None


class _Torn(Exception):
    """A transaction of turns was rolled back, and with it all of them."""

    def __init__(self, heads: Sequence[Head], why: Exception) -> None:
        super().__init__()
        self.heads, self.why = heads, why


def _of_the_house(error: Exception) -> bool:
    """A full disk, a lost or read-only database: no fault of the update, so nothing is counted."""
    its_own = (IntegrityError, DataError, ProgrammingError)
    return isinstance(error, MemoryError) or (isinstance(error, DBAPIError) and not isinstance(error, its_own))


def parse(raw: dict[str, Any]) -> Update:
    """The library's Update of a raw one; Unreadable when it cannot make one, whatever it raised on the way."""
    try:
        try:
            return Update.de_json(raw, None)
        except TypeError:  # something is missing that Telegram always says
            return Update.de_json(filled(raw), None)
    except Exception as error:
        raise Unreadable from error


def _keep(turn: Turn, head: Head, toast: Toast) -> None:
    """An answer to a press that is nothing but a toast goes through the outbox, so that no crash makes it silence."""
    params = {"callback_query_id": toast.query_id, "text": toast.text[:TOAST]}
    payload = {"method": "answerCallbackQuery", "params": params}
    outbox.put(turn.session, Outgoing(outbox.TELEGRAM, head.chat_key, kinds.TOAST, payload), turn.now)
