"""Somebody was asked for money: whoever is above reads it, and no worker of the case (row 78)."""

import pytest
from sqlmodel import select

from bot.localtelegram.phones import Phone
from bot.texts.catalog import LANGUAGES, ORIGINAL, Texts
from handlers.money import is_about
from storage import drafts
from storage.tables import Draft
from tests.stories.test_additions import reported, screen, sounds
from tests.stories.test_after_end import ended, key
from tests.support.world import MALANG, World

MONEY = "petugasnya minta uang 200 ribu katanya buat bensin"


async def test_it_goes_to_the_koordinator_and_never_to_the_owner(on_server: World) -> None:
    w = on_server
    tksk, siti, number = await reported(w)
    boss = await w.worker("koordinator", MALANG)
    await w.press(tksk, "Saya tangani")
    await w.passes(minutes=6)
    assert siti.find(number, "sudah ada petugas sosial yang menangani. Semua gratis")
    await w.say(siti, MONEY)
    assert siti.last().words == "Terima kasih sudah mengatakan. Ini dibaca atasan petugasnya, bukan petugas itu."
    assert "🌐 lapor.go.id" in siti.last().labels
    await w.passes(minutes=15)
    assert MONEY in screen(boss) and MONEY not in screen(tksk)
    await w.press(siti, "Jangan ke petugas yang sama")
    assert boss.find(number, "pelapor minta petugas lain") and (await w.case()).status == "acknowledged"
    heard = sounds(boss)
    await siti.forge(key(siti, "petugas yang sama"))
    await w.settle()
    assert sounds(boss) == heard, "once more tells nobody anew"


async def test_at_any_time_also_after_the_end(w: World) -> None:
    tksk, boss, siti, number = await ended(w)
    await w.say(siti, f"saya dimintai uang, laporan {number}")
    assert "saya dimintai uang" in screen(boss) and "uang" not in screen(tksk)
    assert (await w.case()).status == "closed", "a complaint opens nothing"
    await w.press(siti, "Jangan ke petugas yang sama")
    assert siti.find(f"Permintaan petugas lain untuk {number} kami catat") and boss.find("pelapor minta petugas lain")


async def test_about_the_koordinator_it_goes_to_jsc(w: World) -> None:
    boss, jsc, siti = await w.worker("koordinator", MALANG), await w.worker("jsc", "35", "Ani"), w.person("Siti")
    await w.reports(siti)
    await w.press(boss, "Saya tangani")
    await w.say(siti, "itu pungli pak")
    assert "itu pungli pak" in screen(jsc) and "pungli" not in screen(boss)


async def test_what_was_meant_for_the_case_reaches_it(w: World) -> None:
    tksk, siti, number = await reported(w)
    await w.worker("koordinator", MALANG)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, "petugas desa harus bayar obatnya dia")
    await w.press(siti, f"Tambahkan ke {number}")
    assert "petugas desa harus bayar obatnya dia" in screen(tksk)
    await siti.forge(key(siti, f"Tambahkan ke {number}"))
    await w.settle()
    assert screen(tksk).count("petugas desa harus bayar") == 1


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (MONEY, True),
        ("petugase njaluk duit", True),
        ("dimintai uang pak", True),
        ("pungli", True),
        ("orang dinsos suruh bayar 50 ribu dulu baru dibawa", True),
        ("petugasnya tidak minta uang kok", False),
        ("orangnya suka minta uang di lampu merah", False),
        ("ibunya dimintai uang terus sama anaknya yang mabuk itu", False),
        ("dimintai duit sama pak budi 100 ribu", True),
        ("saya dimintai uang 200 ribu sama pak budi yang datang tadi siang", True),
        ("disuruh transfer 50 ribu ke rekeningnya", True),
        ("saya dimintai uang terus sama anak saya yang mabuk itu", False),
        ("aku dijaluki duit terus karo bojoku sing mendem iku", False),
        ("petugas sudah datang, terima kasih", False),
        ("dia butuh uang untuk makan", False),
    ],
)
def test_what_is_about_money_that_a_worker_wants(text: str, about: bool) -> None:
    assert is_about(Texts().of(ORIGINAL), text) is about


def test_in_english_too() -> None:
    (english,) = [language for language in LANGUAGES if language != ORIGINAL]
    assert is_about(Texts().of(english), "the worker asked me to pay first")
    assert not is_about(Texts().of(english), "the worker came")


async def both(w: World) -> tuple[Phone, Phone, Phone]:
    """TKSK who has the case, koordinator, reporter."""
    tksk, siti, _ = await reported(w)
    boss = await w.worker("koordinator", MALANG)
    await w.press(tksk, "Saya tangani")
    return tksk, boss, siti


async def test_below_a_picture_it_goes_to_the_koordinator_too(w: World) -> None:
    """The words went to the one who was accused, as an addition."""
    tksk, boss, siti = await both(w)
    await siti.photo(caption="petugasnya minta uang 200 ribu")
    await w.settle()
    assert siti.find("gambar tidak bisa ikut keluhan ini") and siti.find("Ini dibaca atasan petugasnya")
    await w.passes(minutes=15)
    assert "200 ribu" in screen(boss) and "200 ribu" not in screen(tksk)
    assert not [message for message in tksk.from_bot() if message.media]


async def test_with_danger_in_it_the_words_go_above_and_the_danger_is_asked_about(w: World) -> None:
    """Nobody read it: it began another report."""
    tksk, boss, siti = await both(w)
    await w.say(siti, "petugase wis teko")
    await w.say(siti, "petugasnya minta uang, saya dipukul")
    assert "saya dipukul" in screen(boss)
    assert siti.find("Cari tempat aman") and siti.find("Apakah sekarang berbahaya")
    await w.press(siti, "Ya, sekarang")
    assert (await w.case()).urgency == "darurat" and tksk.find("kata pelapor, sekarang ada bahaya")
    await w.passes(minutes=15)
    assert "minta uang" not in screen(tksk) and "saya dipukul" not in screen(tksk)


async def test_while_a_new_report_is_begun_it_is_no_part_of_that(w: World) -> None:
    """It became the story of the new report, which the same worker reads."""
    tksk, boss, siti = await both(w)
    await w.say(siti, "lapor")
    question = siti.last().text
    await w.say(siti, MONEY)
    assert siti.last().text == question, "the question is open again"
    assert MONEY in screen(boss) and MONEY not in screen(tksk)
    (answers,) = await w.read(lambda s: [drafts.answers_of(s, draft) for draft in s.exec(select(Draft))])
    assert "uang" not in str(answers)
