"""Whoever reports harm done to themselves: nothing on the phone says so later, and they can be reached (R5)."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.localtelegram.phones import Phone
from storage.tables import Outbox, Report
from tests.support.engines import ENGINES
from tests.support.length import each, many, pairs
from tests.support.references import chat_of
from tests.support.world import SINGOSARI, World

STORY, WAY = "suami memukul saya tiap malam", "Bu Sri, bidan di polindes Toyomarto"
LATER = ("Halo. Bisa dibuka kalau sempat.",)
"""All that may ever arrive by itself on that phone."""


async def tells(w: World, siti: Phone, *, danger: str = "Tidak ada", reach: str = "Jangan telepon") -> None:
    """From /start to the review, by buttons."""
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju", "Saya sendiri", "Dipukul, diancam", danger)
    if "Tidak bisa telepon" in " ".join(siti.buttons()):
        await w.press(siti, "Tidak bisa telepon")
    await w.press(siti, "Pilih dari daftar", "Kab. Malang", "Kec. Singosari", "Desa Toyomarto")
    if "Lewati" in " ".join(siti.buttons()):
        await w.say(siti, STORY)
    assert "Lewat apa Bapak/Ibu aman dihubungi?" in siti.last().text
    await w.press(siti, reach)


async def sent(w: World, siti: Phone, **how: str) -> str:
    """The same, sent; returns the number."""
    await tells(w, siti, **how)
    if "Lewati" in " ".join(siti.last().labels):
        await w.press(siti, "Lewati")
    await w.press(siti, "Kirim laporan")
    return str((await w.case()).number)


def heard_since(phone: Phone, number: int) -> list[str]:
    """What arrived after a message."""
    return [message.text for message in phone.from_bot() if message.message_id > number]


async def test_who_is_harmed_says_how_they_may_be_reached_and_the_worker_reads_it_first(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await tells(w, siti, reach="Lewat bidan atau kader")
    assert "Lewat siapa, dan di mana orangnya" in siti.last().text
    await w.say(siti, WAY)
    assert "Caranya" in siti.last().text, "it stands in the review"
    assert "Terakhir terlihat" not in siti.last().text
    await w.press(siti, "Kirim laporan")
    card = tksk.last()
    assert card.text.splitlines()[0].startswith("🤫 Jangan menelepon pelapor. Jangan datang ke rumah.")
    assert not [part for part in (STORY, WAY) if part in card.text]
    await w.press(tksk, "Saya tangani")
    read = "\n".join(message.text for message in tksk.from_bot())
    assert WAY in read
    assert STORY in read
    assert read.count("🤫 Jangan menelepon pelapor. Jangan datang ke rumah.") >= 1


async def test_who_names_the_go_between_at_once_is_not_asked_again(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await tells(w, siti)
    await w.press(siti, "Ubah", "Dihubungi")
    await w.say(siti, "lewat bu sri bidan")
    assert "Lewat siapa" not in siti.last().text and "lewat bu sri bidan" in siti.last().text
    await w.press(siti, "Kirim laporan")
    await w.press(tksk, "Saya tangani")
    assert tksk.find("lewat bu sri bidan")


async def test_who_is_harmed_is_not_asked_for_a_place_near_home_nor_for_a_phone(w: World) -> None:
    siti = w.person()
    await sent(w, siti)
    said = "\n".join(message.text for message in siti.from_bot())
    assert not [
        words for words in ("Patokannya apa", "Bolehkah petugas menelepon", "Foto tidak wajib") if words in said
    ]


@pytest.mark.parametrize(
    ("danger", "hours"), [("Tidak ada", 22), ("Orangnya masih di dekat", many(22, 1)), ("Dilecehkan", 22)]
)
async def test_what_arrives_later_says_nothing_and_makes_no_sound(w: World, danger: str, hours: int) -> None:
    """Nudges, news, an outage, an end: whoever else reads the phone learns nothing."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    number = await sent(w, siti, danger=danger)
    read = siti.last().message_id
    await w.passes(hours=5)
    await w.press(tksk, "Saya tangani")
    await w.passes(hours=hours)
    later = [message for message in siti.from_bot() if message.message_id > read]
    assert later, "they are not left without news"
    assert {message.text for message in later} == set(LATER)
    assert all(message.silent for message in later)
    await w.press(siti, "Buka")
    assert number in siti.last().text
    assert "110" in siti.last().text, "whom to phone is there when they look"
    assert "Sembunyikan" in " ".join(siti.last().labels)


