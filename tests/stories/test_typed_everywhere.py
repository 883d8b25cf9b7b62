"""Every keyboard is answered by typing too: the number of a button, a word of its label, or a typo of it (R1).

What somebody reads after typing is what another one reads who pressed the button in the same place.
"""

import re
from collections.abc import Awaitable, Callable

import pytest
from sqlmodel import select

from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.inputs import Typed
from bot.localtelegram.phones import Phone
from bot.texts.message import Key, Message, column
from handlers import hear
from handlers.acts import Who
from storage import additions
from storage.session import Session
from storage.tables import Addition, Report
from tests.stories.test_after_end import ended
from tests.support.references import chat_of
from tests.support.resident import begin
from tests.support.world import SINGOSARI, World

STORY = "ada kakek tua kurus sekali di gubuk dekat sungai"
DANGER = "dia ngamuk bawa parang"
PLACE = "rumahnya cat hijau, sebelah kandang"


async def greeted(w: World) -> Phone:
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    return siti


async def gate(w: World) -> Phone:
    siti = await greeted(w)
    await w.press(siti, "Ada bahaya sekarang")
    return siti


async def phoned(w: World) -> Phone:
    siti = await gate(w)
    await w.press(siti, "Sudah telepon")
    return siti


async def gate_in_a_report(w: World) -> Phone:
    siti = w.person("Siti")
    await begin(w, siti, "siapa")
    await siti.press("Ada bahaya sekarang")
    await w.settle()
    return siti


async def offered(w: World) -> Phone:
    siti = await greeted(w)
    await w.say(siti, STORY)
    return siti


async def nudged(w: World) -> Phone:
    siti = w.person("Siti")
    await begin(w, siti, "bahaya")
    await w.passes(hours=4)
    return siti


async def languages(w: World) -> Phone:
    siti = await greeted(w)
    await w.press(siti, "Bahasa")
    return siti


async def despair(w: World) -> Phone:
    siti = await greeted(w)
    await w.say(siti, "saya mau bunuh diri")
    return siti


async def reported(w: World) -> Phone:
    siti = w.person("Siti")
    await w.reports(siti, kind="Gangguan jiwa", danger="Tidak ada")
    return siti


async def adding(w: World) -> Phone:
    siti = await reported(w)
    await w.say(siti, PLACE)
    return siti


async def danger_after(w: World) -> Phone:
    siti = await reported(w)
    await w.say(siti, DANGER)
    return siti


async def status(w: World) -> Phone:
    siti = await reported(w)
    await w.say(siti, "/laporan")
    return siti


async def one_report(w: World) -> Phone:
    siti = await status(w)
    await w.press(siti, "TS-")
    return siti


async def withdrawing(w: World) -> Phone:
    siti = await one_report(w)
    await w.press(siti, "Tarik laporan")
    return siti


async def over(w: World) -> Phone:
    _, _, siti, _ = await ended(w)
    return siti


async def complaining(w: World) -> Phone:
    siti = await over(w)
    await w.press(siti, "👎 Belum")
    return siti


