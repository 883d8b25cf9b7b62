"""Pictures and recordings of every kind are taken at every step, and reach whoever has the case (R9, rows 17-19)."""

from functools import partial
from typing import Any

import pytest

from bot.core.media import look
from bot.localtelegram.phones import Phone
from handlers.translate import KINDS
from storage import cases, drafts
from storage.session import Session
from tests.support.length import each
from tests.support.references import chat_of
from tests.support.resident import asked, begin, go, press, step_asked
from tests.support.world import MALANG, SINGOSARI, World

TAKEN: dict[str, tuple[str, dict[str, Any], str]] = {
    "a photo": ("photo", {}, "photo"),
    "a voice message": ("voice", {}, "voice"),
    "a round video": ("video_note", {}, "video_note"),
    "a video of the gallery": ("video", {}, "video"),
    "a moving picture": ("animation", {}, "animation"),
    "music": ("audio", {"name": "Rekaman.m4a"}, "audio"),
    "a picture as a file": ("document", {"name": "IMG_2041.JPG", "mime": "image/jpeg"}, "document"),
    "a forwarded voice": ("document", {"name": "PTT-20260302-WA0007.opus", "mime": "audio/ogg"}, "document"),
    "a recording that the phone does not know": (
        "document",
        {"name": "AUD-20260302.ogg", "mime": "application/octet-stream"},
        "document",
    ),
    "a video as a file": ("document", {"name": "VID.mp4", "mime": "video/mp4"}, "document"),
}
"""How it is sent, with what, and as which kind whoever has the case gets it."""
SEEN = ("a photo", "a moving picture", "a picture as a file")
TOLD = tuple(what for what in TAKEN if what not in SEEN)
"""In these somebody can tell something."""
SOME = pytest.mark.parametrize("what", each(TAKEN, "a photo", "a voice message", "a round video", "a video as a file"))


async def send(w: World, phone: Phone, what: str, **more: Any) -> None:
    kind, how, _ = TAKEN[what]
    await getattr(phone, kind)(**how, **more)
    await w.settle()


def files(phone: Phone) -> list[str]:
    """The files that a worker sees, by their kind."""
    return [message.media for message in phone.from_bot() if message.media]


async def draft(w: World, phone: Phone) -> dict[str, Any]:
    def read(session: Session) -> dict[str, Any]:
        found = drafts.of(session, chat_of(session, phone))
        return drafts.answers_of(session, found) if found else {}

    found: dict[str, Any] = await w.read(read)
    return found


# --- in the report ------------------------------------------------------------------------------------------


@SOME
async def test_each_is_taken_at_any_question_and_reaches_whoever_has_the_case(w: World, what: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await begin(w, siti, "setuju")
    for count, step in enumerate(("setuju", "siapa", "bahaya", "tempat", "kapan", "kontak", "tinjau"), 1):
        await go(w, siti, step)
        await send(w, siti, what)
        assert "Sudah kami terima dan kami tambahkan" in siti.last().text and step_asked(siti) == step, step
        assert len((await draft(w, siti))["_media"]) == count
    review = asked(siti)
    assert review is not None
    assert ("Cerita: 🎙️ ada rekaman" if what in TOLD else "Foto: 📷 ada foto") in review.text
    await go(w, siti, "")
    assert tksk.find("📎 7 foto, video, atau rekaman")
    assert not files(tksk), "nobody sees them who has not taken the case"
    await w.press(tksk, "Saya tangani")
    assert files(tksk) == [TAKEN[what][2]] * 7
    assert all(message.protected for message in tksk.from_bot() if message.media)


@SOME
async def test_each_answers_the_questions_that_a_voice_or_a_photo_answers(w: World, what: str) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "patokan")
    await send(w, siti, what)
    assert step_asked(siti) == "kapan" and siti.find("diterima")
    await go(w, siti, "cerita")
    await send(w, siti, what)
    assert step_asked(siti) == "foto"
    await go(w, siti, "tinjau")
    shown = asked(siti)
    assert shown is not None and shown.text.count("ada rekaman" if what in TOLD else "ada foto") == 2


