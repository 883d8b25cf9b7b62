"""The clock ran ahead and was set back: nothing sleeps until it gets there again."""

import asyncio
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.actions import absence
from bot.engine import heartbeat
from bot.localtelegram.phones import Phone
from handlers import pump
from storage.database import Database
from storage.session import Session
from storage.tables import Inbox, Member, Report
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World, world

AHEAD = timedelta(days=3)


async def _set_back(w: World) -> None:
    w.telegram.turn(-AHEAD.total_seconds())
    await w.app.beat()
    await w.settle()


async def test_a_case_climbs_as_if_it_had_come_when_the_clock_was_put_right(on_server: World) -> None:
    w = on_server
    await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    w.telegram.turn(AHEAD.total_seconds())
    await w.app.beat()
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    await _set_back(w)
    await w.passes(hours=1, minutes=50)
    assert not koordinator.find(number)
    await w.passes(minutes=15)
    assert koordinator.find(number)


async def test_a_card_that_waits_for_the_morning_waits_for_the_next_one(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    w.telegram.turn(AHEAD.total_seconds() + 15 * 3600)  # midnight
    await w.app.beat()
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    assert not tksk.find(number)
    await _set_back(w)
    await w.passes(hours=7)
    assert tksk.find(number)


async def test_an_owner_is_asked_for_a_first_word_in_time(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    w.telegram.turn(AHEAD.total_seconds())
    await w.app.beat()
    await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    await w.press(tksk, "Saya tangani")
    await _set_back(w)
    await w.passes(hours=6, minutes=5)
    assert tksk.find("Bagaimana sekarang?")


async def test_an_owner_who_was_asked_is_asked_again_in_time(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    await w.press(tksk, "Saya tangani")
    w.telegram.turn(AHEAD.total_seconds())
    await w.app.beat()
    await w.settle()
    assert _asked(tksk) == 1
    await _set_back(w)
    assert _asked(tksk) == 1
    await w.passes(hours=6, minutes=5)
    assert _asked(tksk) == 2


@pytest.mark.parametrize("taken", [True, False])
async def test_a_case_of_somebody_who_left_the_roster_goes_on_at_once(w: World, taken: bool) -> None:
    """The roster lost a TKSK just before the clock was set back, and the sweep had not looked at their case yet."""
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    if taken:
        await w.press(tksk, "Saya tangani")
    w.telegram.turn(3600)
    await w.app.beat()
    await w.read(lambda s: _lose(s, tksk, w))
    w.telegram.turn(-1800)
    await w.app.beat()
    await w.settle()
    assert koordinator.find(number)


def _asked(phone: Phone) -> int:
    return sum("Bagaimana sekarang?" in message.text for message in phone.from_bot())


def _lose(session: Session, phone: Phone, w: World) -> None:
    member = session.exec(select(Member).where(Member.chat_id == chat_of(session, phone))).one()
    member.active = False
    session.add(member)
    absence.gone(w.turn(session), [member], "left")


async def test_nobody_is_kept_waiting_by_a_pace_or_a_pause_of_a_time_that_never_came(tmp_path: Path) -> None:
    async with world(tmp_path, limits={"overall_per_second": 0}) as w:
        siti = w.person()
        w.telegram.turn(AHEAD.total_seconds())
        await w.app.beat()
        await siti.start()
        await w.settle()
        w.telegram.fault(
            "error", chat_id=siti.id, method="send*", code=429, description="Too Many Requests", retry_after=60, times=1
        )
        await siti.say("/bantuan")
        await w.settle()
        before = len(siti.from_bot())
        await _set_back(w)
        for _ in range(5):
            await siti.say("/bantuan")
        await w.passes(seconds=30)
        assert len(siti.from_bot()) >= before + 6


async def test_who_went_on_leave_stays_away_as_long_as_they_said(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    w.telegram.turn(AHEAD.total_seconds())
    await w.app.beat()
    await tksk.forge("a:3")
    await w.settle()
    await _set_back(w)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    assert koordinator.find(number) and not tksk.find(number)
    await w.passes(days=3, minutes=1)
    assert tksk.find("Selamat datang kembali")


async def test_who_went_on_leave_and_was_asked_before_the_bot_found_out_is_not_waited_for(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    w.telegram.turn(AHEAD.total_seconds())
    await w.app.beat()
    await tksk.forge("a:3")
    await w.settle()
    w.telegram.turn(-AHEAD.total_seconds())
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    assert tksk.find(number) and not koordinator.find(number)
    await w.app.beat()
    await w.settle()
    assert koordinator.find(number)


@pytest.mark.parametrize("early", [True, False])
async def test_who_is_back_from_leave_stays_back(w: World, early: bool) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await tksk.forge("a:1")
    await w.settle()
    w.telegram.turn(3600 if early else AHEAD.total_seconds())
    await w.app.beat()
    await w.settle()
    if early:
        await w.press(tksk, "Saya kembali")
    assert tksk.find("Selamat datang kembali")
    w.telegram.turn(-1800 if early else -AHEAD.total_seconds())
    await w.app.beat()
    assert tksk.find(await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai"))


async def test_a_red_case_is_looked_at_as_often_as_before(w: World) -> None:
    await w.reports(w.person())
    assert (await w.case()).stuck
    w.telegram.turn(AHEAD.total_seconds())
    await w.app.beat()
    await w.settle()
    await _set_back(w)
    due = (await w.case()).next_due_at
    assert due is not None and due <= w.now + timedelta(minutes=5)


async def test_an_update_that_waits_for_its_next_try_gets_it(w: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError

    async def failed() -> bool:
        return bool(await w.read(lambda s: s.exec(select(Inbox).where(col(Inbox.attempts) > 0)).first()))

    siti = w.person()
    w.telegram.turn(AHEAD.total_seconds())
    w.telegram.clock.freeze()  # the next try stays ahead
    await w.app.beat()
    with monkeypatch.context() as broken:
        broken.setattr(pump, "take_turn", fails)
        await siti.start()
        while not await failed():
            await w.settle()
    await _set_back(w)
    assert siti.find("Selamat datang")


async def test_a_beat_that_waits_for_another_takes_no_replica_for_a_set_back_clock(both: World) -> None:
    """S9: the time of a beat is read once its row is held; the other one wrote a later time meanwhile."""
    w = both
    siti = w.person()
    await w.reports(siti)
    await w.app.beat()
    before = (await w.case()).next_due_at
    other = Database(w.app.settings.database.url)
    held, told = threading.Event(), threading.Event()

    def live(session: Session) -> None:
        row = heartbeat.hold(session)
        heartbeat.beat(session, row, w.now)
        session.flush()
        held.set()
        assert told.wait(120)
        heartbeat.beat(session, row, w.now)

    writing = asyncio.create_task(other.run(live))
    await asyncio.to_thread(held.wait, 120)
    beating = asyncio.create_task(w.app.beat())
    await asyncio.sleep(0.1)  # it has begun, and waits for the row
    w.telegram.turn(8)
    told.set()
    await asyncio.gather(writing, beating)
    other.close()
    assert (await w.case()).next_due_at == before


async def test_news_that_waits_does_not_wait_for_a_future_that_never_came(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    w.telegram.turn(AHEAD.total_seconds())
    await w.app.beat()
    siti = w.person()
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Menyerang")
    await w.press(tksk, "Saya tangani", "Kembalikan")
    await w.press(koordinator, "Saya tangani", "Selesai", "Tertolong")
    assert not siti.find(number, "sudah selesai")
    await _set_back(w)
    await w.passes(minutes=6)
    assert siti.find(number, "sudah selesai")


async def test_a_promise_is_kept_though_the_day_was_lived_before(w: World) -> None:
    """Pieces of a day that the clock went back to leave no promise of it unkept."""
    siti = w.person()
    await w.worker("tksk", SINGOSARI)
    await w.reports(siti)
    await w.passes(hours=24, minutes=30)

    def lived(session: Session) -> None:
        report = session.exec(select(Report)).one()
        assert report.promised_at is not None
        report.told_at, report.told_pieces = report.promised_at, 2

    await w.read(lived)
    before = len(siti.from_bot())
    await w.passes(hours=24)
    assert len(siti.from_bot()) == before + 1


async def test_a_reporter_hears_of_the_province_though_the_clock_went_back_a_little(w: World) -> None:
    """Nothing was said: the case seemed to be younger than this moment, so that its receipt said it all."""
    tksk, jsc, siti = await w.worker("tksk", SINGOSARI), await w.worker("jsc", "35", "Ani"), w.person()
    number = await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    w.telegram.turn(-4)
    await w.press(tksk, "Kembalikan")
    await w.passes(minutes=6)
    assert (await w.case()).status == "open" and jsc.find(number)
    assert siti.find(number, "provinsi")
    report = await w.read(lambda s: s.exec(select(Report)).one())
    assert report.promised_at is not None and report.news_at is not None