Where = Callable[[World], Awaitable[Phone]]
KEYBOARDS: tuple[tuple[Where, str, tuple[str, ...]], ...] = (
    (greeted, "Lapor", ("1", "no 1")),
    (greeted, "Lapor cepat", ("2", "lapor cepat")),
    (greeted, "Ada bahaya sekarang", ("3", "ada bahaya sekarang")),
    (greeted, "Laporan saya", ("4", "laporan saya", "laproan saya")),
    (greeted, "Bahasa / Language", ("nomor 5", "bahasa", "bahsa")),
    (languages, "English", ("2", "english", "englsh")),
    (gate, "Sudah telepon", ("1", "sudah", "sudah telepn", "wis telpon polisi")),
    (gate, "Tidak bisa telepon", ("2", "tidak bisa telepon")),
    (phoned, "Lanjut melapor", ("1", "lanjut melapor", "lanjut", "melaporr")),
    (phoned, "Cukup", ("2", "cukup")),
    (offered, "Ya, lapor", ("1", "ya", "ya lapor")),
    (offered, "Lapor cepat", ("2",)),
    (offered, "Hapus", ("4", "tidak", "gak jadi", "bukan")),
    (nudged, "Lanjutkan", ("1", "lanjutkan", "lanjutkn")),
    (nudged, "Buang", ("2", "buang", "buangg")),
    (despair, "Lanjut bercerita", ("1", "lanjut bercerita", "bercerta")),
    (despair, "Boleh, sapa saya", ("2", "boleh", "boleh sapa saya")),
    (adding, "Tambahkan ke", ("1", "tambahkan", "tambahkn")),
    (adding, "Laporan lain", ("2", "laporan lain", "lain")),
    (adding, "Bukan laporan", ("3", "bukan laporan", "bukan laporn")),
    (danger_after, "Ya, sekarang", ("1", "ya sekarang", "sekarng")),
    (danger_after, "Tidak", ("2", "tidak")),
    (status, "TS-", ("1",)),
    (one_report, "Salah tempat", ("salah tempat", "tempat", "tempt")),
    (one_report, "Tarik laporan", ("tarik laporan", "tarik laporn")),
    (withdrawing, "Ya, tarik", ("1", "ya tarik")),
    (withdrawing, "Batal, jangan ditarik", ("2", "jangan ditarik", "jangan ditarikk")),
)
"""Where somebody stands, the button, and what they type instead of pressing it."""


def read(phone: Phone, since: int) -> list[tuple[str, tuple[str, ...]]]:
    """What a phone shows since then, with any number of a report for every other."""
    return [
        (re.sub(r"TS-\w{6}", "TS-", m.words), tuple(re.sub(r"TS-\w{6}", "TS-", label) for label in m.labels))
        for m in phone.from_bot()[since:]
    ]


@pytest.mark.parametrize(("where", "label", "typed"), KEYBOARDS, ids=lambda one: getattr(one, "__name__", None))
async def test_what_is_typed_does_what_the_button_does(
    w: World, where: Where, label: str, typed: tuple[str, ...]
) -> None:
    await w.worker("tksk", SINGOSARI)
    presser = await where(w)
    before = len(presser.from_bot())
    await presser.press(label, _newest(presser, label))
    await w.settle()
    meant = read(presser, before)
    assert meant
    for text in typed:
        typist = await where(w)
        before = len(typist.from_bot())
        await w.say(typist, text)
        assert read(typist, before) == meant, text


def _newest(phone: Phone, label: str) -> int:
    (*_, number) = [m.message_id for m in phone.from_bot() if any(label in one for one in m.labels)]
    return number


async def helped(w: World) -> str | None:
    """What the newest report says of its end."""
    report = await w.read(lambda s: s.exec(select(Report)).all()[-1])
    return str(report.helped) if report.helped else None


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("1", "sudah"),
        ("sudah", "sudah"),
        ("ya", "sudah"),
        ("sudah tertolng", "sudah"),
        ("2", "belum"),
        ("belum", "belum"),
        ("belum tertolong", "belum"),
        ("durung pak", "belum"),
        ("tidak", "belum"),
        ("3", "ulang"),
        ("keadaan berulang", "ulang"),
        ("keadaan brulang", "ulang"),
    ],
)
async def test_whether_it_helped_may_be_typed(w: World, typed: str, answer: str) -> None:
    siti = await over(w)
    await w.say(siti, typed)
    assert await helped(w) == answer
    assert (siti.find("Apa yang belum?") is not None) is (answer == "belum")


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("lewati", False),
        ("lewati buka lagi laporan", False),
        ("jangan ke petugas yang sama", True),
        ("jangan ke petugas yng samaa", False),
        ("jangan ke petgas yang sama", True),
    ],
)
async def test_what_is_still_missing_is_skipped_or_for_somebody_else(w: World, typed: str, other: bool) -> None:
    siti = await complaining(w)
    await w.say(siti, typed)
    told = await w.read(lambda s: [additions.content(s, row).text for row in s.exec(select(Addition))])
    if typed == "jangan ke petugas yng samaa":  # words too short for a typo are the complaint itself
        assert told == [typed]
        return
    assert told == [""], "no word of it is a complaint"
    case = await w.case()
    assert (case.status, case.skip_kecamatan or case.former_id is not None) == ("open", other) or case.status == "open"
    assert (siti.find("petugas lain") is not None) is other, siti.last().words


