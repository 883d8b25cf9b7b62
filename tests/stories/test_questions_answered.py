"""What people ask before they trust, the news they ask for, and words at the wrong moment."""

import pytest
from sqlmodel import select

from bot.localtelegram.phones import Phone
from storage.tables import Addition
from tests.stories.test_additions import reported
from tests.support.world import World

BOT, FREE, READ, FEAR = "Ini bot", "Semua gratis", "Yang membaca laporan hanya petugas", "Ketik hapus kapan saja"
ASKED = [
    ("ini siapa?", BOT),
    ("bot ya?", BOT),
    ("bayar gak?", FREE),
    ("iki gratis ta", FREE),
    ("apa ada biaya pak", FREE),
    ("dibaca siapa", READ),
    ("ini rahasia kan", READ),
    ("takut suami baca hp", FEAR),
    ("takut ketahuan", FEAR),
]
KNOWN = "petugas sedang dihubungi"


async def at_the_question_what(w: World) -> Phone:
    siti = await opens_the_bot(w)
    await w.press(siti, "Lapor", "Setuju", "Tetangga")
    return siti


async def opens_the_bot(w: World, name: str = "Siti") -> Phone:
    phone = w.person(name)
    await phone.start()
    await w.settle()
    return phone


async def added(w: World) -> int:
    return len(await w.read(lambda s: s.exec(select(Addition)).all()))


async def test_questions_are_answered_out_of_the_blue(w: World) -> None:
    siti = await opens_the_bot(w)
    for question, answer in ASKED:
        await w.say(siti, question)
        assert answer in siti.last().text, question
        assert "Lapor" in " ".join(siti.buttons())
    assert "Sembunyikan" in " ".join(siti.buttons()), "whoever fears is shown how to hide"


async def test_within_a_report_the_open_question_stands_below_the_answer(w: World) -> None:
    siti = await at_the_question_what(w)
    for question, answer in ASKED:
        await w.say(siti, question)
        assert answer in siti.last().text and "Keadaannya seperti apa?" in siti.last().text, question
    await w.press(siti, "Lansia")
    assert "Adakah yang seperti ini sekarang" in siti.last().text


async def test_an_offer_stands_again_below_the_answer(w: World) -> None:
    siti = await opens_the_bot(w)
    await w.say(siti, "nenek di desa saya sakit dan tidak ada yang merawat")
    await w.say(siti, "bayar gak?")
    assert siti.find(FREE) and "Mau dijadikan laporan?" in siti.last().text
    await w.say(siti, "iya")
    assert "Apakah Bapak/Ibu setuju?" in siti.last().text


async def test_after_the_number_no_worker_reads_the_question(w: World) -> None:
    _, siti, _ = await reported(w)
    for question, answer in ASKED:
        await w.say(siti, question)
        assert answer in siti.last().text, question
    assert await added(w) == 0


async def test_the_controller_is_named_where_the_settings_name_one(w: World) -> None:
    await w.stop()
    await w.start(privacy={"controller": "Dinas Sosial Contoh", "contact": "pdp@contoh.go.id"})
    siti = await opens_the_bot(w)
    await w.say(siti, "ini siapa ya?")
    assert "Pengelolanya Dinas Sosial Contoh" in siti.last().text


@pytest.mark.parametrize(
    "typed",
    [
        "kapan",
        "kapan ada kabar",
        "kapan mrene pak",
        "pak gimana",
        "gimana pak?",
        "kok gak enek sing teko",
        "kok belum datang pak",
        "piye pak kabare",
    ],
)
async def test_whoever_asks_for_news_reads_how_it_stands(w: World, typed: str) -> None:
    _, siti, number = await reported(w)
    await w.say(siti, typed)
    assert siti.last().words.startswith(f"Laporan {number}: ") and "Kabar berikutnya" in siti.last().words
    assert await added(w) == 0


@pytest.mark.parametrize(
    "typed",
    [
        "bapaknya belum datang dari sawah",
        "gimana orangnya pindah ke rumah sebelah masjid",
        "petugasnya gak jadi datang karena hujan",
        "nanti dibawa ke mana",
        "kapan datang, orangnya pindah ke masjid",
    ],
)
async def test_what_tells_something_more_is_kept(w: World, typed: str) -> None:
    _, siti, number = await reported(w)
    await w.say(siti, typed)
    assert f"Untuk laporan {number}?" in siti.last().words
    assert await added(w) == 1


@pytest.mark.parametrize("typed", ["mau lapor", "saya mau lapor satu lagi", "arep lapor pak", "lapor pak"])
async def test_a_wish_to_report_begins_one(w: World, typed: str) -> None:
    budi = await opens_the_bot(w, "Budi")
    await w.say(budi, typed)
    assert "Apakah Bapak/Ibu setuju?" in budi.last().text
    _, siti, _ = await reported(w)
    await w.say(siti, typed)
    assert "Siapa yang perlu ditolong?" in siti.last().text or "setuju?" in siti.last().text
    assert await added(w) == 0


async def test_lapor_at_the_consent_is_asked_for_it_with_a_hint(w: World) -> None:
    siti = await opens_the_bot(w)
    await w.say(siti, "lapor")
    await w.say(siti, "lapor")
    assert "mohon dijawab ini dulu" in siti.last().text and "Apakah Bapak/Ibu setuju?" in siti.last().text
    await w.say(siti, "ya")
    assert "Siapa yang perlu ditolong?" in siti.last().text


@pytest.mark.parametrize("typed", ["lanjut", "lanjutkan pak", "iyo"])
async def test_whoever_is_asked_to_go_on_does_so_by_typing(w: World, typed: str) -> None:
    siti = await at_the_question_what(w)
    await w.passes(hours=4)
    assert "belum terkirim. Mau dilanjutkan?" in siti.last().text
    await w.say(siti, typed)
    assert "Keadaannya seperti apa?" in siti.last().text
    assert "belum paham" not in siti.last().text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wis telpon polisi", "Tetap di tempat aman"),
        ("sudah telepon 110", "Tetap di tempat aman"),
        ("gak iso telpon", "Mohon minta Pak RT"),
        ("gak ada pulsa pak", "Mohon minta Pak RT"),
    ],
)
async def test_at_the_gate_of_the_lobby_one_may_type(w: World, typed: str, read: str) -> None:
    siti = await opens_the_bot(w)
    await w.press(siti, "Ada bahaya sekarang")
    await w.say(siti, typed)
    assert read in siti.last().text
    await w.press(siti, "Lanjut melapor", "Setuju")
    assert "Siapa yang perlu ditolong?" in siti.last().text


@pytest.mark.parametrize("typed", ["gak jadi pak", "gak jadi pak wes ditangani keluarga"])
async def test_gak_jadi_asks_whether_it_is_taken_back(w: World, typed: str) -> None:
    tksk, siti, number = await reported(w)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, typed)
    assert siti.last().words == f"Laporan {number} sudah terkirim. Orangnya sudah tidak perlu ditolong?"
    await w.press(siti, "Batal, jangan ditarik")
    assert (await w.case()).status == "acknowledged"
    if "keluarga" in typed:
        assert tksk.find(typed), "the words are kept"
