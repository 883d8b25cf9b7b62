"""A held lock does not stop the event loop, and one person's flood does not delay another."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import psycopg
import pytest

from bot.actions.turn import Turn
from handlers import pump
from handlers.acts import Act, Pressed, Said
from handlers.turn import Toast, take_turn
from storage.database import Database
from tests.support.references import chat_of
from tests.support.stopwatch import Stopwatch
from tests.support.world import SINGOSARI, World, until

HELD = 1.5
"""Seconds; a loop that waits with it is late from the first of them on."""
FEW = 10


@asynccontextmanager
async def lag() -> AsyncIterator[list[float]]:
    """The longest times for which the loop did not come round."""
    found: list[float] = []

    async def watch() -> None:
        while True:
            round_trip = Stopwatch()
            await asyncio.sleep(0.01)
            found.append(round_trip.seconds - 0.01)

    task = asyncio.create_task(watch())
    try:
        yield found
    finally:
        task.cancel()


async def test_a_held_lock_does_not_stop_the_loop(both: World) -> None:
    w = both
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju")
    chat = await w.read(lambda s: chat_of(s, siti))
    release = await asyncio.to_thread(_hold, w.app.db, chat)
    async with lag() as lags:
        await siti.press("Tetangga")
        await asyncio.sleep(HELD)
        waited = not any("Keadaannya seperti apa?" in m.text for m in siti.from_bot())
        await asyncio.to_thread(release)
        await w.settle()
    assert waited
    assert siti.find("Keadaannya seperti apa?")
    assert max(lags) < 0.25


@pytest.mark.parametrize("both", ["postgresql"], indirect=True)
async def test_a_turn_that_waits_for_a_case_holds_up_nobody(both: World) -> None:
    """Another program holds the case: whoever presses for it waits, and everybody else is answered meanwhile."""
    w = both
    tksk, siti, ani = await w.worker("tksk", SINGOSARI), w.person("Siti"), w.person("Ani")
    await w.reports(siti)
    await ani.start()
    await w.settle()
    address = w.app.db.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with await asyncio.to_thread(lambda: psycopg.connect(address)) as held:
        held.execute("SELECT * FROM cases FOR UPDATE")
        await tksk.press("Saya tangani")
        await until(lambda: w.app.pump._singles)
        await ani.press("Lapor")
        await until(lambda: ani.find("Apakah Bapak/Ibu setuju?"))
        assert w.app.pump._singles, "the press still waits"
        assert not tksk.find("sekarang Bapak/Ibu tangani")
    await w.settle()
    assert tksk.find("sekarang Bapak/Ibu tangani")


def _hold(db: Database, chat_id: int) -> Callable[[], None]:
    """Hold the draft's row (or, on SQLite, the file) as another program would; returns how to let go."""
    if db.sqlite:
        assert db.url.database is not None
        file = sqlite3.connect(db.url.database, isolation_level=None, check_same_thread=False)
        file.execute("BEGIN IMMEDIATE")

        def let_go() -> None:
            file.execute("COMMIT")
            file.close()

        return let_go
    address = db.url.set(drivername="postgresql").render_as_string(hide_password=False)
    held = psycopg.connect(address)
    held.execute("SELECT * FROM draft WHERE chat_id = %s FOR UPDATE", (chat_id,))

    def free() -> None:
        held.commit()
        held.close()

    return free


async def test_a_flood_delays_another_by_a_few_turns_at_most(both: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """And by less than a second, which a busy machine may make longer."""
    w = both
    flood, siti = w.person("Banjir"), w.person("Siti")
    await flood.start()
    await siti.start()
    await w.settle()
    for n in range(300):
        await flood.say(f"pak tolong {n}")
    turns, begun, watch = list[int](), time.process_time(), Stopwatch()

    def noted(turn: Turn, act: Act) -> Toast | None:
        assert isinstance(act, Said | Pressed)
        turns.append(act.who.chat_id)
        return take_turn(turn, act)

    monkeypatch.setattr(pump, "take_turn", noted)
    await siti.press("Lapor")
    await until(lambda: any("Apakah Bapak/Ibu setuju?" in m.text for m in siti.from_bot()))
    assert time.process_time() - begun < 1.0
    assert watch.seconds < 1.0 or not w.app.db.sqlite, "PostgreSQL waits for the processor too, and not in our process"

    calm, loud = await w.read(lambda s: [chat_of(s, phone) for phone in (siti, flood)])
    assert turns[: turns.index(calm)].count(loud) < FEW