async def test_a_number_is_no_button_where_words_are_asked_for(w: World) -> None:
    siti = await complaining(w)
    await w.say(siti, "1")
    assert await w.read(lambda s: [additions.content(s, row).text for row in s.exec(select(Addition))]) == ["1"]


@pytest.mark.parametrize("text", ["rumah nomor 1", "no 17", "1 rumah dari masjid", "orangnya pindah ke rumah lain"])
async def test_what_only_sounds_so_stays_what_was_told(w: World, text: str) -> None:
    await w.worker("tksk", SINGOSARI)
    siti = await adding(w)
    await w.say(siti, text)
    (told,) = await w.read(lambda s: [additions.content(s, row) for row in s.exec(select(Addition))])
    assert told.text == f"{PLACE}\n{text}"


async def test_danger_and_hiding_come_first(w: World) -> None:
    siti = await greeted(w)
    await w.say(siti, "bahaya sekarang")
    assert siti.last().labels[:2] == ["🚨 Ya, sekarang", "❌ Tidak"], "it is asked about, not only whom to phone"
    siti = await offered(w)
    await w.say(siti, "hapus")
    assert len(siti.screen()) == 1, "the screen shows nothing of it, and what was told is kept"


async def test_a_bubble_that_lost_its_buttons_has_none_to_name(w: World) -> None:
    siti = await greeted(w)
    chat = await w.read(lambda s: chat_of(s, siti))
    key = Key("Lapor", b.Menu(Go.REPORT))
    uid = await w.read(lambda s: w.turn(s).say(chat, Message("Mau lapor?", column((key,)))))
    await w.settle()
    await w.read(lambda s: w.turn(s).edit(chat, uid, None))
    await w.settle()
    await w.say(siti, "1")
    assert siti.find("Apakah Bapak/Ibu setuju") is None and "Lapor cepat" in " ".join(siti.last().labels)


async def test_a_reply_to_another_bubble_names_no_button_of_the_newest(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    siti = await adding(w)
    other = siti.from_bot()[-2].message_id
    await siti.say("1", reply_to=other)
    await w.settle()
    (told,) = await w.read(lambda s: [additions.content(s, row) for row in s.exec(select(Addition))])
    assert told.text == f"{PLACE}\n1"


async def test_a_question_that_has_not_arrived_is_not_answered_with_the_bubble_above(w: World) -> None:
    """Who types ahead: "lapor" and "laporan saya" come together; the last is no button of the greeting."""
    siti = await greeted(w)
    chat = await w.read(lambda s: chat_of(s, siti))
    who = Who(chat, chat, private=True)

    def at_once(session: Session) -> None:
        for text in ("lapor", "laporan saya"):
            hear.hear(w.turn(session), who, Typed(text))

    await w.read(at_once)
    await w.settle()
    said = w.app.house.texts.of("id").say("belum_ada_laporan")
    assert siti.find(said) is None and siti.last().buttons[0].label == "✅ Setuju, lanjut", siti.last().text


async def test_a_case_is_taken_by_the_whole_label_only(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await w.reports(siti)
    for text in ("1", "tangani", "ya"):
        await w.say(tksk, text)
        assert (await w.case()).status == "open", text
    await w.passes(hours=5)
    await w.say(tksk, "saya tangani")
    assert (await w.case()).status == "acknowledged"
    await w.passes(minutes=6)
    await w.say(tksk, "lainnya")
    await w.say(tksk, "selesai")
    assert "Tertolong" in " ".join(tksk.last().labels)
    await w.say(tksk, "1")
    assert (await w.case()).status == "closed"
