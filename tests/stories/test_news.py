"""What the reporter hears: promises counted from delivery, broken ones said, nobody blamed (rows 74-76, 116, 123)."""

from datetime import datetime, timedelta

import pytest

from bot.core.figures import today
from bot.core.hours import WIB
from bot.localtelegram.phones import Phone
from bot.localtelegram.shown import Shown
from storage import cases, figures
from storage.tables import Report
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World


def wib(message: Shown) -> datetime:
    return datetime.fromtimestamp(message.date, WIB)


async def _report(w: World, phone: Phone) -> Report:
    found: Report = (await w.read(lambda s: cases.reports_of(s, chat_of(s, phone))))[0][0]
    return found


async def _promised(w: World, phone: Phone) -> datetime:
    promised = (await _report(w, phone)).promised_at
    assert promised is not None
    return promised


async def test_a_report_at_night_hears_in_the_morning_that_somebody_is_asked_and_until_when(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    w.telegram.turn(14 * 3600)  # 23.00
    siti = w.person()
    number = await w.reports(siti)
    assert siti.find(number, "di luar jam petugas", "Selasa 3/3 pukul 07.00")
    await w.passes(hours=9)
    assert siti.find(number, "sedang dihubungi", "pukul 07.10 belum dijawab", "petugas kabupaten")
    assert await _promised(w, siti) - w.now > timedelta(hours=22)


async def test_a_ping_that_arrives_late_moves_the_promise(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    fault = {"code": 429, "description": "Too Many Requests", "retry_after": 3600, "times": 1}
    w.telegram.fault("error", chat_id=tksk.id, method="send*", **fault)
    siti = w.person()
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Tidak makan")
    first = await _promised(w, siti)
    assert siti.find(number, "paling lambat Senin 2/3 pukul 11.10")
    await w.passes(hours=1, minutes=5)
    second = await _promised(w, siti)
    assert timedelta(minutes=55) <= second - first <= timedelta(minutes=65), "the promise counts from delivery"
    assert siti.find(number, "pukul 12.1", "petugas kabupaten")


async def test_whoever_climbs_is_named_by_role_and_the_promise_is_kept(w: World) -> None:
    for role, area in (("tksk", SINGOSARI), ("koordinator", MALANG), ("dinsos", MALANG), ("jsc", "35")):
        await w.worker(role, area, "Rahasia")
    siti = w.person()
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Tidak makan")
    told = {"petugas kabupaten sekarang ikut": 2, "Dinas Sosial kabupaten sekarang ikut": 4, "tim provinsi (JSC)": 8}
    passed = 0.0
    for words, hours in told.items():
        await w.passes(hours=hours - passed - 0.1)
        assert siti.find(number, words) is None
        await w.passes(hours=0.2)
        passed = hours + 0.1
        assert siti.find(number, words)
    assert not any("Rahasia" in m.text or "terlambat" in m.text for m in siti.from_bot())


async def test_the_end_of_the_ladder_is_not_silent_to_the_reporter_and_not_a_storm(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    await w.worker("jsc", "35")
    siti = w.person()
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Tidak makan")
    await w.passes(hours=9)
    before = len(siti.from_bot())
    await w.passes(hours=24)
    late = [m for m in siti.from_bot()[before:] if number in m.text]
    assert 2 <= len(late) <= 4, "every six hours or so, and not at night"
    assert all("belum ada petugas" in m.text and "tim provinsi (JSC) masih" in m.text for m in late)
    assert not any("terlambat" in m.text for m in siti.from_bot()), "what comes when it was promised is not late"
    assert not [m for m in late if not 6 <= wib(m).hour < 21]


async def test_news_is_late_until_the_owner_lets_the_case_go(w: World) -> None:
    """A case taken by mistake is as late as before; once it was somebody's, its reporter begins to wait anew."""
    await w.worker("tksk", SINGOSARI)
    jsc = await w.worker("jsc", "35")
    siti = w.person()
    await w.reports(siti, kind="Gangguan jiwa", danger="Tidak makan")
    await w.passes(hours=26)
    first = (await _report(w, siti)).late_at
    assert first is not None and await _late(w) == 1
    await w.press(jsc, "Saya tangani")
    assert (await _report(w, siti)).promised_at is None, "nothing is promised while somebody has it"
    assert await _late(w) == 0
    await w.press(jsc, "Salah pencet")
    assert await _late(w) == 1 and (await _report(w, siti)).late_at == first
    await w.press(jsc, "Saya tangani")
    await w.passes(minutes=3)
    await w.press(jsc, "Kembalikan")
    assert await _late(w) == 0 and (await _report(w, siti)).late_at is None
    assert (await w.case()).released_at is not None


async def _late(w: World) -> int:
    count: int = await w.read(lambda s: figures.total(s, "late", ("35",), today(w.now), w.now))
    return count


async def test_in_darurat_the_reporter_is_told_after_a_quarter_of_an_hour_not_to_wait(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("jsc", "35")
    siti = w.person()
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Menyerang")
    await w.passes(minutes=14)
    assert siti.find(number, "jangan menunggu. Telepon") is None
    await w.passes(minutes=2)
    told = siti.find(number, "saat ini belum ada petugas yang menangani", "jangan menunggu")
    assert told is not None
    assert not told.silent
    assert tksk.find("Polisi mungkin belum tahu")
    await w.press(siti, "Sudah telepon")
    assert siti.find("kami catat", number)
    assert tksk.find("Pelapor sudah menelepon"), "the worker's card shows it"


@pytest.mark.parametrize("jsc", [True, False])
async def test_darurat_without_anybody_above_is_told_just_the_same(w: World, jsc: bool) -> None:
    await w.worker("tksk", SINGOSARI)
    if jsc:
        await w.worker("jsc", "35")
    siti = w.person()
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Menyerang")
    await w.passes(minutes=16)
    assert siti.find(number, "saat ini belum ada petugas yang menangani")


async def test_somebody_elses_report_cannot_be_marked_as_phoned(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    siti = w.person()
    await w.reports(siti, kind="Gangguan jiwa", danger="Menyerang")
    report = await _report(w, siti)
    stranger = w.person("Orang lain")
    await stranger.start()
    await w.settle()
    await stranger.forge(f"h:{report.id}:sudah")
    await w.settle()
    told = await w.read(lambda s: cases.content(s, s.get(Report, report.id)))
    assert told.phoned == "takbisa"
    assert "sudah tidak berlaku" in stranger.toasts()[-1]


async def test_where_the_kecamatan_has_nobody_the_receipt_says_it_and_no_news_repeats_it(w: World) -> None:
    await w.worker("koordinator", MALANG)
    siti = w.person()
    number = await w.reports(siti)
    told = [m.text for m in siti.from_bot() if number in m.text]
    assert len(told) == 1
    assert "Belum ada petugas di kecamatan itu" in told[0]


async def test_given_back_and_undone_the_reporter_hears_that_it_goes_on(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    siti = w.person()
    number = await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    assert (await _report(w, siti)).promised_at is None, "taken: no more promises are open"
    await w.press(tksk, "Salah pencet")
    await w.passes(minutes=6)
    assert number in siti.last().text and "sedang dihubungi" in siti.last().text
    await w.press(tksk, "Saya tangani", "Kembalikan")
    await w.passes(minutes=6)
    assert "sedang dihubungi" in siti.last().text, "two pieces on a day are enough in biasa"
    await w.passes(hours=21)
    assert number in siti.last().text and "petugas kabupaten" in siti.last().text


async def test_after_an_outage_reporters_and_admins_hear_what_it_meant(w: World) -> None:
    admin = await w.worker("admin", "35")
    await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    early, fresh = w.person("Ani"), w.person("Bu Sri")
    broken = await w.reports(early, kind="Gangguan jiwa", danger="Tidak makan")
    await w.passes(hours=1)
    kept = await w.reports(fresh)
    await w.stop()
    w.telegram.turn(5 * 3600)
    await w.start()
    await w.settle()
    assert early.find("layanan terputus pukul 10.0", "sampai 15.0", broken)
    assert not any("terputus" in m.text for m in fresh.from_bot()), "no promise to her was broken"
    told = admin.find("Layanan terputus")
    assert told is not None
    assert broken in told.text and kept in told.text
    before = len(early.from_bot())
    await w.stop()
    await w.start()
    await w.settle()
    assert len(early.from_bot()) == before, "said once"
    assert len([m for m in admin.from_bot() if "terputus" in m.text]) == 1
