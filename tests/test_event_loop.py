"""A held lock does not stop the event loop, and one person's flood does not delay another."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import psycopg

from storage.database import Database
from tests.world import World

HELD = 5.0


@asynccontextmanager
async def lag() -> AsyncIterator[list[float]]:
    """The longest times for which the loop did not come round."""
    found: list[float] = []

    async def watch() -> None:
        while True:
            begun = time.monotonic()
            await asyncio.sleep(0.01)
            found.append(time.monotonic() - begun - 0.01)

    task = asyncio.create_task(watch())
    try:
        yield found
    finally:
        task.cancel()


async def test_a_lock_held_for_five_seconds_does_not_stop_the_loop(both: World) -> None:
    w = both
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju")
    release = await asyncio.to_thread(_hold, w.app.db, siti.id)
    async with lag() as lags:
        await siti.press("Tetangga")
        await asyncio.sleep(HELD)
        waited = not any("Keadaannya seperti apa?" in m.text for m in siti.from_bot())
        await asyncio.to_thread(release)
        await w.settle()
    assert waited
    assert siti.find("Keadaannya seperti apa?")
    assert max(lags) < 0.25


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


async def test_a_flood_does_not_delay_another_by_more_than_a_second(both: World) -> None:
    w = both
    flood, siti = w.person("Banjir"), w.person("Siti")
    await flood.start()
    await siti.start()
    await w.settle()
    for n in range(300):
        await flood.say(f"pak tolong {n}")
    begun = time.monotonic()
    await siti.press("Lapor")
    while not any("Apakah Bapak/Ibu setuju?" in m.text for m in siti.from_bot()):
        await asyncio.sleep(0.01)
        assert time.monotonic() - begun < 5
    assert time.monotonic() - begun < 1.0
