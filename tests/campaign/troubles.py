"""Longer troubles of a run: a process freezes, Telegram is away for half an hour, a database is held or restarts."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial

import psycopg

from tests.campaign.house import House
from tests.campaign.plan import Plan
from tests.campaign.processes import Supervisor
from tests.support.engines import restart

FROZEN = 4.0
"""Real seconds for which a process stands still when its clock is turned past a lease meanwhile;"""
FROZEN_BESIDE = 34.0
"""and when it is not, since another one works."""
PAST_A_LEASE = 31
AWAY = 30 * 60
"""Seconds of the story's clock for which Telegram is away,"""
STEP, PAUSE = 10, 0.15
"""in steps shorter than a lease, each so many real seconds long: what is on its way lands before its lease ends."""
WEATHER = {
    "502": {"kind": "html502"},
    "500": {"kind": "error", "code": 500},
    "hang": {"kind": "hang", "seconds": 3.0},
}
HELD = 4.0
"""Real seconds for which another program holds the tables."""
APART = 2.0
"""Real seconds between two troubles."""
TABLES = "outbox, lane, inbox, received, cases, draft"


async def befall(plan: Plan, at: House, supervisor: Supervisor) -> Counter[str]:
    """Let every trouble of the plan happen, one after the other; returns how many of each came about."""
    deeds: dict[str, Callable[[], Awaitable[None]]] = {
        "frozen": partial(_frozen, plan, at, supervisor),
        "held": partial(_held, at),
        "restarted": partial(_restarted, at),
        **{name: partial(_away, plan, at, name) for name in WEATHER},
    }
    came: Counter[str] = Counter()
    for trouble in plan.troubles:
        await asyncio.sleep(APART)
        await deeds[trouble]()
        came[trouble] += 1
    return came


async def _frozen(plan: Plan, at: House, supervisor: Supervisor) -> None:
    with supervisor.frozen():
        if plan.turns_clock:
            await asyncio.sleep(FROZEN / 2)
            await at.telegram.ask("clock", advance=PAST_A_LEASE)
            await asyncio.sleep(FROZEN / 2)
        else:
            await asyncio.sleep(FROZEN_BESIDE)


async def _away(plan: Plan, at: House, name: str) -> None:
    await at.telegram.ask("faults", clear=True)
    await at.telegram.ask("faults", rules=[WEATHER[name]])
    for _ in range(AWAY // STEP):
        await at.telegram.ask("clock", advance=STEP)
        await asyncio.sleep(PAUSE)
    await at.telegram.ask("faults", clear=True)
    if plan.mix:
        await at.telegram.ask("faults", mix={"seed": plan.seed, **plan.mix})


async def _held(at: House) -> None:
    """Another program locks every hot table (on SQLite: the file), and does nothing with it."""
    if at.db.sqlite:
        assert at.db.url.database is not None
        file = sqlite3.connect(at.db.url.database, isolation_level=None, timeout=60, check_same_thread=False)
        await asyncio.to_thread(file.execute, "BEGIN IMMEDIATE")
        await asyncio.sleep(HELD)
        file.execute("COMMIT")
        file.close()
        return
    address = at.db.url.set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        with await asyncio.to_thread(partial(psycopg.connect, address)) as held:
            try:
                await asyncio.to_thread(held.execute, f"LOCK TABLE {TABLES} IN ACCESS EXCLUSIVE MODE")
            except psycopg.errors.DeadlockDetected:  # a turn held one of them and wanted another: it goes first
                held.rollback()
                continue
            await asyncio.sleep(HELD)
            return


async def _restarted(at: House) -> None:
    """The server of the database ends at once, with all that is under way, and starts again."""
    address = at.db.url.set(drivername="postgresql").render_as_string(hide_password=False)
    await asyncio.to_thread(restart, address)
    at.db.engine.dispose()
