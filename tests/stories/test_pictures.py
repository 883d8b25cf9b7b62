"""Care with pictures: some are opened by a tap only, and some are not kept at all (rows 17-21, 126)."""

import json
import logging
from itertools import product
from typing import Any

import pytest
from sqlmodel import select

from bot.core import buttons as b
from bot.core.media import Care
from bot.localtelegram.phones import Phone
from bot.logs import JsonLines
from storage import additions, cases, drafts, timeline
from storage.session import Session
from storage.tables import Addition, Draft, Inbox, Outbox, Report
from tests.stories.test_correcting import kind
from tests.stories.test_media_kinds import TAKEN, files
from tests.support.case_views import FIELD
from tests.support.length import each
from tests.support.resident import begin, go, step_asked
from tests.support.world import MALANG, SINGOSARI, World

VISIBLE = tuple(what for what, (_, more, as_) in TAKEN.items() if as_ not in ("voice", "audio"))
VISIBLE = tuple(what for what in VISIBLE if "voice" not in what and "recording" not in what)
HEARD = tuple(what for what in TAKEN if what not in VISIBLE)
SOME = pytest.mark.parametrize("what", each(VISIBLE, "a round video", "a picture as a file"))
"""How each of them is taken is told in tests/stories/test_media_kinds.py."""
CAREFUL, REFUSED, DROPPED = "hanya dibuka petugas yang menangani", "tidak kami simpan. Mohon", "tidak kami simpan lagi"
OF_CARE = {"anak": "tidakada", "kekerasan": "tidakada", "odgj": "telanjang"}
SEXUAL = {"anak": "seksual", "kekerasan": "seksual", "disabilitas": "seksual"}


def ids(sent: dict[str, Any]) -> set[str]:
    """Every name that Telegram has for the files of a message."""
    text = json.dumps(sent)
    found = {part.split('"')[0] for key in ("file_id", "file_unique_id") for part in text.split(f'"{key}": "')[1:]}
    assert found
    return found


def written(session: Session) -> str:
    """Everything that the bot keeps, opened."""
    said = [drafts.answers_of(session, row) for row in session.exec(select(Draft))]
    told = [cases.content(session, row) for row in session.exec(select(Report))]
    more = [additions.content(session, row) for row in session.exec(select(Addition))]
    inbox = session.exec(select(Inbox)).all()
    waits = {row.uid: row.payload_sealed for row in session.exec(select(Outbox))}
    out = [session.vault.open(session, "outbox", "payload", uid, sealed) for uid, sealed in waits.items() if sealed]
    return "\n".join(map(str, (said, told, more, inbox, out)))


async def is_kept(w: World, *sent: dict[str, Any]) -> bool:
    text = await w.read(written)
    return any(name in text for one in sent for name in ids(one))


async def shows(w: World, phone: Phone, what: str, **more: Any) -> dict[str, Any]:
    """Send it; returns what was sent, as Telegram names it."""
    how, given, _ = TAKEN[what]
    sent: dict[str, Any] = await getattr(phone, how)(**given, **more)
    await w.settle()
    return sent


async def views(w: World) -> list[str]:
    case = await w.case()
    found: list[str] = await w.read(lambda s: timeline.actors(s, case.id, "view"))
    return found


def read_by(phone: Phone) -> str:
    return "\n".join(message.words for message in phone.from_bot())


# --- opened by a tap ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "step"),
    each(
        product(VISIBLE, ("tempat", "cerita", "kontak")), ("a round video", "cerita"), ("a picture as a file", "kontak")
    ),
)
async def test_of_a_child_it_is_kept_and_opened_by_the_owner_only_with_a_tap(w: World, what: str, step: str) -> None:
    tksk, boss, siti = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG), w.person()
    await begin(w, siti, step, jenis="anak")
    await shows(w, siti, what)
    assert CAREFUL in siti.find("Terima kasih").text  # type: ignore[union-attr]
    await siti.voice()
    await w.settle()
    await go(w, siti, "")
    assert "Lihat gambar" not in " ".join(tksk.buttons()), "who has not taken it opens nothing"
    case = await w.case()
    look = b.Pictures(case.id, case.round).pack()
    await tksk.forge(look)
    await w.settle()
    await w.press(tksk, "Saya tangani")
    assert files(tksk) == ["voice"], "what can be heard comes with the case, what can be seen does not"
    assert tksk.find("1 foto atau video hanya terbuka dengan tombol Lihat gambar")
    for phone in (boss, siti):
        await phone.forge(look)
        await w.settle()
    assert not files(boss) and await views(w) == []
    for times in (1, 2):
        await w.press(tksk, "Lihat gambar")
        assert files(tksk) == ["voice"] + [TAKEN[what][2]] * times
        assert len(await views(w)) == times, "each tap is logged"
    assert all(message.protected for message in tksk.from_bot() if message.media)


