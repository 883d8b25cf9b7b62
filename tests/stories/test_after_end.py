"""The question at the end: thanks, words for whoever is above, and a case that is opened again (rows 77, 78, 79)."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.core import buttons as b
from bot.core.after_end import AGAIN, NO, YES, answers
from bot.localtelegram.phones import Phone
from storage import timeline
from storage.tables import Addition, Ask, Report
from tests.stories.test_additions import screen, sounds
from tests.stories.test_fixed_clock import _family
from tests.support.length import each
from tests.support.world import MALANG, SINGOSARI, World

NOT_DONE = "petugasnya cuma foto lalu pergi"


async def ended(w: World, outcome: str = "Tertolong", **what: str) -> tuple[Phone, Phone, Phone, str]:
    """TKSK, koordinator, reporter, number: the TKSK took the case and closed it."""
    tksk, boss = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG, "Pak Joko")
    siti = w.person("Siti")
    number = await w.reports(siti, **what)
    await w.passes(minutes=6)
    await w.press(tksk, "Saya tangani")
    await w.passes(minutes=6)
    await w.press(tksk, "Selesai", outcome)
    await w.passes(minutes=6)
    return tksk, boss, siti, number


def last(phone: Phone, label: str) -> list[str]:
    return [key.label for message in phone.from_bot() for key in message.buttons if label in key.label]


def key(phone: Phone, label: str) -> str:
    """What the newest button with such a label sends."""
    (*_, data) = [key.data for message in phone.from_bot() for key in message.buttons if label in key.label]
    assert data is not None
    return data


async def test_it_helped_and_is_counted(on_server: World) -> None:
    w = on_server
    _, _, siti, number = await ended(w)
    news = siti.find("Menurut Bapak/Ibu, sudah tertolong?")
    assert news is not None and number in news.text
    assert [key.label for key in news.buttons][:3] == ["👍 Sudah tertolong", "👎 Belum", "🔁 Keadaan berulang"]
    await w.press(siti, "👍 Sudah tertolong")
    assert siti.find("Terima kasih", f"Jawaban untuk {number} kami catat")
    report = await w.read(lambda s: s.exec(select(Report)).one())
    assert (report.helped, report.helped_round) == ("sudah", 1)
    await w.press(siti, "👎 Belum")
    assert (await w.case()).status == "closed", "each question is answered once"
    jsc = await w.worker("jsc", "35", "Ani")
    await w.passes(days=1)
    await w.say(jsc, "/ringkasan")
    assert jsc.find("Kata pelapor sudah tertolong: 1 dari 1")
    await w.press(jsc, "Per wilayah")
    assert "👍 1/1" in jsc.last().text


async def test_it_did_not_help_and_the_words_go_to_whoever_is_above(on_server: World) -> None:
    w = on_server
    tksk, boss, siti, number = await ended(w)
    await w.press(siti, "👎 Belum")
    assert siti.find("Apa yang belum?", f"laporan {number} kami buka lagi pukul")
    await w.say(siti, NOT_DONE)
    assert siti.find("Ini dibaca atasan petugasnya, bukan petugas itu")
    assert siti.find(f"Laporan {number} kami buka lagi")
    assert NOT_DONE in screen(boss) and NOT_DONE not in screen(tksk)
    case = await w.case()
    assert (case.status, case.round, case.rung) == ("open", 2, 0) and case.round_at > case.created_at
    await w.say(siti, "dan dia minta kopi")
    assert "dan dia minta kopi" in screen(boss), "what follows is for the same eyes"
    await w.press(tksk, "Saya tangani")
    assert NOT_DONE not in screen(tksk) and "minta kopi" not in screen(tksk)
    await tksk.forge(b.Read(case.id, case.round).pack())
    await w.settle()
    assert tksk.find("Rincian", number) and NOT_DONE not in screen(tksk)
    before = len(boss.from_bot())
    await boss.forge(b.Read(case.id, case.round).pack())
    await w.settle()
    read = "\n".join(message.words for message in boss.from_bot()[before:])
    assert NOT_DONE in read and "Keluhan pelapor" in read, "whoever is above finds it in the details too"
    row = await w.read(lambda s: s.exec(select(Addition)).one())
    assert NOT_DONE.encode() not in row.body_sealed


async def test_silence_opens_it_at_the_promised_minute(w: World) -> None:
    tksk, _, siti, number = await ended(w)
    await w.press(siti, "👎 Belum")
    asked = siti.find("Apa yang belum?")
    assert asked is not None
    assert (await w.case()).status == "closed"
    await w.passes(minutes=11)
    case = await w.case()
    assert (case.status, case.round) == ("open", 2)
    reopened = await w.read(lambda s: timeline.last(s, case.id, "reopen"))
    assert f"{reopened + timedelta(hours=7):%H.%M}" in asked.text, "as it was promised"
    assert tksk.find(number, "Mohon dijawab sebelum")


async def test_skipping_opens_it_at_once(w: World) -> None:
    tksk, boss, siti, number = await ended(w)
    await w.press(siti, "👎 Belum", "Lewati, buka lagi laporan")
    assert siti.find(f"Laporan {number} kami buka lagi") and (await w.case()).status == "open"
    await w.say(siti, NOT_DONE)
    assert NOT_DONE in screen(boss), "words that come after it are not for the workers either"
    await w.passes(minutes=20)
    assert (await w.case()).round == 2, "and once only"
    await tksk.forge(b.Read((await w.case()).id, 2).pack())
    await w.settle()
    assert tksk.find("Rincian") and NOT_DONE not in screen(tksk)


async def test_so_again_rings_everybody_anew_and_news_goes_on(either: World) -> None:
    w = either
    tksk, _, siti, number = await ended(w)
    before, read = sounds(tksk), len(siti.from_bot())
    await w.press(siti, "🔁 Keadaan berulang")
    assert sounds(tksk) == before + 1
    assert (await w.case()).status == "open"
    await w.passes(minutes=8)
    news = "\n".join(message.words for message in siti.from_bot()[read:])
    assert f"Laporan {number} kami buka lagi" in news and "Kabar berikutnya paling lambat" in news
    await w.press(tksk, "Saya tangani", "Selesai", "Tertolong")
    await w.passes(minutes=8)
    asked = [message for message in siti.from_bot() if "sudah tertolong?" in message.text]
    assert len(asked) == 2, "a new round is asked about anew"
    await siti.forge(asked[0].buttons[0].data or "")
    await w.settle()
    report = await w.read(lambda s: s.exec(select(Report)).one())
    assert report.helped == "ulang", "an old question is not answered late"
    await w.press(siti, "👍 Sudah tertolong")
    report = await w.read(lambda s: s.exec(select(Report)).one())
    assert (report.helped, report.helped_round) == ("sudah", 2)


async def test_not_the_same_worker(on_server: World) -> None:
    w = on_server
    tksk, boss, siti, number = await ended(w)
    before = sounds(tksk)
    await w.press(siti, "👎 Belum", "Jangan ke petugas yang sama")
    assert siti.find(f"Laporan {number} kami buka lagi, dan petugas lain kami hubungi lebih dulu")
    assert sounds(tksk) == before and boss.find(number, "Mohon ditangani")
    case = await w.case()
    asks = await w.read(lambda s: s.exec(select(Ask).where(Ask.round == 2).order_by(col(Ask.rung))).all())
    assert (asks[0].role, asks[0].state, asks[0].reason) == ("tksk", "declined", "reporter")
    assert case.status == "open" and case.next_due_at is not None


async def test_after_the_words_too_somebody_else_is_asked(w: World) -> None:
    tksk, boss, siti, number = await ended(w)
    await w.press(siti, "👎 Belum")
    await w.say(siti, NOT_DONE)
    assert "Saya tangani" in " ".join(tksk.buttons())
    await w.press(siti, "Jangan ke petugas yang sama")
    assert siti.find(f"Permintaan petugas lain untuk {number} kami catat")
    assert boss.find("pelapor minta petugas lain") and boss.find(number, "Mohon ditangani")
    assert "Saya tangani" not in " ".join(tksk.buttons())
    heard = sounds(boss)
    await siti.forge(key(siti, "petugas yang sama"))
    await w.settle()
    assert sounds(boss) == heard, "once more tells nobody anew"


async def test_about_the_koordinator_jsc_reads_it(w: World) -> None:
    boss, jsc = await w.worker("koordinator", MALANG), await w.worker("jsc", "35", "Ani")
    siti = w.person("Siti")
    await w.reports(siti)
    await w.press(boss, "Saya tangani")
    await w.passes(minutes=6)
    await w.press(boss, "Selesai", "Tertolong")
    await w.passes(minutes=6)
    await w.press(siti, "👎 Belum")
    await siti.voice()
    await w.settle()
    assert jsc.find("keluhan pelapor") and any(message.media for message in jsc.from_bot())
    assert not boss.find("keluhan pelapor") and not any(message.media for message in boss.from_bot())


async def test_where_nobody_is_above_it_is_kept_and_said_so(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    await w.passes(minutes=6)
    await w.press(tksk, "Selesai", "Tertolong")
    await w.passes(minutes=6)
    await w.press(siti, "👎 Belum")
    await w.say(siti, NOT_DONE)
    assert siti.find("Ini kami simpan untuk atasan petugasnya", "lapor.go.id")
    assert NOT_DONE not in screen(tksk) and (await w.case()).status == "open"
    boss, case = await w.worker("koordinator", MALANG), await w.case()
    await boss.forge(b.Read(case.id, case.round).pack())
    await w.settle()
    assert NOT_DONE in screen(boss)


async def test_danger_said_then_is_asked_about(w: World) -> None:
    tksk, boss, siti, _ = await ended(w, kind="Gangguan jiwa", danger="Tidak ada")
    await w.press(siti, "👎 Belum")
    await w.say(siti, "dia ngamuk lagi bawa parang")
    assert "dia ngamuk lagi bawa parang" in screen(boss) and "parang" not in screen(tksk)
    await w.press(siti, "Ya, sekarang")
    case = await w.case()
    assert (case.urgency, case.status) == ("darurat", "open") and tksk.find("sekarang ada bahaya")


async def test_no_need_may_have_changed(w: World) -> None:
    _, _, siti, _ = await ended(w, "Sudah dicek")
    news = siti.find("saat ini belum perlu kami tangani")
    assert news is not None and news.buttons[0].label == "🔁 Keadaan berubah"
    assert not last(siti, "👍")
    await w.press(siti, "🔁 Keadaan berubah")
    assert (await w.case()).round == 2


@pytest.mark.parametrize(
    ("kind", "danger"),
    each([("Dipukul", "Tidak ada"), ("Anak", "Tidak makan"), ("Lansia", "diusir")], ("Lansia", "diusir")),
)
async def test_in_locked_kinds_nothing_is_asked(w: World, kind: str, danger: str) -> None:
    _, _, siti, _ = await ended(w, kind=kind, danger=danger)
    await w.passes(days=3)
    assert siti.find("Selesai") and not last(siti, "👍") and not last(siti, "🔁")
    report, case = await w.read(lambda s: s.exec(select(Report)).one()), await w.case()
    await siti.forge(b.Helped(report.id, 1, "belum").pack())
    await w.settle()
    assert (await w.case()).status == "closed" and case.round == 1


async def test_the_family_is_asked_by_their_clock(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    number = await _family(w, siti, "Tidak makan")
    await w.press(tksk, "Saya tangani", "Selesai", "Sudah dicek")
    await w.passes(hours=4)
    asked = siti.find(f"Laporan {number}: Selesai", "sudah tertolong?")
    assert asked is not None and [key.label for key in asked.buttons][:3] == [
        "👍 Sudah tertolong",
        "👎 Belum",
        "🔁 Keadaan berulang",
    ], "which answers there are tells nothing of the outcome"
    await w.press(siti, "🔁 Keadaan berulang")
    await w.say(siti, number)
    assert "Selesai" not in siti.last().text and "Kabar berikutnya" in siti.last().text


async def test_after_thirty_days_it_is_too_late(w: World) -> None:
    _, _, siti, _ = await ended(w)
    await w.passes(days=31)
    await w.press(siti, "🔁 Keadaan berulang")
    assert (await w.case()).status == "closed"


async def test_whoever_closed_it_is_not_asked(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    number = await w.reports(tksk)
    await w.passes(minutes=6)
    case = await w.case()
    await tksk.forge(b.Take(case.id, 1).pack())
    await w.settle()
    await w.passes(minutes=6)
    await w.press(tksk, "Selesai", "Tertolong")
    await w.passes(minutes=6)
    assert not tksk.find(f"Laporan {number} sudah selesai ditangani") and not last(tksk, "👍")


def test_who_is_asked_what() -> None:
    free = {"locked": False, "attacked": False, "closed_it": False, "by_clock": False}
    assert answers("tertolong", **free) == (YES, NO, AGAIN)
    assert answers("bukan_kasus", **free) == (AGAIN,)
    assert answers("meninggal", **free) == () == answers(None, **free)
    for why in ("locked", "attacked", "closed_it"):
        assert answers("tertolong", **{**free, why: True}) == ()


async def test_a_case_that_nobody_can_be_asked_about_again_is_still_read(w: World) -> None:
    """Whoever had it is away when it is opened again: the old button shows the details, and no deadline."""
    tksk = await w.worker("tksk", SINGOSARI)
    siti = w.person("Siti")
    number = await w.reports(siti)
    await w.press(tksk, "Saya tangani", "Selesai", "Tertolong")
    old = key(tksk, "Buka rincian") if last(tksk, "Buka rincian") else b.Read((await w.case()).id, 1).pack()
    await w.say(tksk, "/cuti")
    await w.press(tksk, "Hari ini", "3 hari", "Tidak ada", "Ya, cuti")
    await w.passes(minutes=6)
    await w.press(siti, "Keadaan berulang")
    assert (await w.case()).stuck
    await tksk.forge(old)
    await w.settle()
    assert number in tksk.last().text
    assert "Mohon dijawab sebelum" not in tksk.last().text
