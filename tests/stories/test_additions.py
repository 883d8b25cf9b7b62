"""After the number: what a reporter says out of the blue reaches whoever acts on the case (R2, R3)."""

from sqlmodel import col, select

from bot.localtelegram.phones import Phone
from storage.tables import Addition, Case, Report
from tests.support.world import MALANG, SINGOSARI, World

HIDDEN = "rumahnya cat hijau, sebelah kandang"


async def reported(w: World, **what: str) -> tuple[Phone, Phone, str]:
    """A worker, a reporter, and the number."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    return tksk, siti, await w.reports(siti, **what)


def screen(phone: Phone) -> str:
    return "\n".join(message.words for message in phone.from_bot())


def sounds(phone: Phone) -> int:
    return sum(not message.silent for message in phone.from_bot())


async def test_words_after_the_number_reach_whoever_has_the_case_after_ten_minutes(either: World) -> None:
    w = either
    tksk, siti, number = await reported(w)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, HIDDEN)
    assert siti.find(f"Untuk laporan {number}?")
    assert HIDDEN not in screen(tksk), "they may still say that it belongs elsewhere"
    await w.passes(minutes=12)
    assert HIDDEN in screen(tksk)
    assert siti.find(f"Tambahan untuk {number} sudah kami teruskan")
    assert "Tambahkan" not in " ".join(siti.buttons())
    assert len(await w.read(lambda s: s.exec(select(Report)).all())) == 1, "no second report"


async def test_a_press_adds_it_at_once_and_while_nobody_has_it_the_card_says_so(w: World) -> None:
    tksk, siti, number = await reported(w)
    await w.say(siti, HIDDEN)
    await w.press(siti, f"Tambahkan ke {number}")
    assert siti.find(f"Petugas membacanya bersama laporan {number}")
    (card,) = [message for message in tksk.from_bot() if "Pelapor menambah keterangan" in message.text]
    assert number in card.text
    await w.press(tksk, "Buka rincian")
    assert HIDDEN in screen(tksk)
    await w.press(tksk, "Saya tangani")
    assert screen(tksk).count(HIDDEN) == 2, "whoever takes it reads it again, whole"


async def test_a_picture_a_voice_and_a_pin_are_added_too(w: World) -> None:
    tksk, siti, number = await reported(w)
    await w.press(tksk, "Saya tangani")
    await siti.photo(caption="jalannya masuk gang ini")
    await w.settle()
    await siti.voice()
    await w.settle()
    await siti.pin(-7.8905, 112.6665)
    await w.settle()
    assert sum(f"Untuk laporan {number}?" in message.text for message in siti.from_bot()) == 3
    await w.press(siti, f"Tambahkan ke {number}")
    shown = [message.media for message in tksk.from_bot() if message.media]
    assert len(shown) == 2
    assert "jalannya masuk gang ini" in screen(tksk) and "-7.890" in screen(tksk).replace("-7.891", "-7.890")


async def test_words_of_danger_reach_the_owner_at_once_and_yes_makes_the_case_darurat(on_server: World) -> None:
    w = on_server
    tksk, siti, number = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    await w.press(tksk, "Saya tangani")
    await w.say(siti, "dia lari ke sawah, bawa parang")
    assert "dia lari ke sawah, bawa parang" in screen(tksk), "within a moment, and without a question first"
    assert siti.find("Apakah sekarang ada yang terancam atau terluka?")
    rung = sounds(tksk)
    await w.press(siti, "Ya, sekarang")
    case = await w.case()
    assert case.urgency == "darurat" and case.status == "acknowledged"
    assert sounds(tksk) > rung and tksk.find("kata pelapor, sekarang ada bahaya")
    assert siti.find(f"Laporan {number} sekarang darurat")
    assert len(await w.read(lambda s: s.exec(select(Case)).all())) == 1


async def test_while_nobody_has_it_everybody_awaited_is_rung_and_the_ladder_begins_anew(on_server: World) -> None:
    w = on_server
    tksk, siti, number = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    koordinator = await w.worker("koordinator", MALANG)
    await w.passes(hours=1)
    before = sounds(tksk)
    await w.say(siti, "pak dia ngamuk bawa celurit")
    await w.press(siti, "Ya, sekarang")
    case = await w.case()
    assert (case.urgency, case.status, case.rung) == ("darurat", "open", 0)
    assert sounds(tksk) == before + 1, "rung once, not twice"
    assert tksk.find("🔴") and koordinator.find(number), "the first rung of darurat asks the koordinator too"
    report = await w.read(lambda s: s.exec(select(Report)).one())
    assert report.promised_at is not None
    await w.passes(minutes=20)
    assert (await w.case()).rung >= 1, "it climbs by the clock of darurat"


async def test_no_danger_changes_nothing_and_the_words_stay(w: World) -> None:
    tksk, siti, number = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    await w.say(siti, "tadi ngamuk bawa parang")
    await w.say(siti, "tidak")
    assert (await w.case()).urgency == "biasa"
    await w.press(tksk, "Buka rincian")
    assert "tadi ngamuk bawa parang" in screen(tksk)
    assert siti.find(f"Tambahan untuk {number} tetap dibaca petugas")


async def test_it_may_be_another_report_or_none(w: World) -> None:
    tksk, siti, _ = await reported(w)
    await w.say(siti, "di sebelah ada anak kecil sendirian terus")
    await w.press(siti, "Laporan lain")
    assert siti.find("Apakah Bapak/Ibu setuju?"), "a new report begins with it"
    await w.say(siti, "batal")
    await w.say(siti, "salah kirim ini mau ke grup arisan")
    await w.press(siti, "Bukan laporan")
    await w.passes(minutes=15)
    assert await w.read(lambda s: s.exec(select(Addition)).all()) == []
    assert "arisan" not in screen(tksk)


async def test_two_reports_are_told_apart(w: World) -> None:
    _, siti, first = await reported(w)
    second = await w.reports(siti, kind="Gangguan jiwa")
    await w.say(siti, HIDDEN)
    asked = siti.find("Untuk laporan yang mana?")
    assert asked is not None and f"kami tambahkan ke {second}" in asked.text
    await w.press(siti, f"Tambahkan ke {first}")
    row = await w.read(lambda s: s.exec(select(Addition)).one())
    of = await w.read(lambda s: s.exec(select(Report.number).where(Report.id == row.report_id)).one())
    assert of == first


async def test_when_does_somebody_come_gets_the_state_and_the_next_news(w: World) -> None:
    _, siti, number = await reported(w)
    await w.say(siti, "kapan petugas datang pak")
    assert siti.last().words.startswith(f"Laporan {number}:") and "Kabar berikutnya" in siti.last().words
    await w.say(siti, "suwun nggih")
    assert siti.last().words.startswith("Sama-sama")
    await w.say(siti, "assalamualaikum")
    assert siti.last().words.startswith("Waalaikumsalam")
    assert await w.read(lambda s: s.exec(select(Addition)).all()) == []


async def test_what_takes_nothing_back_is_left_and_a_case_at_its_end_offers_a_new_report(w: World) -> None:
    tksk, siti, _ = await reported(w)
    await w.say(siti, "batal")
    await w.passes(minutes=15)
    assert await w.read(lambda s: s.exec(select(Addition)).all()) == [], "silence takes nothing back"
    await w.press(tksk, "Saya tangani", "Selesai", "Tertolong")
    await w.say(siti, "kok masih di jalan orangnya, kehujanan")
    assert siti.find("Mau dijadikan laporan?")


async def test_nobody_else_presses_these_buttons(w: World) -> None:
    _, siti, number = await reported(w)
    await w.say(siti, HIDDEN)
    (data,) = [
        key.data for message in siti.from_bot() for key in message.buttons if f"Tambahkan ke {number}" in key.label
    ]
    assert data is not None
    budi = w.person("Budi")
    await budi.start()
    await w.settle()
    await budi.forge(data)
    await w.settle()
    assert await w.read(lambda s: s.exec(select(Addition).where(col(Addition.told_at).is_not(None))).all()) == []


async def test_where_nobody_can_be_asked_danger_is_not_said_to_ring(w: World) -> None:
    siti = w.person("Siti")
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Tidak ada")
    await w.say(siti, "dia ngamuk bawa parang")
    await w.press(siti, "Ya, sekarang")
    assert siti.find(f"Laporan {number} sekarang darurat, tetapi belum ada petugas yang bisa dihubungi")
    case = await w.case()
    assert case.urgency == "darurat" and case.next_due_at is not None


async def test_who_was_asked_already_reads_the_danger_and_so_does_who_takes_it(w: World) -> None:
    """One TKSK and nobody else: the ladder asks again in the same turn, and its line took the place of the danger."""
    tksk, siti, _ = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    before = sounds(tksk)
    await w.say(siti, "pak dia ngamuk lagi")
    await w.press(siti, "Ya, sekarang")
    assert sounds(tksk) == before + 1, "rung once"
    assert "kata pelapor, sekarang ada bahaya" in tksk.last().words
    assert not tksk.find("tidak ada bahaya yang disebut")
    await w.press(tksk, "Saya tangani")
    card = tksk.find("sekarang Bapak/Ibu tangani")
    assert card is not None and "🚨 Kata pelapor, ada bahaya Senin 2/3 pukul 09.0" in card.words


async def test_a_picture_that_came_later_is_not_edited_when_the_case_is_given_back(w: World) -> None:
    """Its bubble has no words to change: Telegram refused, and the row was called dead."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.worker("koordinator", MALANG)
    await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    await siti.photo(caption="bajunya merah")
    await w.settle()
    await w.press(siti, "Tambahkan")
    await w.press(tksk, "Kembalikan")
    await w.passes(minutes=1)
    refused = [call.description for call in w.telegram.state.calls if call.code == 400]
    assert refused == []
