"""Wires of a test: a sender of its own on a world's database, and adapters that say what the network did."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from notifiers.outcome import Outcome, Sent
from notifiers.sender import Adapter, Sender
from storage import outbox
from storage.claims import Claimed, Pace
from storage.kinds import KINDS
from storage.session import Session
from tests.support.world import World

Answer = Callable[[Claimed], Outcome]


class Wire:
    """An adapter that notes what it is given and answers as told."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.seen = answer, list[Claimed]()

    async def __call__(self, row: Claimed) -> Outcome:
        self.seen.append(row)
        return self.answer(row)


class SlowWire:
    """An adapter whose calls take until the test lets them end."""

    def __init__(self, wire: Adapter) -> None:
        self.wire, self.seen = wire, list[Claimed]()
        self.called, self.ends = asyncio.Event(), asyncio.Event()

    async def __call__(self, row: Claimed) -> Outcome:
        self.seen.append(row)
        outcome = await self.wire(row)
        self.called.set()
        await self.ends.wait()
        return outcome


@asynccontextmanager
async def own_sender(w: World, **wires: Adapter) -> AsyncIterator[Sender]:
    """A sender of its own on the world's database; the bot's own one has gone home."""
    await w.app.sender.stop()
    sender = Sender(w.app.db, w.app.house, w.app.clock, wires, Pace(0, 3, 0), 0)
    running = asyncio.create_task(sender.run())
    try:
        yield sender
    finally:
        await sender.stop()
        await running


def all_sent(_: Claimed) -> Outcome:
    return Sent(1)


async def queue(w: World, *kinds: str, channel: str = outbox.TELEGRAM, dest: int = 77) -> None:
    def put(session: Session) -> None:
        for kind in kinds:
            payload = {"method": "sendMessage", "params": {"text": kind}}
            outbox.put(session, outbox.Outgoing(channel, dest, KINDS[kind], payload), w.now)

    await w.app.sender.stop()  # the bot's own sender would take them to a chat that is not there
    await w.read(put)
