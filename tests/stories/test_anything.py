"""Anything at any moment: a sensible sentence and the current question again; nothing is lost, nothing doubled."""

from datetime import timedelta
from typing import Any

import pytest

from bot.localtelegram.phones import Phone
from storage import drafts
from tests.support import resident
from tests.support.length import each
from tests.support.references import chat_of
from tests.support.resident import asked, begin, go, press, step_asked
from tests.support.world import BY_LIST, SINGOSARI, World


async def answers(w: World, phone: Phone) -> dict[str, Any]:
    """The draft as it is stored; {} when there is none."""

    def read(session: Any) -> dict[str, Any]:
        draft = drafts.of(session, chat_of(session, phone))
        return drafts.answers_of(session, draft) if draft else {}

    found: dict[str, Any] = await w.read(read)
    return found


async def does(w: World, phone: Phone, what: str) -> None:
    """One of the things people do that answer no question by buttons."""
    match what:
        case "text":
            await phone.say("pak tolong")
        case "sticker":
            await phone.sticker()
        case "edit":
            mine = next(message for message in phone.screen() if message.sender == "user")
            await phone.edit(mine.message_id, "bukan begitu")
        case "forward":
            await phone.forward("tolong sebarkan", hidden_name="Grup RT")
        case "contact":
            await phone.contact("+6281111111111", first_name="Budi")
        case "venue":
            await phone.pin(-7.89, 112.66, title="Masjid", address="Jl. Raya")
        case "document":
            await phone.document()
        case "large":
            await phone.voice(size=30_000_000)
        case "start":
            await phone.start("abc-unknown")
        case "command":
            await phone.say("/entahlah")
        case "forged":
            await phone.forge("q:1")
    await w.settle()


ANYTHING = ("text", "sticker", "edit", "forward", "contact", "venue", "document", "large", "start", "command", "forged")


@pytest.mark.parametrize("step", each(("setuju", "siapa", "bahaya", "kontak", "tinjau"), "setuju", "bahaya", "kontak"))
async def test_the_question_is_asked_again(w: World, step: str) -> None:
    siti = w.person("Siti")
    await begin(w, siti, step)
    for what in ANYTHING:
        before = len(siti.from_bot())
        await does(w, siti, what)
        fresh = siti.from_bot()[before:]
        assert fresh, what
        if what == "start" and step != "setuju" and step != "siapa":
            assert siti.find("belum terkirim")
            await w.press(siti, "Lanjutkan")
            assert not [m for m in siti.from_bot() if "belum terkirim" in m.text and m.buttons]
        assert step_asked(siti) == step, what
        assert [m.message_id for m in siti.from_bot() if resident.picks(m)] == [siti.last().message_id], what
    await go(w, siti, "")
    assert len(await resident.numbers(w, siti)) == 1


@pytest.mark.parametrize("kind", each(("photo", "voice", "album", "pin"), "album", "pin"))
async def test_what_comes_before_the_first_question_is_offered_for_a_report(w: World, kind: str) -> None:
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    if kind == "pin":
        await siti.pin(-7.8925, 112.6650)
    else:
        await getattr(siti, kind)()
    await w.settle()
    assert siti.find("Mau dijadikan laporan?")
    assert not [m for m in siti.from_bot()[:-1] if "Mau dipakai" in m.text]
    await siti.photo()
    await w.settle()
    kept = await answers(w, siti)
    assert len(kept.get("_media", [])) == {"photo": 2, "voice": 2, "album": 4, "pin": 1}[kind]
    await w.press(siti, "Ya, lapor")
    await go(w, siti, "tempat" if kind == "pin" else "")
    if kind == "pin":
        assert siti.find("Kecamatannya yang mana")
        await go(w, siti, "")
    assert len(await resident.numbers(w, siti)) == 1


async def test_before_consent_only_a_draft_lives_and_for_an_hour(w: World) -> None:
    siti = w.person("Siti")
    await siti.start()
    await siti.photo()
    await w.settle()
    assert await answers(w, siti)
    await w.passes(minutes=59)
    assert await answers(w, siti)
    await w.passes(minutes=2)
    assert await answers(w, siti) == {}
    assert "Ya, lapor" not in str(siti.buttons()) and "tidak kami simpan" in siti.last().text
    await begin(w, siti, "setuju")
    await w.passes(minutes=61)
    assert await answers(w, siti) == {}
    assert not siti.find("belum terkirim")