async def test_who_comes_by_themselves_is_sent_nothing_and_reads_all_when_they_ask(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    number = await sent(w, siti, reach="Saya yang menghubungi")
    read = siti.last()
    assert "Kami tidak mengirim kabar" in read.text
    await w.passes(hours=30)
    await w.press(tksk, "Saya tangani")
    await w.passes(days=2)
    assert siti.last().message_id == read.message_id
    await w.say(siti, "kabar")
    assert f"Laporan {number}: Sudah ada petugas." in siti.last().text
    assert "Kabar berikutnya" not in siti.last().text


async def test_hours_are_asked_for_and_then_a_number_and_who_is_unsure_is_not_phoned(w: World) -> None:
    tksk, siti, ani = await w.worker("tksk", SINGOSARI), w.person(), w.person("Ani")
    await tells(w, siti, reach="Telepon pada jam tertentu")
    await w.say(siti, "09.00 sampai 11.00")
    await w.press(siti, "Kirim nomor saya")
    await w.press(siti, "Kirim laporan")
    assert tksk.last().text.splitlines()[0].startswith("🤫 Jangan datang ke rumah. Telepon hanya pada jam")
    await w.press(tksk, "Saya tangani")
    read = "\n".join(message.text for message in tksk.from_bot())
    assert "09.00 sampai 11.00" in read
    assert "📞 Pelapor boleh ditelepon: +62" in read
    await tells(w, ani, reach="Telepon pada jam tertentu")
    await w.press(ani, "Lewati", "Kirim laporan")
    assert tksk.last().text.splitlines()[0].startswith("🤫 Jangan menelepon pelapor. Jangan datang ke rumah.")


@pytest.mark.parametrize(("both", "typed"), pairs(ENGINES, (False, True)), indirect=["both"])
async def test_hiding_leaves_nothing_on_the_screen_and_loses_nothing(both: World, typed: bool) -> None:
    w, siti = both, both.person()
    await tells(w, siti)
    if typed:
        await w.say(siti, "hapus")
    else:
        await w.press(siti, "Sembunyikan")
    assert [message.text for message in siti.screen()] == [
        "Sudah kami hapus yang bisa dihapus. Untuk menghapus semua: tahan chat ini, pilih Hapus."
    ]
    if typed:
        await siti.start()
        await w.settle()
    else:
        await w.press(siti, "Mulai")
    assert siti.last().text.startswith(("Selamat datang", "Kami siap menerima laporan")), "an ordinary screen"
    assert "Lanjutkan" not in " ".join(siti.buttons())
    await w.press(siti, "Lapor")
    assert siti.last().text.startswith("Siapa yang perlu ditolong?"), "as for everybody"
    await w.press(siti, "Saya sendiri", "Dipukul, diancam", "Tidak ada")
    assert STORY in siti.last().text, "the review, as it was left"
    await w.press(siti, "Kirim laporan")
    assert (await w.case()).category == "kekerasan"


async def test_after_the_number_all_can_be_hidden_too(w: World) -> None:
    siti = w.person()
    number = await sent(w, siti)
    await w.press(siti, "Sembunyikan")
    assert len(siti.screen()) == 1
    assert number not in siti.last().text
    await w.say(siti, "kabar")
    assert number in siti.last().text
    await w.say(siti, "hapus pesan")
    assert len(siti.screen()) == 1


async def test_the_command_hides_too(w: World) -> None:
    siti = w.person()
    await sent(w, siti)
    await w.say(siti, "/hapus")
    assert [message.text for message in siti.screen()] == [
        "Sudah kami hapus yang bisa dihapus. Untuk menghapus semua: tahan chat ini, pilih Hapus."
    ]


@pytest.mark.parametrize("text", ["hapus data saya", "tolong hapus laporan saya"])
async def test_who_wants_their_data_deleted_reads_what_hiding_does_and_whom_to_ask(w: World, text: str) -> None:
    """It waited ten minutes as an addition that the workers were to read."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await sent(w, siti)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, text)
    assert "Laporan tetap tersimpan" in siti.last().text and "mohon minta kepada" in siti.last().text
    assert "Sembunyikan" in siti.last().labels[0]
    await w.passes(minutes=15)
    assert not tksk.find(text)


async def test_the_keyboard_of_the_phone_goes_too(w: World) -> None:
    siti = w.person()
    await tells(w, siti, reach="Telepon pada jam tertentu")
    await w.say(siti, "pagi jam 9")
    assert any("Sembunyikan" in label for label in siti.keyboard())
    await w.say(siti, "🧹 Sembunyikan")
    assert siti.keyboard() == []
    assert [message.text for message in siti.screen()][:1] == ["Baik, Bapak/Ibu."]
    assert len(siti.screen()) == 2


async def test_words_after_hiding_go_on_with_what_was_told(w: World) -> None:
    siti = w.person()
    await tells(w, siti)
    await w.press(siti, "Sembunyikan")
    await w.say(siti, "tadi malam dia mengancam lagi pakai kayu di rumah kami")
    await w.press(siti, "Ya, lapor", "Saya sendiri", "Dipukul, diancam", "Tidak ada")
    assert STORY in siti.last().text
    assert "mengancam lagi" in siti.last().text


async def test_a_hidden_draft_is_not_mentioned(w: World) -> None:
    siti = w.person()
    await tells(w, siti)
    there = siti.last().message_id
    await w.passes(hours=20)
    assert siti.last().message_id == there
    await w.press(siti, "Kirim laporan")


async def test_a_message_older_than_two_days_is_left_and_no_group_is_remembered(w: World) -> None:
    siti = w.person()
    await sent(w, siti)
    w.telegram.turn(timedelta(days=3).total_seconds())
    await w.settle()
    old = [message.message_id for message in siti.screen() if message.text not in LATER]
    await w.say(siti, "hapus")
    left = [message.message_id for message in siti.screen()]
    assert set(old) <= set(left)
    assert [row.error for row in await w.read(_hidden)] == [None]


def _hidden(session: object) -> list[Outbox]:
    return list(session.exec(select(Outbox).where(Outbox.kind == "hide")))  # type: ignore[attr-defined]


async def test_a_worker_who_writes_hapus_keeps_the_cards(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.reports(w.person())
    shown = len(tksk.screen())
    await w.say(tksk, "hapus")
    await tksk.forge("m:sembunyi")
    await w.settle()
    assert len(tksk.screen()) > shown


async def test_what_waits_to_be_shown_is_not_shown_after_hiding(w: World) -> None:
    """The line is bad: questions pile up, she hides, and nothing of it arrives afterwards but the receipt."""
    siti = w.person()
    await tells(w, siti)
    w.telegram.fault("error", code=500, method="send*")
    w.telegram.fault("error", code=500, method="edit*")
    await siti.say("saya takut sekali malam ini dia marah")
    await siti.say("hapus")
    await w.settle()
    w.telegram.calm()
    await w.passes(minutes=3)
    assert [message.text for message in siti.screen()] == [
        "Sudah kami hapus yang bisa dihapus. Untuk menghapus semua: tahan chat ini, pilih Hapus."
    ]


async def test_nobody_is_reported_whom_nobody_can_find(w: World) -> None:
    """A darurat with no desa, pin, landmark or phone asks one question more, and offers to tell the story."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju", "Tetangga", "Gangguan jiwa", "Menyerang", "Tidak bisa telepon")
    await w.press(siti, "Pilih dari daftar", "Kab. Malang", "Kec. Singosari", "Tidak tahu", "Lewati")
    await w.press(siti, "Tidak usah menelepon")
    assert "Bagaimana petugas bisa menemukannya dengan aman" in siti.last().text
    await w.say(siti, "tanya Pak Min di warung dekat pos ronda")
    await w.press(siti, "Tambah cerita")
    await w.say(siti, "dia bawa parang dan teriak")
    await w.press(siti, "Kirim laporan")
    await w.press(tksk, "Saya tangani")
    read = "\n".join(message.text for message in tksk.from_bot())
    assert "tanya Pak Min di warung" in read
    assert "dia bawa parang dan teriak" in read


