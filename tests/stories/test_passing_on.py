"""*Tidak bisa* passes a case on at the first press; why is asked afterwards, and the next one reads it (W7)."""

from sqlmodel import col, select

from bot.core.passing import REASONS, passed_on
from storage.tables import Ask, Timeline
from tests.support.world import MALANG, SINGOSARI, World

FIRST = [
    "📍 Bukan wilayah saya",
    "🧳 Sedang di luar kota",
    "🤒 Sedang sakit",
    "⚠️ Tidak aman kalau sendiri",
    "➕ Lainnya",
]


async def test_one_press_passes_it_on_and_the_next_one_reads_why(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Tidak makan")
    await w.press(tksk, "Tidak bisa")
    card = koordinator.find(number, "↩️ petugas kecamatan (TKSK) tidak bisa.")
    assert card is not None and "✅ Saya tangani" in card.labels, "asked at once, before any reason"
    asked = tksk.last()
    assert asked.text == f"Laporan {number} tidak lagi menunggu Bapak/Ibu. Alasannya apa, supaya yang lain tahu?"
    assert asked.labels == FIRST
    await w.press(tksk, "Lainnya")
    assert tksk.last().labels == [
        "🏃 Sedang menangani yang lain",
        "👪 Masih keluarga / kenal dekat",
        "🛵 Tidak ada kendaraan",
        "🚓 Urusan polisi / medis",
        "✍️ Alasan lain",
    ]
    await w.press(tksk, "Tidak ada kendaraan")
    assert tksk.last().text == f"Terima kasih. Alasannya dibaca penerus laporan {number}."
    assert koordinator.find(number, "↩️ petugas kecamatan (TKSK) tidak bisa: 🛵 Tidak ada kendaraan.")
    await w.press(koordinator, "Saya tangani")
    assert koordinator.find("sekarang Bapak/Ibu tangani", "tidak bisa: 🛵 Tidak ada kendaraan.")
    case = await w.case()
    await tksk.forge(f"e:{case.id}:1:tidak_aman")
    await w.settle()
    await w.press(koordinator, "Buka rincian")
    assert "tidak bisa: ⚠️ Tidak aman kalau sendiri." in koordinator.last().text, "also said too late it is read"
    await tksk.forge(f"d:{case.id}:1")
    await w.settle()
    assert tksk.find(f"Laporan {number} sudah ditangani"), "the first press says how it stands"


async def test_that_somebody_is_kin_is_not_told_further(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    number = await w.reports(w.person())
    await w.press(tksk, "Tidak bisa", "Masih keluarga / kenal dekat")
    assert koordinator.find(number, "↩️ petugas kecamatan (TKSK) tidak bisa.")
    assert not any("keluarga" in message.text for message in koordinator.from_bot())


async def test_at_night_why_is_asked_in_the_morning(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    await w.worker("jsc", "35", "Ani")
    w.telegram.turn(16 * 3600)  # 01.00
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    assert tksk.last().labels[-2:] == ["🌙 Tidak bisa malam ini", "➕ Lainnya"]
    await w.press(tksk, "Tidak bisa malam ini")
    assert tksk.last().text == f"Laporan {number} tidak lagi menunggu Bapak/Ibu. Terima kasih sudah menjawab."
    assert koordinator.find(number, "↩️ petugas kecamatan (TKSK) tidak bisa: 🌙 Tidak bisa malam ini.")
    second = await w.reports(w.person("Ani"), kind="Gangguan jiwa", danger="Menyerang")
    await w.press(tksk, "Tidak bisa malam ini")
    await w.press(koordinator, "Saya tangani", "Selesai", "Tertolong")
    before = len(tksk.from_bot())
    await w.passes(hours=5, minutes=59)
    assert len(tksk.from_bot()) == before, "nobody is woken for a reason"
    await w.passes(minutes=2)
    (asked,) = tksk.from_bot()[before:]
    assert asked.silent and asked.labels == FIRST
    assert asked.text.startswith(f"Laporan {number} Bapak/Ibu teruskan Selasa 3/3 pukul 01.0"), (
        "of the other nobody asks"
    )
    assert second not in asked.text


async def test_another_reason_is_told_in_words_and_whoever_is_next_reads_them(both: World) -> None:
    w = both
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person("Siti")
    number = await w.reports(siti)
    await w.press(tksk, "Tidak bisa")
    await w.press(tksk, "Alasan lain")
    assert "✍️ Alasan lain" in koordinator.find(number, "tidak bisa").text, "told at once, whatever follows"  # type: ignore[union-attr]
    assert tksk.last().text.startswith(f"Laporan {number}: apa alasannya, Bapak/Ibu?")
    await w.say(tksk, "Motor saya mogok di Lawang, hubungi 081234567890")
    assert tksk.last().text == f"Terima kasih. Alasannya dibaca penerus laporan {number}."
    assert koordinator.find(number, "petugas kecamatan (TKSK) tidak bisa: “Motor saya mogok di Lawang, hubungi ••••”")
    await w.press(koordinator, "Saya tangani")
    assert any("hubungi 081234567890" in message.text for message in koordinator.from_bot()), "the owner reads it whole"
    assert not any("mogok" in message.words for message in siti.from_bot())
    told = await w.read(lambda s: s.exec(select(Timeline).where(Timeline.event == "explain_words")).all())
    (ask,) = await w.read(lambda s: s.exec(select(Ask).where(col(Ask.why_sealed).is_not(None))).all())
    assert len(told) == 1 and b"mogok" not in ask.why_sealed and "mogok" not in told[0].data
    await w.press(koordinator, "Kembalikan")
    await w.press(tksk, "Jadi saya tangani", "Kembalikan")


async def test_it_may_be_said_aloud_or_left(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    number = await w.reports(w.person())
    await w.press(tksk, "Tidak bisa", "Alasan lain")
    await tksk.photo()
    await w.settle()
    assert tksk.find("Mohon ketik atau rekam alasannya, atau tekan Lewati.")
    await tksk.voice(caption="")
    await w.settle()
    card = koordinator.find(number, "tidak bisa. Alasannya direkam, ada di rincian.")
    assert card is not None
    await w.press(koordinator, "Buka rincian")
    assert sum(message.media is not None for message in koordinator.from_bot()) == 1
    await tksk.forge(f"e:{(await w.case()).id}:1:lain")
    await w.settle()
    await w.press(tksk, "Lewati")
    assert tksk.last().text == "Baik, terima kasih."
    assert koordinator.find(number, "tidak bisa: ✍️ Alasan lain."), "what was said before is said anew, or not"


async def test_a_reason_that_comes_too_late_is_kept_nowhere(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    number = await w.reports(w.person())
    await w.press(tksk, "Tidak bisa", "Alasan lain")
    await w.press(koordinator, "Saya tangani", "Selesai", "Tertolong")
    await w.say(tksk, "Motor mogok")
    assert tksk.last().text == f"Laporan {number} tidak lagi menunggu alasan, jadi tidak kami simpan."
    second = await w.reports(w.person("Ani"))
    await w.press(tksk, "Tidak bisa", "Alasan lain")
    before = len(tksk.from_bot())
    await w.passes(minutes=31)
    assert len(tksk.from_bot()) == before, "nobody is reminded of a reason"
    await w.say(tksk, "Motor mogok")
    assert "mogok" not in koordinator.find(second, "tidak bisa").text  # type: ignore[union-attr]


async def test_an_ended_case_asks_for_no_reason(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    number = await w.reports(w.person())
    case = await w.case()
    await w.press(tksk, "Saya tangani", "Selesai", "Tertolong")
    for phone in (tksk, koordinator):
        await phone.forge(f"d:{case.id}:1")
        await w.settle()
        assert phone.last().text == f"Tombol ini sudah tidak berlaku. Laporan {number}: Selesai."


def test_every_reason_is_one_of_somebody_who_said_no() -> None:
    assert all(passed_on(reason) for reason in (*REASONS, "malam", None))
    assert not any(passed_on(reason) for reason in ("silence", "absent", "given_back", "reporter"))