async def test_a_stalled_draft_is_mentioned_once_and_then_dropped(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "patokan")
    await w.passes(hours=4)
    assert len([m for m in siti.from_bot() if "belum terkirim" in m.text]) == 1
    await w.press(siti, "Lanjutkan")
    assert step_asked(siti) == "patokan"
    await w.passes(hours=23)
    assert len([m for m in siti.from_bot() if "belum terkirim" in m.text]) == 1
    assert await answers(w, siti)
    await w.passes(hours=2)
    assert await answers(w, siti) == {}
    await press(siti, "patokan", "lewati")
    await w.settle()
    assert siti.toasts()[-1].startswith("Tombol itu sudah tidak berlaku")


async def test_numbers_and_words_are_typed_beside_the_buttons(w: World) -> None:
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    for text in ("ya", "iya", "1", "lansia tidak terurus", "6"):  # begin, agree, neighbour, elder, none
        await w.say(siti, text)
    assert step_asked(siti) == "tempat"
    await w.say(siti, "singosari malang")
    await w.say(siti, "1")
    await w.press(siti, "Tidak tahu")
    await w.say(siti, "belakang masjid")
    await w.say(siti, "hari ini")
    await w.say(siti, "Kakek 70 tahun, sendirian")
    await w.say(siti, "tanpa foto")
    await w.say(siti, "tidak usah menelepon")
    await w.say(siti, "kirim")
    assert siti.find("Nomor laporan")


async def test_more_words_after_the_story_go_on_with_it(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "cerita")
    await w.say(siti, "Kakek 70 tahun")
    await w.say(siti, "rumahnya di dekat sungai")
    assert siti.find("kami tambahkan ke laporan ini", "Foto tidak wajib")
    assert (await answers(w, siti))["cerita"]["teks"] == "Kakek 70 tahun\nrumahnya di dekat sungai"


async def test_albums_are_one_answer_also_around_a_restart(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "foto")
    parts: list[str] = [str(part["media_group_id"]) for part in await siti.album(2)]
    await w.settle()
    assert step_asked(siti) == "kontak"
    await w.stop()
    await w.start()
    before = len(siti.from_bot())
    w.telegram.desk.ask("media", user=siti.id, kind="photo", group=parts[0])
    await w.settle()
    assert len(siti.from_bot()) == before
    assert len((await answers(w, siti))["_media"]) == 3
    await siti.photo()
    await w.settle()
    assert siti.find("kami tambahkan ke laporan ini")
    await go(w, siti, "")
    assert len(await resident.numbers(w, siti)) == 1


@pytest.mark.parametrize("kind", ["voice", "video_note"])
async def test_a_recording_is_a_story_and_a_large_one_is_refused(w: World, kind: str) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "cerita")
    await getattr(siti, kind)(size=21 * 1024 * 1024)
    await w.settle()
    assert siti.find("terlalu besar") and step_asked(siti) == "cerita"
    await getattr(siti, kind)(size=19 * 1024 * 1024)
    await w.settle()
    assert step_asked(siti) == "foto"
    await go(w, siti, "tinjau")
    review = asked(siti)
    assert review is not None and "Cerita: 🎙️ ada rekaman" in review.text


async def test_only_the_own_number_is_taken(w: World) -> None:
    """By the button, or typed by whom it is asked of."""
    siti = w.person("Siti", phone_number="+6281234500001")
    await begin(w, siti, "kontak")
    await press(siti, "kontak", "telepon")
    await w.settle()
    await w.say(siti, "0812345")
    assert siti.find("supaya nomornya tidak keliru")
    await siti.contact("+6281111111111", first_name="Budi")
    await w.settle()
    assert siti.find("nomor orang lain")
    await w.press(siti, "Kirim nomor saya")
    assert step_asked(siti) == "tinjau"
    assert (await answers(w, siti))["hp"] == "+6281234500001"
    await w.say(siti, "kembali")
    assert "📞 Kirim nomor saya" in siti.keyboard()
    await w.press(siti, "Kembali")
    assert step_asked(siti) == "kontak" and not siti.keyboard()


async def test_a_number_that_is_typed_where_it_was_asked_for_is_taken(w: World) -> None:
    """Whose phone hides the keyboard gave a number, and the worker read that there was none."""
    siti = w.person("Siti")
    await begin(w, siti, "kontak")
    await w.say(siti, "boleh")
    await w.say(siti, "0812-3450-0009")
    assert step_asked(siti) == "tinjau"
    assert (await answers(w, siti))["hp"] == "+6281234500009"


