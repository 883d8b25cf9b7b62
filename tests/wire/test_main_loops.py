"""What the bot lives by goes on: on the loop of `tersapa run` too, and after an error that nobody foresaw."""

import asyncio
from pathlib import Path

import pytest
import uvloop

from bot import loops
from bot.texts.message import Message
from storage.session import Session
from tests.support.references import chat_of
from tests.support.world import NO_LIMITS, World, until, world

COUNT = 40


async def paced(folder: Path) -> int:
    """Many chats hear something at the default pace; returns how many messages arrived in a few seconds."""
    async with world(folder) as w:
        people = [w.person(f"P{n}") for n in range(COUNT)]
        for phone in people:
            await phone.start()
        await w.settle()
        await w.stop()
        await w.start(limits={**NO_LIMITS, "overall_per_second": 28})

        def queue(session: Session) -> None:
            for phone in people:
                w.turn(session).say(chat_of(session, phone), Message("rata"))

        await w.app.db.run(queue, "test")
        w.app.sender.wake()
        await until(lambda: all(phone.find("rata") for phone in people))
        return sum(len(phone.from_bot()) > 0 for phone in people)


def test_the_pace_goes_on_under_the_loop_that_serves(tmp_path: Path) -> None:
    """A moment that is over by now has a handle there that does not know it: the sender died, and all was silent."""
    assert uvloop.run(paced(tmp_path)) == COUNT


async def test_a_loop_that_ends_by_an_error_begins_again(w: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "AGAIN", 0.05)
    phone = w.person()
    await phone.start()
    await w.settle()
    order, failed = w.app.sender.order, list[int]()

    def fails(*given: object, **more: object) -> None:
        failed.append(1)
        raise AttributeError("nobody foresaw this")

    monkeypatch.setattr(w.app.sender, "order", fails)
    w.app.sender.wake()
    await until(lambda: len(failed) > 2)
    monkeypatch.setattr(w.app.sender, "order", order)
    await asyncio.sleep(0.1)
    await w.press(phone, "Lapor")
    assert phone.find("Apakah Bapak/Ibu setuju?")
