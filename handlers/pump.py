"""From the inbox to turns: per chat in order, one at a time; a poison update goes aside after five tries.

One that the library cannot read goes aside at its first try: it will not read better a second later.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from telegram import Update

from bot.actions.house import House
from bot.actions.speak import tell_admins
from bot.actions.turn import Turn
from bot.clock import Clock
from bot.texts.message import Message
from handlers.routes import route
from handlers.sparse import filled
from handlers.turn import TOAST, Toast, take_turn
from storage import inbox, kinds, outbox
from storage.database import Database
from storage.inbox import Head
from storage.outbox import Outgoing
from storage.session import Session

log = logging.getLogger("tersapa.pump")

BATCH = 32
IDLE = 0.5
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
        said: Callable[[], None],
    ) -> None:
        self._db, self._house, self._clock, self._answer, self._said = db, house, clock, answer, said
        self._wake = asyncio.Event()
        self._stopping = False
        self.busy = False

    def wake(self) -> None:
        """Something was stored."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the turn at hand and no more."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Take turns until `stop`."""
        while not self._stopping:
            self._wake.clear()
            try:
                self.busy = True
                handled = await self._round()
            except Exception as error:
                log.error("inbox cannot be read", extra={"error": type(error).__name__})
                handled = 0
                await asyncio.sleep(1)
            finally:
                self.busy = False
            if not handled:
                try:
                    await asyncio.wait_for(self._wake.wait(), IDLE)
                except TimeoutError:
                    continue

    async def _round(self) -> int:
        """One turn for each chat that waits: a flood from one person delays nobody else."""
        now = self._clock.now()
        heads = await self._db.run(lambda session: inbox.heads(session, now, BATCH), "heads")
        if self._db.sqlite:
            results = [await self._turn(head) for head in heads if not self._stopping]
        else:
            results = list(await asyncio.gather(*(self._turn(head) for head in heads)))
        return sum(results)

    async def _turn(self, head: Head) -> bool:
        try:
            done, toast = await self._db.run(lambda session: self._work(session, head), "turn")
        except Exception as error:
            kind = type(error).__name__
            if _of_the_house(error):
                log.error("turn postponed", extra={"update": head.update_id, "error": kind})
                await asyncio.sleep(POSTPONED)
                return False
            log.error("turn failed", extra={"update": head.update_id, "error": kind}, exc_info=error)
            last = isinstance(error, Unreadable)
            await self._db.run(lambda session: self._failed(session, head, kind, last=last), "aside")
            self._said()
            return True
        if done:
            self._said()
        if toast is not None:
            await self._answer(toast)
        return done

    def _work(self, session: Session, head: Head) -> tuple[bool, Toast | None]:
        raw = inbox.claim(session, head)
        if raw is None:
            return False, None
        turn = Turn(session, self._house, self._clock.now())
        toast = take_turn(turn, route(parse(raw)))
        inbox.done(session, head, turn.now)
        if toast is not None and not turn.said.rows:
            _keep(turn, head, toast)  # the toast is the whole answer: it is not left to one try
            toast = None
        return True, toast

    def _failed(self, session: Session, head: Head, error: str, *, last: bool) -> None:
        """Count the failure; after the last one the sender is told, and an admin."""
        turn = Turn(session, self._house, self._clock.now())
        if not inbox.failed(session, head, turn.now, error, last=last):
            return
        if head.chat_key > 0:
            turn.say(head.chat_key, Message(turn.speech(head.chat_key).say("gagal_dibaca")))
        tell_admins(turn, "l_gagal")


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
