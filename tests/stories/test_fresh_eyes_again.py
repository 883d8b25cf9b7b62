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
