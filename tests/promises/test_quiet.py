"""A bot at rest on SQLite asks its database nothing, and still hears each thing in the second in which it comes."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta

from bot.engine.quiet import GRAIN, LONGEST
from tests.support.tally import Tally
from tests.support.world import SINGOSARI, World


async def rests(w: World) -> Tally:
    """Let the bot look once at what nobody writes to any more."""
    await w.settle()
    await asyncio.sleep(2 * GRAIN / 1e9)
    assert await w.app.tick() == 0
    return Tally().watch(w.app.db.engine)


async def looks(w: World, asked: Tally) -> bool:
    """Whether a tick asks the database anything."""
    before = asked.counts.transactions
    await w.app.tick()
    return asked.counts.transactions > before


async def test_at_rest_nothing_is_asked(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    await w.reports(w.person())
    asked = await rests(w)
    assert not await looks(w, asked)
    assert not await looks(w, asked)


async def test_what_another_process_writes_is_seen_at_the_next_tick(w: World) -> None:
    asked = await rests(w)
    for _ in range(2):
        with closing(sqlite3.connect(str(w.app.db.file))) as other:
            other.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('a', 'b')")
            other.commit()
        assert await looks(w, asked)
        await asyncio.sleep(2 * GRAIN / 1e9)
        assert await looks(w, asked), "what was just written to may be written to again and look the same"
        assert not await looks(w, asked)


async def test_what_comes_due_comes_in_its_moment(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    await w.reports(w.person())
    await w.settle()
    due = await w.app.next_moment()
    assert due is not None
    w.telegram.clock.offset += (due - w.now - timedelta(seconds=5)).total_seconds()
    asked = await rests(w)
    assert not await looks(w, asked)
    w.telegram.clock.offset += (due - w.now).total_seconds() + 1
    assert await looks(w, asked)


async def test_a_clock_that_is_set_back_and_a_long_time_end_it(w: World) -> None:
    asked = await rests(w)
    assert not await looks(w, asked)
    w.telegram.clock.offset -= 1
    assert await looks(w, asked)
    assert not await looks(w, asked)
    w.telegram.clock.offset += LONGEST.total_seconds() + 1
    assert await looks(w, asked)


async def test_on_postgresql_others_write_far_away(on_server: World) -> None:
    asked = await rests(on_server)
    assert await looks(on_server, asked)
