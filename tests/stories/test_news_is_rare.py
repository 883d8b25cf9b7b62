"""News is rare: one piece a moment, five minutes apart, few a day, none at night but in darurat (R12, 124)."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlmodel import select

from bot.core.hours import WIB
from bot.core.news_clock import APART, LOUD, MOST
from bot.localtelegram.phones import Phone
from storage.tables import Report
from tests.support.length import many
from tests.support.world import MALANG, SINGOSARI, World

GRAVE = {"kind": "Gangguan jiwa", "danger": "Menyerang"}
HUNGRY = {"kind": "Gangguan jiwa", "danger": "Tidak makan"}


def told(phone: Phone, number: str) -> list[tuple[datetime, str]]:
    """The news of a report, with the hour in WIB at which it was sent."""
    news = [m for m in phone.from_bot() if number in m.text and "Nomor laporan" not in m.text]
    return [(datetime.fromtimestamp(m.date, WIB), m.text) for m in news]


def a_day(phone: Phone, number: str) -> Counter[date]:
    return Counter(at.date() for at, _ in told(phone, number))


async def everybody(w: World) -> tuple[Phone, Phone]:
    """Somebody on each rung, so that each climb could be news; the TKSK and the koordinator."""
    posts = [("tksk", SINGOSARI), ("koordinator", MALANG), ("dinsos", MALANG), ("jsc", "35"), ("jsc", "35")]
    phones = [await w.worker(role, area) for role, area in posts]
    return phones[0], phones[1]


async def test_a_promise_and_a_climb_at_one_moment_are_one_message(w: World) -> None:
    await everybody(w)
    siti = w.person()
    number = await w.reports(siti, **GRAVE)
    await w.passes(minutes=20)
    assert len(told(siti, number)) == 1


async def test_two_darurat_that_nobody_answers_do_not_flood_their_reporter(w: World) -> None:
    await everybody(w)
    siti = w.person()
    numbers = [await w.reports(siti, **GRAVE) for _ in range(2)]
    await w.passes(hours=many(30, 9))
    for number in numbers:
        assert max(a_day(siti, number).values()) <= MOST["darurat"]
        assert all(later - sooner >= APART for (sooner, _), (later, _) in pairwise(told(siti, number)))
    count = sum(len(told(siti, number)) for number in numbers)
    assert count <= many(24, 16)


@pytest.mark.parametrize(
    ("kind", "urgency", "days"),
    [(HUNGRY, "mendesak", many(4, 2)), ({}, "biasa", many(4, 2)), (GRAVE, "darurat", many(24, 7) / 24)],
)
async def test_every_promised_time_is_kept_and_none_lies_in_the_night(
    w: World, kind: dict[str, str], urgency: str, days: float
) -> None:
    """Nobody acts for days, and no time that was said passes in silence."""
    await everybody(w)
    siti = w.person()
    number = await w.reports(siti, **kind)
    until = w.now + timedelta(days=days)
    promises = []
    while w.now < until:
        report = await w.read(lambda s: s.exec(select(Report)).one())
        assert report.promised_at is not None and report.promised_at > w.now
        promises.append(report.promised_at)
        before = len(told(siti, number))
        await w.passes(seconds=(report.promised_at - w.now).total_seconds() + 2)
        assert len(told(siti, number)) > before, f"nothing came by {report.promised_at.astimezone(WIB)}"
    assert not any("terlambat" in text for _, text in told(siti, number))
    assert max(a_day(siti, number).values()) <= MOST[urgency]
    if urgency != "darurat":
        assert all(LOUD.is_open(at) for at in promises)
        assert all(LOUD.is_open(at) for at, _ in told(siti, number))


async def test_whoever_takes_it_and_lets_it_go_at_once_is_no_storm(w: World) -> None:
    tksk, koordinator = await everybody(w)
    siti = w.person()
    number = await w.reports(siti, **GRAVE)
    await w.press(tksk, "Saya tangani", "Salah pencet", "Saya tangani", "Kembalikan")
    await w.press(koordinator, "Saya tangani", "Selesai", "Tertolong")
    taken, lost = (text for _, text in told(siti, number))
    assert (
        taken
        == f"Laporan {number}: sudah ada petugas sosial yang menangani. Semua gratis. Bapak/Ibu tidak perlu mendekat."
    )
    assert "saat ini belum ada petugas" in lost, "that alone waits for nothing"
    await w.passes(minutes=6)
    assert len(told(siti, number)) == 3
    last = told(siti, number)[-1][1]
    assert "sudah selesai ditangani" in last, "after five minutes: what is true then"


async def test_taken_twice_within_five_minutes_is_said_once(w: World) -> None:
    tksk, koordinator = await everybody(w)
    siti = w.person()
    number = await w.reports(siti, **HUNGRY)
    await w.press(tksk, "Saya tangani", "Kembalikan")
    await w.press(koordinator, "Saya tangani")
    await w.passes(hours=1)
    assert len(told(siti, number)) == 1


async def test_what_happens_at_night_is_one_piece_in_the_morning(w: World) -> None:
    tksk, koordinator = await everybody(w)
    siti = w.person()
    number = await w.reports(siti, **HUNGRY)
    await w.press(tksk, "Saya tangani")
    await w.passes(hours=13)  # 22.00
    before = len(told(siti, number))
    await w.press(tksk, "Kembalikan")
    await w.passes(hours=1)
    await koordinator.forge(f"t:{(await w.case()).id}:1")
    await w.settle()
    await w.passes(hours=1)
    await w.press(koordinator, "Selesai", "Tertolong")
    await w.passes(hours=5, minutes=58)
    assert len(told(siti, number)) == before
    await w.passes(minutes=4)
    ((at, text),) = told(siti, number)[before:]
    assert (at.hour, at.minute) == (6, 0) and "sudah selesai ditangani" in text


async def test_the_days_last_piece_names_the_morning_and_the_end_gets_through(w: World) -> None:
    """Biasa: two pieces a day; a third climb on the same day waits, that somebody has it does not."""
    tksk, koordinator = await everybody(w)
    siti = w.person()
    number = await w.reports(siti)
    await w.press(tksk, "Tidak bisa", "Sedang sakit")
    await w.passes(minutes=6)
    assert len(told(siti, number)) == 1
    await w.press(koordinator, "Eskalasi sekarang")
    await w.passes(minutes=6)
    assert len(told(siti, number)) == 2
    last = told(siti, number)[-1][1]
    assert not last.endswith("Senin 2/3 pukul 09.15."), "what is promised is another day"
    await w.press(koordinator, "Saya tangani")
    await w.passes(minutes=6)
    assert "sudah ada petugas" in told(siti, number)[-1][1]


async def test_news_that_waits_survives_a_restart(w: World) -> None:
    tksk, _ = await everybody(w)
    siti = w.person()
    number = await w.reports(siti, **GRAVE)
    await w.passes(minutes=16)
    await w.press(tksk, "Saya tangani")
    assert len(told(siti, number)) == 1
    await w.stop()
    w.telegram.turn(3600)
    await w.start()
    await w.settle()
    assert "sudah ada petugas" in told(siti, number)[-1][1]


async def test_who_heard_that_nobody_can_be_asked_hears_that_somebody_is(w: World) -> None:
    siti = w.person()
    number = await w.reports(siti, **HUNGRY)
    assert siti.find(number, "Belum ada petugas yang bisa dihubungi")
    await w.passes(minutes=30)
    await w.worker("tksk", SINGOSARI)
    await w.passes(minutes=6)
    assert "sedang dihubungi. Kabar berikutnya" in told(siti, number)[-1][1]