@pytest.mark.parametrize("what", ["a video of the gallery", "a moving picture", "a picture as a file"])
async def test_the_question_for_a_photo_takes_what_can_be_seen(w: World, what: str) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "foto")
    await send(w, siti, what)
    assert step_asked(siti) == "kontak"
    await go(w, siti, "tinjau")
    shown = asked(siti)
    assert shown is not None and "Foto: 📷 ada foto atau video" in shown.text


# --- a recording is the story -------------------------------------------------------------------------------


@pytest.mark.parametrize("what", each(TOLD, "a round video", "music", "a forwarded voice"))
async def test_a_recording_sent_first_is_the_story_and_is_not_asked_for_again(w: World, what: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await siti.start()
    await w.settle()
    await send(w, siti, what)
    assert "Mau dijadikan laporan?" in siti.last().text
    await w.press(siti, "Ya, lapor")
    await go(w, siti, "foto", cerita="is not asked for")
    await go(w, siti, "tinjau")
    shown = asked(siti)
    assert shown is not None and "Cerita: 🎙️ ada rekaman" in shown.text
    await go(w, siti, "")
    assert tksk.find("📎 1 foto, video, atau rekaman. Pelapor bercerita lewat rekaman.")
    await w.press(tksk, "Saya tangani")
    assert tksk.find("Pelapor bercerita lewat rekaman") and files(tksk) == [TAKEN[what][2]]


async def test_a_recording_before_the_story_is_asked_only_asks_for_more(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await begin(w, siti, "siapa")
    await siti.voice()
    await w.settle()
    await go(w, siti, "cerita")
    assert "Rekaman Bapak/Ibu sudah menjadi ceritanya" in siti.last().text
    await press(siti, "cerita", "lewati")
    await w.settle()
    await w.say(siti, "kembali")
    assert "sudah menjadi ceritanya" in siti.last().text, "going back loses no recording"
    await w.say(siti, "Kakek 70 tahun")
    await go(w, siti, "tinjau")
    shown = asked(siti)
    assert shown is not None and "Cerita: 🎙️ ada rekaman · Kakek 70 tahun" in shown.text
    await go(w, siti, "")
    await w.press(tksk, "Saya tangani")
    assert tksk.find("Kakek 70 tahun") and files(tksk) == ["voice"]


async def test_a_video_of_an_album_is_as_good_as_one_alone(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "siapa")
    (first,) = await siti.album(1)
    await w.settle()
    for _ in range(2):
        w.telegram.desk.ask("media", user=siti.id, kind="video", group=str(first["media_group_id"]))
    await w.settle()
    assert len((await draft(w, siti))["_media"]) == 3 and step_asked(siti) == "siapa"
    await go(w, siti, "cerita")
    assert "Rekaman Bapak/Ibu sudah menjadi ceritanya" in siti.last().text


async def test_a_long_story_beside_a_recording_fits_the_review_and_is_kept_whole(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await begin(w, siti, "siapa")
    await siti.voice()
    await go(w, siti, "cerita")
    await w.say(siti, "orangnya kurus sekali " * 50 + "selesai")
    await go(w, siti, "tinjau")
    shown = asked(siti)
    assert shown is not None and "Cerita: 🎙️ ada rekaman · orangnya kurus" in shown.text
    await go(w, siti, "")
    await w.press(tksk, "Saya tangani")
    assert tksk.find("orangnya kurus sekali", "selesai")


async def test_in_danger_a_recording_is_the_story_too(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "siapa")
    await siti.voice()
    await w.settle()
    await go(w, siti, "tinjau", jenis="odgj", bahaya="serang")
    shown = asked(siti)
    assert shown is not None and "Cerita: 🎙️ ada rekaman" in shown.text


async def test_a_story_in_danger_can_be_changed_and_is_not_lost(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "siapa")
    await w.say(siti, "orangnya mengamuk di depan pasar")
    await go(w, siti, "tinjau", jenis="odgj", bahaya="serang")
    await w.press(siti, "Ubah", "Cerita")
    assert step_asked(siti) == "cerita"
    await w.say(siti, "orangnya bawa cangkul di depan pasar")
    shown = asked(siti)
    assert shown is not None and step_asked(siti) == "tinjau" and "Cerita: orangnya bawa cangkul" in shown.text


# --- after the number ---------------------------------------------------------------------------------------


@SOME
async def test_each_is_added_after_the_number(w: World, what: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    number = await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    await send(w, siti, what)
    assert f"Untuk laporan {number}?" in siti.last().text
    await w.press(siti, "Tambahkan")
    assert files(tksk) == [TAKEN[what][2]]


async def test_added_to_a_case_at_its_end_they_become_a_report_of_their_own(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await w.reports(siti)
    await send(w, siti, "a forwarded voice")
    await w.press(siti, "Laporan lain")
    await go(w, siti, "")
    await w.press(tksk, "Saya tangani")
    assert files(tksk) == ["document"]
    reports = await w.read(lambda s: cases.reports_of(s, chat_of(s, siti)))
    told = await w.read(partial(cases.content, report=reports[0][0]))
    assert [medium.look for medium in told.media] == ["suara"]


# --- what is refused says what works ------------------------------------------------------------------------

REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "a letter": ("document", {"name": "surat.pdf", "mime": "application/pdf"}),
    "an app": ("document", {"name": "foto.apk", "mime": "application/vnd.android.package-archive"}),
    "an app that says it is a picture": ("document", {"name": "foto.apk", "mime": "image/jpeg"}),
    "a sticker": ("sticker", {}),
}


@pytest.mark.parametrize("what", each(REFUSED, "an app that says it is a picture", "a sticker"))
async def test_another_kind_of_file_is_refused_in_words(w: World, what: str) -> None:
    await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    kind, how = REFUSED[what]
    siti = w.person("Siti")
    works = "Silakan kirim foto, video, atau rekaman suara"
    await siti.start()
    await w.settle()
    if kind != "sticker":
        await getattr(siti, kind)(**how)
        await w.settle()
        assert works in siti.last().text, "out of the blue"
    await siti.photo()
    await w.settle()
    await getattr(siti, kind)(**how)
    await w.settle()
    assert siti.find(works) and "Mau dijadikan laporan?" in siti.last().text, "beside an offer"
    await w.press(siti, "Ya, lapor")
    for step in ("siapa", "cerita", "tinjau"):
        await go(w, siti, step)
        await getattr(siti, kind)(**how)
        await w.settle()
        assert works in siti.last().text and step_asked(siti) == step
    assert len((await draft(w, siti))["_media"]) == 1
    await go(w, siti, "")
    await getattr(siti, kind)(**how)
    await w.settle()
    assert works in siti.last().text, "after the number"


async def test_one_that_is_too_large_is_refused_in_words(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "cerita")
    for what in TAKEN:
        before = siti.last().message_id
        await send(w, siti, what, size=20 * 1024 * 1024 + 1)
        assert siti.last().message_id > before, what
        assert "terlalu besar" in siti.last().text and "lebih pendek" in siti.last().text, what
        assert step_asked(siti) == "cerita", what
    for what in TAKEN:
        await send(w, siti, what, size=20 * 1024 * 1024)
    assert step_asked(siti) != "cerita"
    assert len((await draft(w, siti))["_media"]) == len(TAKEN)


def test_a_file_is_what_its_name_says_and_else_what_its_type_says() -> None:
    assert look("document", "image/heic", "") == look("photo") == "gambar"
    assert look("document", "application/ogg", "") == look("document", "", "PTT.OPUS") == look("voice") == "suara"
    assert look("document", "video/mp4", "VID.20260302") == look("video") == "video"
    assert look("document", "image/jpeg", "foto.jpg.exe") is look("document") is look("sticker") is None
    assert {kind for kind in KINDS if look(kind) is None} == {"document", "sticker"}