async def test_who_can_be_found_is_not_asked_that(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju", "Tetangga", "Gangguan jiwa", "Menyerang", "Tidak bisa telepon")
    await w.press(siti, "Pilih dari daftar", "Kab. Malang", "Kec. Singosari", "Tidak tahu")
    await w.say(siti, "belakang pasar")
    await w.press(siti, "Tidak usah menelepon")
    assert "Sudah benar?" in siti.last().text


async def in_despair(w: World, siti: Phone) -> None:
    """From /start to the question whether they may be greeted again."""
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju", "Saya sendiri", "Gangguan jiwa", "Mau bunuh diri", "Lanjut bercerita")
    assert "Boleh kami sapa lagi nanti" in siti.last().text


async def test_who_wanted_to_die_is_greeted_in_an_hour_and_in_the_morning(on_server: World) -> None:
    w, siti = on_server, on_server.person()
    await w.passes(hours=12)  # it is evening
    await in_despair(w, siti)
    await w.press(siti, "Boleh, sapa saya")
    asked = siti.last().message_id
    await w.passes(minutes=61)
    assert heard_since(siti, asked) == [
        "Halo, Bapak/Ibu. Bagaimana kabarnya sekarang? Kami di sini kalau mau bercerita."
    ]
    await w.passes(hours=14)
    warm = [text for text in heard_since(siti, asked) if "Bagaimana kabarnya sekarang" in text]
    assert len(warm) == 2
    await w.passes(days=3)
    assert len([text for text in heard_since(siti, asked) if "Bagaimana kabarnya sekarang" in text]) == 2


async def test_who_did_not_want_it_or_has_enough_is_left_alone(w: World) -> None:
    siti, ani = w.person(), w.person("Ani")
    await in_despair(w, siti)
    await w.press(siti, "Tidak usah")
    await in_despair(w, ani)
    await w.press(ani, "Boleh, sapa saya")
    await w.passes(minutes=61)
    await w.press(ani, "Cukup, jangan disapa lagi")
    for phone in (siti, ani):
        there = len([text for text in heard_since(phone, 0) if "Bagaimana kabarnya sekarang" in text])
        await w.passes(hours=30)
        assert len([text for text in heard_since(phone, 0) if "Bagaimana kabarnya sekarang" in text]) == there


async def test_words_of_despair_out_of_the_blue_may_be_greeted_too(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.say(siti, "aku pengen mati wae")
    assert "119" in siti.last().text
    await w.press(siti, "Boleh, sapa saya")
    assert "Kami sapa lagi sekitar pukul" in siti.last().text
    said = siti.last().message_id
    await w.passes(minutes=61)
    assert "Bagaimana kabarnya sekarang" in heard_since(siti, said)[0]


async def test_a_clock_set_back_keeps_nobody_waiting_for_a_greeting(w: World) -> None:
    siti = w.person()
    await siti.start()
    w.telegram.turn(timedelta(days=10).total_seconds())
    await w.app.beat()
    await w.say(siti, "aku pengen mati wae")
    await w.press(siti, "Boleh, sapa saya")
    said = siti.last().message_id
    w.telegram.turn(-timedelta(days=10).total_seconds())
    await w.app.beat()
    await w.passes(minutes=62)
    assert "Bagaimana kabarnya sekarang" in heard_since(siti, said)[0]


async def test_who_is_hidden_is_known_from_the_report_that_was_sent(w: World) -> None:
    """The way is kept with the report, and news goes by a clock of its own."""
    siti = w.person()
    await sent(w, siti)
    report = await w.read(lambda s: s.exec(select(Report).where(col(Report.chat_id) == chat_of(s, siti))).one())
    assert report.fixed_clock


async def test_where_nobody_can_be_asked_that_is_said(w: World) -> None:
    siti = w.person()
    await sent(w, siti)
    assert "Belum ada petugas yang bisa dihubungi. Terus kami coba." in siti.last().text
    assert "sedang kami hubungi" not in siti.last().text


async def test_what_was_added_and_not_answered_is_told_to_nobody_who_reads_the_phone_later(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await sent(w, siti)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, "dia sekarang pergi ke sawah sampai sore")
    asked = siti.last().message_id
    await w.passes(minutes=12)
    assert "dia sekarang pergi ke sawah" in tksk.last().text
    assert [text for text in heard_since(siti, asked) if text not in LATER] == []


async def test_whoever_else_holds_the_phone_reads_nothing_of_what_was_hidden(w: World) -> None:
    """*Lapor* after hiding showed the review with the story; another report on that phone goes its own way."""
    siti = w.person()
    await tells(w, siti)
    await w.press(siti, "Sembunyikan")
    hid = siti.last().message_id
    await w.press(siti, "Mulai", "Lapor cepat", "Tidak ada")
    assert "satu foto, video, atau rekaman suara" in siti.last().text, "the quick path, as for everybody"
    await siti.photo()
    await w.settle()
    await siti.pin(-7.8925, 112.6650)
    await w.settle()
    await w.press(siti, "Kirim")
    assert not any(STORY in message.text for message in siti.from_bot() if message.message_id > hid)
    assert (await w.case()).category != "kekerasan"
    await w.press(siti, "Lapor", "Saya sendiri", "Dipukul, diancam", "Tidak ada")
    assert STORY in siti.last().text, "it waited"


async def test_danger_is_asked_again_after_hiding(w: World) -> None:
    siti = w.person()
    await tells(w, siti)
    await w.press(siti, "Sembunyikan", "Mulai", "Lapor", "Saya sendiri", "Dipukul, diancam", "Luka / berdarah")
    assert "110" in siti.last().text, "whom to phone comes first now"
    await w.press(siti, "Tidak bisa telepon")
    assert "Luka" in siti.last().text
    assert STORY in siti.last().text


async def test_a_story_hidden_before_its_report_was_begun_waits_for_its_person(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.say(siti, STORY)
    await w.say(siti, "hapus")
    hid = siti.last().message_id
    await w.press(siti, "Mulai", "Lapor", "Setuju", "Tetangga", "Lansia")
    assert not any(STORY in message.text for message in siti.from_bot() if message.message_id > hid)
    await w.press(siti, "Kembali", "Kembali", "Saya sendiri", "Dipukul, diancam", "Tidak ada")
    await w.press(siti, "Pilih dari daftar", "Kab. Malang", "Kec. Singosari", "Desa Toyomarto")
    await w.press(siti, "Jangan telepon")
    assert STORY in siti.last().text


STEPS = (
    "Lapor", "Setuju", "Saya sendiri", "Dipukul, diancam", "Luka / berdarah", "Tidak bisa telepon", "Pilih dari daftar",
    "Kab. Malang", "Kec. Singosari", "Desa Toyomarto",
)  # fmt: skip


@pytest.mark.parametrize("until", each(range(1, len(STEPS) + 1), 1, 5, 6, 10))
async def test_hidden_at_any_step_one_begins_again(w: World, until: int) -> None:
    """Hidden at the step that says whom to phone, *Lapor* failed five times and was silent for minutes."""
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, *STEPS[:until])
    await w.say(siti, "hapus")
    await w.say(siti, "lapor")
    if until > 1:
        assert "Siapa yang perlu ditolong?" in siti.last().text
    else:
        assert "setuju" in siti.last().text


async def test_whoever_told_of_harm_can_hide_before_it_is_known_to_whom_and_after_the_number(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.say(siti, "bojoku mukuli aku")
    await w.press(siti, "Lanjut bercerita", "Setuju")
    assert "Sembunyikan" in " ".join(siti.last().labels), "the question for whom it is"
    await w.press(siti, "Saya sendiri", "Ya, betul", "Tidak ada", "Pilih dari daftar", "Kab. Malang", "Kec. Singosari")
    await w.press(siti, "Desa Toyomarto", "Lewati", "Jangan telepon", "Kirim laporan")
    await w.say(siti, "aku bingung harus bagaimana bu")
    assert (await w.case()).number in siti.last().text
    assert "Sembunyikan" in " ".join(siti.last().labels)