@pytest.mark.parametrize("category", each(OF_CARE, "odgj"))
async def test_an_album_is_answered_once_and_opened_whole(w: World, category: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "patokan", jenis=category, bahaya=OF_CARE[category])
    await siti.album(3)
    await w.settle()
    assert sum(CAREFUL in message.text for message in siti.from_bot()) == 1
    await go(w, siti, "")
    await w.press(tksk, "Saya tangani")
    assert files(tksk) == []
    await w.press(tksk, "Lihat gambar")
    assert files(tksk) == ["photo"] * 3


async def test_what_came_before_the_kind_was_known_waits_for_a_tap_too(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "siapa")
    await siti.photo()
    await w.settle()
    assert CAREFUL not in siti.last().text, "nobody knows yet what it is about"
    await go(w, siti, "tempat", jenis="kekerasan")
    assert siti.find(CAREFUL)
    await go(w, siti, "")
    await w.press(tksk, "Saya tangani")
    assert files(tksk) == []
    await w.press(tksk, "Lihat gambar")
    assert files(tksk) == ["photo"]


@SOME
async def test_after_the_number_it_waits_for_a_tap_too(w: World, what: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    number = await w.reports(siti, kind="Dipukul")
    await w.press(tksk, "Saya tangani")
    await shows(w, siti, what)
    assert CAREFUL in siti.last().text and f"Untuk laporan {number}?" in siti.last().text
    await w.press(siti, "Tambahkan")
    assert tksk.find("ada tambahan dari pelapor") and files(tksk) == []
    await w.press(tksk, "Lihat gambar")
    assert files(tksk) == [TAKEN[what][2]]


async def test_of_somebody_old_they_come_with_the_case_as_before(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "foto")
    await siti.photo()
    await w.settle()
    await go(w, siti, "")
    assert not siti.find(CAREFUL)
    await w.press(tksk, "Saya tangani")
    assert files(tksk) == ["photo"] and "Lihat gambar" not in " ".join(tksk.buttons())


async def test_a_kind_that_is_corrected_changes_what_is_shown_from_then_on(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "foto")
    await siti.photo()
    await w.settle()
    await go(w, siti, "")
    await kind(w, siti, (await w.case()).number, "Dipukul", "Tidak ada")
    assert (await w.case()).category == "kekerasan"
    await w.press(tksk, "Saya tangani")
    assert files(tksk) == []
    await w.press(tksk, "Lihat gambar")
    assert files(tksk) == ["photo"]


async def test_an_owner_who_amends_the_kind_gets_no_more_pictures_unasked(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    await kind(w, siti, (await w.case()).number, "Anak", "Tidak ada")
    await w.press(tksk, "Ya, ubah")
    assert (await w.case()).category == "anak"
    await siti.photo()
    await w.settle()
    assert CAREFUL in siti.last().text
    await w.press(siti, "Tambahkan")
    assert files(tksk) == []
    await w.press(tksk, "Lihat gambar")
    assert files(tksk) == ["photo"]


async def test_a_complaint_carries_no_picture_of_them(w: World) -> None:
    tksk, boss, siti = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG), w.person()
    await w.reports(siti, kind="Gangguan jiwa", danger="Tidak berpakaian")
    await w.press(tksk, "Saya tangani", "Selesai", "Tertolong")
    await w.passes(minutes=6)
    await w.press(siti, "👎 Belum")
    sent = await siti.photo()
    await w.settle()
    assert "gambar tidak bisa ikut keluhan ini" in siti.last().text
    assert not await is_kept(w, sent)
    await siti.photo(caption="petugasnya marah-marah")
    await w.settle()
    assert "petugasnya marah-marah" in read_by(boss) and files(boss) == []


# --- not kept -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "category"),
    each(
        product(VISIBLE, SEXUAL),
        ("a photo", "anak"),
        ("a video as a file", "kekerasan"),
        ("a moving picture", "disabilitas"),
    ),
)
async def test_of_sexual_harm_nothing_that_can_be_seen_is_kept(
    w: World, caplog: pytest.LogCaptureFixture, what: str, category: str
) -> None:
    caplog.set_level(logging.DEBUG)
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "tempat", jenis=category, bahaya="seksual")
    sent = [await shows(w, siti, what)]
    assert siti.find(REFUSED, "polisi atau UPTD PPA") and step_asked(siti) == "tempat"
    assert not siti.find("Sudah kami terima dan kami tambahkan")
    await go(w, siti, "cerita")
    sent.append(await shows(w, siti, what))
    assert step_asked(siti) == "cerita", "a picture alone tells no story here"
    assert not await is_kept(w, *sent)
    await siti.voice()
    await w.settle()
    await go(w, siti, "")
    number = (await w.case()).number
    await w.press(tksk, "Saya tangani")
    assert files(tksk) == ["voice"]
    assert tksk.find(number, "Pelapor menawarkan foto atau video; tidak kami simpan")
    assert "Lihat gambar" not in " ".join(tksk.buttons())
    sent.append(await shows(w, siti, what))
    assert REFUSED in siti.last().text
    assert not await is_kept(w, *sent)
    lines = "\n".join(JsonLines(()).format(record) for record in caplog.records if record.name.startswith("tersapa"))
    assert not [name for one in sent for name in ids(one) if name in lines]


