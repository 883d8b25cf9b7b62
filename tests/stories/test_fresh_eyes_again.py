"""What a second look by people who saw the bot for the first time stumbled over, with the words that they read."""

import pytest

from tests.stories.test_news_is_rare import told as news
from tests.support.world import MALANG, SINGOSARI, World

GRAVE = {"kind": "Gangguan jiwa", "danger": "Menyerang"}


@pytest.mark.parametrize("let_go", ["Salah pencet", "Kembalikan"])
async def test_in_darurat_it_is_said_at_once_that_nobody_has_it_any_more(w: World, let_go: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.worker("koordinator", MALANG)
    number = await w.reports(siti, **GRAVE)
    await w.press(tksk, "Saya tangani")
    assert "sudah ada petugas" in news(siti, number)[-1][1]
    await w.press(tksk, let_go)
    last = siti.last()
    assert last.text.startswith(f"Laporan {number} berubah: saat ini belum ada petugas yang menangani."), last.text
    assert "Jangan menunggu, telepon 110 (polisi), 119 (ambulans) sekarang." in last.text
    assert last.labels[:2] == ["✅ Sudah telepon", "📵 Tidak bisa telepon"]
    await w.press(tksk, "aya tangani")
    assert siti.last().text == last.text, "a comfort waits for its five minutes"
    await w.passes(minutes=6)
    assert "sudah ada petugas" in siti.last().text


BEHIND = "sekarang orangnya ada di belakang rumah pak lurah"


async def test_in_darurat_calm_words_reach_the_worker_within_a_minute(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    number = await w.reports(siti, **GRAVE)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, BEHIND)
    assert siti.last().text == f"Untuk laporan {number}? Kalau tidak dijawab, kami tambahkan sendiri dalam 1 menit."
    assert not tksk.find(BEHIND)
    await w.passes(minutes=1)
    assert tksk.find(BEHIND), "whoever has it reads it, though nobody pressed"
    newer = await w.reports(siti, **GRAVE)
    await w.say(siti, "pintunya warna biru")
    assert siti.last().text.endswith(f"kami tambahkan ke {newer} dalam 1 menit.")


async def test_in_darurat_a_no_still_takes_calm_words_back(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.reports(siti, **GRAVE)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, BEHIND)
    await w.press(siti, "Bukan laporan")
    await w.passes(minutes=12)
    assert not tksk.find(BEHIND)


async def test_of_a_fixed_clock_the_minute_follows_from_its_own_words(w: World) -> None:
    """Else whoever harms would read from it that somebody else told of danger, or what a worker thinks of it."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.reports(siti, kind="Gangguan jiwa", danger="Dirantai")
    await w.press(tksk, "Saya tangani", "Lainnya", "Ubah gawat", "arurat")
    assert (await w.case()).urgency == "darurat"
    await w.say(siti, BEHIND)
    assert "kami tambahkan sendiri pukul" in siti.last().text
