"""What is stored and over costs nothing: each statement that runs by itself, or behind a list, does the same work.

The statements are those that are really asked while a day passes and lists are opened; a new one is measured too.
"""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.actions import absence
from bot.core import buttons as b
from bot.core.figures import today
from bot.core.leave_flow import for_days
from bot.engine import heartbeat, setback
from storage import outbox
from storage.session import Session
from storage.tables import Lane, Member, Policy, Report
from tests.support.archive import Living, store
from tests.support.engines import keys_file, ready_database
from tests.support.length import many
from tests.support.morning import AT_SEVEN
from tests.support.work import Asked, measured, recorded
from tests.support.world import MALANG, SINGOSARI, World, world

FEW, MANY = many(2_000, 800), many(20_000, 8_000)
SLACK = 4
"""Rounds or pages by which every statement may grow, and two pages more for each value that it looks for: on the way
to each of them the trees of PostgreSQL are a page deeper."""
HOUR = timedelta(hours=1)
ELSEWHERE = {"heads", "claim", "record", "quiet", "idle"}
"""Transactions of the two loops; what the loops ask is measured where they are."""


@pytest.fixture(params=["sqlite", "postgresql"])
async def w(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    url, more = None, {}
    if request.param == "postgresql":
        url = ready_database(request.getfixturevalue("postgres"))
        more = {"privacy": {"keys_file": keys_file(tmp_path)}}
    async with world(tmp_path, url, summary=AT_SEVEN, **more) as made:
        yield made


async def test_what_is_over_costs_nothing(w: World) -> None:
    asked = await a_life(w)
    assert len(asked) > 60, "the recorder saw a whole day"
    living = await w.read(partial(_living, w))
    store(w.app.db, living, range(FEW))
    few = measured(w.app.db, asked)
    store(w.app.db, living, range(FEW, MANY))
    lots = measured(w.app.db, asked)
    grew = [f"{few[one.sql]} -> {lots[one.sql]} in {one.by!r}: {one.sql}" for one in asked if _grew(few, lots, one)]
    assert not grew, "\n\n".join(grew)


def _grew(few: dict[str, int], lots: dict[str, int], one: Asked) -> bool:
    deeper = 2 * len(one.values) if isinstance(one.values, Mapping) else 0
    return lots[one.sql] > 1.2 * few[one.sql] + SLACK + deeper


async def a_life(w: World) -> list[Asked]:
    """A day and a morning (in the campaign two days) with all that time does, and every list; what was asked."""
    tksk, koordinator, siti = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG), w.person("Siti")
    for role, area in (("deputy", SINGOSARI), ("dinsos", MALANG), ("dinsos", MALANG), ("jsc", "35"), ("jsc", "35")):
        await w.worker(role, area)
    admin = await w.worker("admin", "35")
    for _ in range(3):
        await w.reports(siti)
    for n in range(outbox.WAITING_PERSON + 2):
        await w.reports(w.person(f"Ani {n}"), kind="Gangguan jiwa", danger="Dirantai")
    await w.press(tksk, "Saya tangani")
    begun = w.person("Budi")
    await begun.start()
    await w.settle()
    await w.press(begun, "Lapor", "Setuju")
    with recorded() as asked:
        await w.passes(hours=20)
        away = await w.worker("deputy", SINGOSARI)
        await w.read(partial(_takes_leave, w, away.id))
        await w.read(lambda s: s.add(Lane(channel=outbox.JSC, dest=0, failing_since=w.now - HOUR)))
        await w.passes(hours=many(28, 5))
        for phone in (tksk, koordinator, admin):
            for words in ("/tugas", "/ringkasan"):
                await w.say(phone, words)
            for what in ("tanpa", "telat", "menunggu", "baru", "kosong", "wilayah", "dibaca"):
                await phone.forge(b.Overview(what, f"{today(w.now)}", 0).pack())
                await w.settle()
        await w.say(siti, "/laporan")
        await w.app.db.run(lambda s: heartbeat.after_downtime(w.turn(s), w.now - HOUR), "beat")
        await w.app.db.run(lambda s: setback.set_back(w.turn(s), w.now + HOUR), "beat")
        await w.settle()
        await w.stop()
        await w.start()
        await w.settle()
    return [one for one in asked if one.by not in ELSEWHERE]


def _takes_leave(w: World, chat_id: int, session: Session) -> None:
    leaving = for_days(w.now, 1)
    assert leaving is not None
    absence.take_leave(w.turn(session), chat_id, leaving)


def _living(w: World, session: Session) -> Living:
    members = session.exec(select(Member).where(Member.active)).all()
    people = [(member.id, member.chat_id) for member in members if member.chat_id is not None]
    reporter = session.exec(select(Report).order_by(col(Report.created_at))).first()
    policy = session.exec(select(Policy)).first()
    assert reporter is not None and policy is not None
    return Living(people, reporter.chat_id, policy.id, w.now)