@SOME
async def test_what_was_kept_is_dropped_when_it_is_said_to_be_sexual(w: World, what: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "siapa")
    sent = await shows(w, siti, what)
    assert await is_kept(w, sent)
    await go(w, siti, "tempat", jenis="kekerasan", bahaya="seksual")
    assert siti.find(DROPPED) and not siti.find(REFUSED)
    assert not await is_kept(w, sent)
    await go(w, siti, "")
    await w.press(tksk, "Saya tangani")
    assert files(tksk) == [] and tksk.find("Pelapor menawarkan foto atau video")


async def test_a_video_that_was_the_story_is_dropped_and_the_story_is_asked_for(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    sent = await siti.video()
    await w.settle()
    await w.press(siti, "Ya, lapor")
    await go(w, siti, "cerita", jenis="kekerasan", bahaya="seksual")
    assert "sudah menjadi ceritanya" not in siti.last().text
    assert not await is_kept(w, sent)


async def test_an_album_is_refused_once_also_after_the_number(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "tempat", jenis="anak", bahaya="seksual")
    sent = await siti.album(3)
    await w.settle()
    assert sum(REFUSED in message.text for message in siti.from_bot()) == 1
    await go(w, siti, "")
    sent += await siti.album(3)
    await w.settle()
    assert sum(REFUSED in message.text for message in siti.from_bot()) == 2
    assert not await is_kept(w, *sent)
    report = await w.read(lambda s: cases.content(s, s.exec(select(Report)).one()))
    assert report.unkept == 6


@pytest.mark.parametrize("taken", [False, True])
async def test_after_the_number_the_words_are_kept_and_the_worker_learns_of_the_picture(w: World, taken: bool) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    number = await w.reports(siti, kind="Dipukul", danger="Dilecehkan")
    if taken:
        await w.press(tksk, "Saya tangani")
    sent = await siti.photo(caption="dia kirim gambar ini ke saya")
    await w.settle()
    assert siti.find("Tulisannya kami simpan, gambarnya tidak")
    assert f"Untuk laporan {number}?" in siti.last().text
    await w.press(siti, "Tambahkan")
    again = await siti.photo()
    await w.settle()
    assert REFUSED in siti.last().text, "of nothing that was kept it is asked where it belongs"
    assert not await is_kept(w, sent, again)
    if not taken:
        assert tksk.find(number, "Pelapor menawarkan foto atau video")
        await w.press(tksk, "Saya tangani")
    assert "dia kirim gambar ini ke saya" in read_by(tksk) and files(tksk) == []
    case = await w.case()
    assert await w.read(lambda s: timeline.count(s, case.id, "picture_refused")) == 2
    if taken:
        assert read_by(tksk).count("pelapor menawarkan foto atau video. Tidak kami simpan") == 1


@pytest.mark.parametrize("taken", [False, True])
async def test_a_kind_that_is_corrected_to_sexual_drops_what_was_kept(w: World, taken: bool) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "foto", jenis="disabilitas")
    sent = [await siti.photo()]
    await w.settle()
    await go(w, siti, "")
    if taken:
        await w.press(tksk, "Saya tangani")
    sent.append(await siti.photo())  # waits for a word where it belongs
    await w.settle()
    assert await is_kept(w, *sent)
    await kind(w, siti, (await w.case()).number, "Disabilitas", "Dipukul / dilecehkan")
    assert siti.find(DROPPED)
    assert not await is_kept(w, *sent), "at once, whatever becomes of the correction"
    later = await siti.photo()
    await w.settle()
    assert REFUSED in siti.last().text and not await is_kept(w, later)
    assert tksk.find("Pelapor menawarkan foto atau video" if not taken else "pelapor menawarkan foto atau video")