async def test_the_number_can_be_copied_asked_for_and_is_given_once(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "tinjau")
    review = asked(siti)
    assert review is not None
    data = resident.picks(review)["tinjau", "kirim"]
    for _ in range(3):
        await siti.forge(data, message_id=review.message_id)
    await w.settle()
    (number,) = await resident.numbers(w, siti)
    assert len([m for m in siti.from_bot() if "Nomor laporan" in m.text]) == 1
    assert f"sudah terkirim dengan nomor {number}" in siti.toasts()[-1]
    receipt = siti.find("Nomor laporan")
    assert receipt is not None and number in [button.copy for button in receipt.buttons]
    for text in ("/status", f"/status {number}", number.lower(), f"/status {number[3:]}"):
        before = len(siti.from_bot())
        await w.say(siti, text)
        assert [m for m in siti.from_bot()[before:] if number in m.text], text
    await w.say(siti, "/status TS-000000")
    assert siti.find("tidak ada di antara")
    await siti.start()
    await w.settle()
    await w.press(siti, "Laporan saya")
    assert siti.find("Laporan Bapak/Ibu", number)
    w.telegram.turn(timedelta(minutes=1).total_seconds())
    await begin(w, siti, "jenis")
    await siti.forge(data, message_id=review.message_id)
    await w.settle()
    assert "sudah terkirim" in siti.toasts()[-1] and step_asked(siti) == "jenis"
    assert len(await resident.numbers(w, siti)) == 1


async def test_a_story_out_of_the_blue_is_offered_for_a_report_and_not_lost(w: World) -> None:
    siti, tksk = w.person("Siti"), await w.worker("tksk", SINGOSARI)
    await siti.start()
    await w.settle()
    await w.say(siti, "pak tolong ada orang dirantai di gubuk belakang pasar")
    assert siti.find("Mau dijadikan laporan?")
    await w.press(
        siti, "Ya, lapor", "Setuju", "Tetangga", "Gangguan jiwa", "Dirantai", *BY_LIST, "Tidak tahu", "Lewati"
    )
    await w.press(siti, "Hari ini", "Tanpa foto", "Tidak usah menelepon", "Kirim laporan")
    await w.press(tksk, "Saya tangani")
    assert tksk.find("orang dirantai di gubuk belakang pasar")


@pytest.mark.parametrize("step", each(("siapa", "jenis", "bahaya", "kapan", "kontak", "tinjau"), "bahaya", "tinjau"))
async def test_words_and_captions_at_another_question_reach_the_worker(w: World, step: str) -> None:
    """R1: what is said at a question that it does not answer is in the report, and that is said."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await begin(w, siti, step)
    await w.say(siti, "sudah lama kurus sekali orangnya")
    assert "kami tambahkan ke laporan ini" in siti.last().text
    await siti.photo(caption="ini gubuknya di kebun")
    await w.settle()
    assert "kami tambahkan ke laporan ini" in siti.last().text and step_asked(siti) == step
    await go(w, siti, "")
    await w.press(tksk, "Saya tangani")
    read = "\n".join(message.words for message in tksk.from_bot())
    assert "sudah lama kurus sekali orangnya" in read and "ini gubuknya di kebun" in read


async def test_who_writes_instead_of_pressing_sees_the_numbers_the_second_time(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "siapa")
    await w.say(siti, "orangnya tinggal dekat kali")
    assert "1." not in siti.last().text
    await w.say(siti, "sering teriak tiap malam")
    assert "1." in siti.last().text and "kami tambahkan ke laporan ini" in siti.last().text


async def test_two_words_that_answer_nothing_are_refused_and_consent_keeps_a_story_only(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "setuju")
    await w.say(siti, "orangnya kurus sekali")
    assert "belum paham" in siti.last().text
    await w.say(siti, "orangnya kurus sekali tinggal di kandang")
    assert "kami tambahkan ke laporan ini" in siti.last().text
    assert (await answers(w, siti))["_kata"].endswith("di kandang")


@pytest.mark.parametrize(
    ("phone", "offers"), [("en", True), ("en-GB", True), ("nl", True), ("id", False), ("jv", False), ("", False)]
)
async def test_the_language_of_the_phone_is_offered(w: World, phone: str, offers: bool) -> None:
    """Row 96: the first button of the greeting, and it is gone once it was chosen."""
    siti = w.person("Siti", **({"language_code": phone} if phone else {}))
    await siti.start()
    await w.settle()
    assert (siti.last().labels[0] == "🇬🇧 English") is offers
    if offers:
        await w.press(siti, "English")
        await siti.start()
        await w.settle()
        assert "Report" in siti.last().labels[0]
