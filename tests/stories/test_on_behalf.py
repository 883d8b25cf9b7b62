"""A volunteer, a village official or a worker reports for a resident: own words, who may be asked, counted apart."""

import pytest
from sqlmodel import select

from bot.actions import summary_report
from bot.core import report as told
from bot.localtelegram.phones import Phone
from storage import cases
from storage.session import Session
from storage.tables import Report
from tests.support.resident import begin, go, press, step_asked
from tests.support.world import MALANG, SINGOSARI, World

WAKIL = {"siapa": "wakil"}


async def at(w: World, phone: Phone, step: str, **plan: str) -> str:
    """The words of a question, as somebody reads it who reports for a resident."""
    await begin(w, phone, "siapa")
    await go(w, phone, step, **WAKIL, **plan)
    assert step_asked(phone) == step
    return phone.last().text


async def content(w: World) -> told.Report:
    def read(s: Session) -> told.Report | None:
        return cases.content(s, s.exec(select(Report)).one())

    found = await w.read(read)
    assert isinstance(found, told.Report)
    return found


async def test_one_choice_more_and_its_own_words_at_every_step(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "siapa")
    assert "🤝 Saya kader/perangkat desa, mewakili warga" in siti.last().labels
    await w.say(siti, "pamong")
    assert step_asked(siti) == "jenis"
    words = {}
    for step in ("tempat", "patokan", "kapan", "cerita", "kontak"):
        await go(w, siti, step)
        words[step] = siti.last().text
    assert all("warga itu" in text for text in words.values()), words
    assert "rumah Bapak/Ibu sendiri" not in words["patokan"]
    await go(w, siti, "tinjau")
    assert "mewakili warga" in siti.last().text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0812-3456-7890", "+6281234567890"), ("+62 812 3456 7890", "+6281234567890")],
)
async def test_the_residents_own_number_is_typed_and_the_card_says_whom_to_ask(w: World, typed: str, kept: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await at(w, siti, "kontak")
    await press(siti, "kontak", "warga")
    await w.settle()
    assert "nomor HP warga itu" in siti.last().text
    await w.say(siti, "0812")
    assert siti.find("bukan nomor HP")
    await w.say(siti, typed)
    assert step_asked(siti) == "tinjau"
    await w.press(siti, "Kirim laporan")
    report = await content(w)
    assert (report.who, report.phone, report.of_resident, report.on_behalf) == ("wakil", kept, True, True)
    card = next(m.text for m in tksk.from_bot() if "Lansia" in m.text)
    assert "mewakili warga" in card and "Yang bisa ditanya: warga itu" in card and kept not in card
    await w.press(tksk, "Saya tangani")
    assert tksk.find("Nomor warga yang diwakili", kept)
    assert "mewakili warga" in next(m.text for m in reversed(tksk.from_bot()) if "Langkah pertama" in m.text)


async def test_the_number_of_whoever_reports_or_none(w: World) -> None:
    tksk, siti, tini = await w.worker("tksk", SINGOSARI), w.person(), w.person()
    await at(w, siti, "kontak")
    await press(siti, "kontak", "telepon")
    await w.settle()
    await siti.contact()
    await w.settle()
    await w.press(siti, "Kirim laporan")
    assert tksk.find("mewakili warga", "Yang bisa ditanya: pelapornya")
    await begin(w, tini, "siapa")
    await go(w, tini, "", **WAKIL)
    assert tksk.find("mewakili warga", "Tidak ada nomor telepon")


async def test_every_piece_of_news_of_a_taking_and_an_end_has_its_own_words(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "siapa")
    await go(w, siti, "", **WAKIL)
    await w.press(tksk, "Saya tangani")
    await w.passes(minutes=6)
    assert siti.find("sudah ada petugas sosial", "mewakili warga")
    await w.press(tksk, "Selesai", "Tertolong")
    await w.passes(minutes=6)
    assert siti.find("sudah selesai", "warga itu sudah tertolong?")
    assert not siti.find("Bapak/Ibu tidak perlu mendekat")


async def test_a_case_that_was_none_is_told_in_its_own_words_too(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "siapa")
    await go(w, siti, "", **WAKIL)
    await w.press(tksk, "Saya tangani", "Selesai", "Sudah dicek")
    await w.passes(minutes=11)
    assert siti.find("belum perlu kami tangani", "mewakili warga")


async def test_summaries_count_apart_who_sent_the_reports(w: World) -> None:
    """A resident; two for somebody (one a volunteer of the roster who reports a neighbour); a worker for somebody."""
    tksk, volunteer = await w.worker("tksk", SINGOSARI), await w.worker("volunteer", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    for phone, who in ((w.person(), "tetangga"), (w.person(), "wakil"), (volunteer, "tetangga"), (tksk, "wakil")):
        await begin(w, phone, "siapa")
        await go(w, phone, "", siapa=who)
    kept = await w.read(lambda s: sorted(s.exec(select(Report.sent_by)).all()))
    assert kept == ["petugas", "relawan", "relawan", "warga"]
    await w.passes(days=1)
    await w.say(koordinator, "/ringkasan")
    assert "Dari warga: 1 · kader atau perangkat desa: 2 · petugas: 1" in koordinator.last().text
    figures = await w.read(lambda s: summary_report.figures(w.turn(s), MALANG))
    assert (figures["new"], figures["volunteers"], figures["workers"]) == (4, 2, 1)
    await w.passes(days=1)
    await w.say(koordinator, "/ringkasan")
    assert "Dari warga" not in koordinator.last().text


async def test_another_answer_to_who_forgets_the_residents_number(w: World) -> None:
    siti = w.person()
    await at(w, siti, "kontak")
    await press(siti, "kontak", "warga")
    await w.say(siti, "081234567890")
    await w.press(siti, "Ubah", "Siapa", "Tetangga")
    assert "Tidak usah menelepon" in siti.last().text
    await w.press(siti, "Kirim laporan")
    report = await content(w)
    assert report.phone is None and not report.of_resident, "nobody said that a neighbour's number may be phoned"