async def test_a_picture_that_is_on_its_way_to_the_owner_is_called_back(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "foto", jenis="disabilitas")
    sent = await siti.photo()
    await w.settle()
    await go(w, siti, "")
    w.telegram.fault("error", code=500, method="sendPhoto")
    await w.press(tksk, "Saya tangani")
    await kind(w, siti, (await w.case()).number, "Disabilitas", "Dipukul / dilecehkan")
    w.telegram.calm()
    await w.passes(minutes=10)
    assert files(tksk) == [] and not await is_kept(w, sent)


@pytest.mark.parametrize("words", ["anaknya telanjang di jalan", "bocah itu tidak pakai baju"])
async def test_of_a_child_unclothed_nothing_that_can_be_seen_is_kept(w: World, words: str) -> None:
    siti = w.person()
    await begin(w, siti, "cerita", jenis="anak")
    first = await siti.photo()
    await w.settle()
    assert await is_kept(w, first)
    await begin(w, ani := w.person("Ani"), "cerita", jenis="anak")
    second = await ani.photo(caption=words)
    await w.settle()
    assert ani.find("Tulisannya kami simpan, gambarnya tidak") and not await is_kept(w, second)
    await w.say(siti, words)
    assert siti.find(DROPPED) and not await is_kept(w, first)


async def test_words_after_the_number_say_so_too(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "tempat", jenis="anak")
    sent = await siti.photo()
    await w.settle()
    await go(w, siti, "")
    await w.say(siti, "anaknya tidak pakai baju sama sekali")
    assert siti.find(DROPPED) and not await is_kept(w, sent)
    await w.press(siti, "Tambahkan")
    await w.press(tksk, "Saya tangani")
    assert files(tksk) == [] and "tidak pakai baju sama sekali" in read_by(tksk)


async def test_a_change_that_is_under_way_holds_no_picture_either(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "foto", jenis="odgj", bahaya="lapar")
    sent = await siti.photo()
    await w.settle()
    await go(w, siti, "tinjau")
    await w.press(siti, "Ubah", "Foto")
    assert step_asked(siti) == "foto" and await is_kept(w, sent), "kept aside, for who goes back"
    await w.say(siti, "anak kecil itu telanjang bulat di pinggir jalan raya")
    assert not await is_kept(w, sent)


async def test_what_becomes_part_of_a_report_that_refuses_it_is_dropped_and_that_is_said(w: World) -> None:
    siti = w.person()
    await w.reports(siti)
    sent = await siti.photo(caption="ini orangnya")
    await w.settle()
    asked = siti.last()
    await w.say(siti, "lapor")
    await go(w, siti, "tempat", jenis="kekerasan", bahaya="seksual")
    await siti.press("Laporan lain", asked.message_id)
    await w.settle()
    assert siti.find("Tulisannya kami simpan, gambarnya tidak") and not await is_kept(w, sent)


# --- the rule -----------------------------------------------------------------------------------------------


def test_how_pictures_are_treated_follows_from_category_flag_and_words() -> None:
    for code, category in FIELD.categories.items():
        for item in (*(danger.item for danger in category.dangers), "tidakada", "tidaktahu"):
            flag = category.flag(item)
            careful = code in ("anak", "kekerasan") or flag in ("telanjang", "meninggal", "seksual")
            expected = Care.REFUSED if flag == "seksual" else Care.ON_TAP if careful else Care.WITH_CASE
            assert FIELD.care(code, item) is expected, (code, item)
            child, bare = code == "anak", flag == "telanjang"
            assert FIELD.care(code, item, "dia telanjang") is (Care.REFUSED if child else expected)
            assert FIELD.care(code, item, "seorang balita") is (Care.REFUSED if bare else expected)
            assert FIELD.care(code, item, "bayinya bugil!") is Care.REFUSED


@pytest.mark.parametrize(
    "words",
    ["telanjang kaki", "anak sdh besar", "anaknya tidak peduli", "dia ditelantarkan", "baju anaknya kotor"],
)
def test_other_words_say_nothing_of_the_kind(words: str) -> None:
    assert FIELD.care("lansia", "tidakada", words) is Care.WITH_CASE
    assert FIELD.care("anak", "tidakada", words) is Care.ON_TAP
    assert FIELD.care("odgj", "telanjang", words) is Care.ON_TAP
