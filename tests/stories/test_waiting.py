"""*Menunggu …*: a reason and a date, never "for ever"; on its day the owner is asked again (rows 57, 138)."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from bot.actions import absence
from bot.core.figures import today
from bot.core.hours import WIB, Hours
from bot.core.moves import MOVES, Event, Status
from bot.core.ownership import WAIT_DAYS, WAITING, waits_until
from bot.localtelegram.phones import Phone
from storage import cases, figures, timeline
from storage.session import Session
from storage.tables import Case, Member
from tests.support import resident
from tests.support.length import pairs
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World

REASONS = [
    "🪪 Identitas / Dukcapil",
    "👪 Keluarga dicari",
    "🤝 Pendekatan keluarga (pasung)",
    "🏥 Kamar RSJ",
    "🏠 Kamar panti / UPT",
    "📄 Surat Dinsos",
    "💳 Jaminan kesehatan",
    "🚓 Proses polisi",
    "⛴️ Kapal / cuaca",
]
HEARD = ["🤝 Sudah bertemu", "🔍 Tidak ketemu", "⏳ Menunggu …", "☎️ Kontak setempat", "📖 Buka rincian", "➕ Lainnya"]
"""What an owner who said a first word reads under everything."""
MORE = [
    "⏳ Menunggu …",
    "🏁 Selesai",
    "🆘 Butuh teman",
    "✏️ Ubah gawat, tempat, jenis",
    "📤 Serahkan ke …",
    "🔁 Kembalikan",
]
MORE += ["📖 Buka rincian"]
LENGTHS = ["📅 Besok", "📅 3 hari", "📅 1 minggu", "📅 2 minggu"]
OPENS = "📖 Buka rincian"
HUNGRY = {"kind": "Gangguan jiwa", "danger": "Tidak makan"}


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB).astimezone(UTC)


async def taken(w: World, **kind: str) -> tuple[Phone, Phone, Phone, str]:
    """A case that its TKSK took: (reporter, TKSK, koordinator, number)."""
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person()
    number = await w.reports(siti, **kind)
    await w.press(tksk, "Saya tangani")
    return siti, tksk, koordinator, number


async def waits(w: World, tksk: Phone, reason: str = "Kamar RSJ", length: str = "3 hari") -> None:
    await w.press(tksk, "Menunggu …", reason, length)


async def stands(w: World) -> tuple[str | None, str]:
    """For what the case waits, and when it is looked at next (WIB)."""
    case = await w.case()
    assert case.next_due_at is not None
    return case.waiting_for, f"{case.next_due_at.astimezone(WIB):%Y-%m-%d %H:%M}"


async def noted(w: World, event: str) -> list[Any]:
    """The entries of a kind in the newest case's timeline: what they say."""
    case = await w.case()
    entries = await w.read(lambda s: timeline.entries(s, case.id))
    return [dict(timeline.facts(entry)) for entry in entries if entry.event == event]


def asked(phone: Phone) -> int:
    """How often an owner was asked how it goes."""
    return len([message for message in phone.from_bot() if "Bagaimana sekarang?" in message.text])


def news(phone: Phone) -> list[str]:
    """What a reporter heard of waiting."""
    return [message.text for message in phone.from_bot() if "sedang menunggu" in message.text]


async def until(w: World, moment: str) -> None:
    """Time passes until then (WIB)."""
    await w.passes(seconds=(wib(moment) - w.now).total_seconds())


# --- the rules, without a bot ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "days", "hours", "asked_again"),
    [
        ("2026-03-02 09:00", 1, Hours(), "2026-03-03 08:00"),
        ("2026-03-02 23:59", 1, Hours(), "2026-03-03 08:00"),
        ("2026-03-03 00:01", 1, Hours(), "2026-03-04 08:00"),
        ("2026-03-02 07:00", 14, Hours(), "2026-03-16 08:00"),
        ("2026-03-05 09:00", 3, Hours(time(7), time(20), sunday=False), "2026-03-09 07:00"),
        ("2026-03-05 09:00", 3, Hours(time(6), time(22)), "2026-03-08 08:00"),
        ("2026-03-02 09:00", 3, Hours(time(9), time(17)), "2026-03-05 09:00"),
        ("2026-02-27 09:00", 3, Hours(), "2026-03-02 08:00"),
    ],
)
def test_a_waiting_ends_in_the_morning_and_never_in_quiet_hours(
    now: str, days: int, hours: Hours, asked_again: str
) -> None:
    assert waits_until(days, wib(now), hours) == wib(asked_again)


def test_only_the_owner_lets_a_case_wait_and_stays_its_owner() -> None:
    assert [status for status, event in MOVES if event is Event.WAIT] == [Status.ACKNOWLEDGED]
    assert MOVES[Status.ACKNOWLEDGED, Event.WAIT].to is Status.ACKNOWLEDGED


# --- the whole way -----------------------------------------------------------------------------------------


async def test_from_the_button_to_the_day_and_a_silent_owner_is_climbed_past(on_server: World) -> None:
    w = on_server
    siti, tksk, koordinator, number = await taken(w, **HUNGRY)
    assert tksk.find("sekarang Bapak/Ibu tangani").labels == [  # type: ignore[union-attr]
        "🚗 Sedang dikerjakan",
        "🤝 Sudah bertemu",
        "🔍 Tidak ketemu",
        "☎️ Kontak setempat",
        "↩️ Salah pencet",
        "➕ Lainnya",
    ]
    await w.press(tksk, "Lainnya")
    assert tksk.last().labels == MORE
    await w.press(tksk, "Menunggu …")
    assert tksk.last().labels == [*REASONS, OPENS, "❌ Tidak jadi"]
    await w.press(tksk, "Kamar RSJ")
    assert tksk.last().labels == [*LENGTHS, OPENS, "⬅️ Kembali"]
    assert await stands(w) == (None, "2026-03-02 15:00"), "two questions were asked, nothing was done"
    before = len(siti.from_bot())
    await w.press(tksk, "3 hari")
    assert tksk.last().text == (
        f"Baik, laporan {number} menunggu 🏥 Kamar RSJ. Kami tanyakan lagi Kamis 5/3 pukul 08.00."
    )
    assert tksk.last().labels == HEARD
    assert await stands(w) == ("rsj", "2026-03-05 08:00")
    assert await noted(w, "wait") == [{"reason": "rsj", "days": 3}]
    await w.passes(minutes=6)
    assert [m.text for m in siti.from_bot()[before:]] == [
        f"Laporan {number} masih ditangani, sedang menunggu. Laporan tidak hilang."
    ]
    report = (await w.read(lambda s: cases.reports_of(s, chat_of(s, siti))))[0][0]
    assert report.promised_at is None, "no day is promised that nobody keeps"
    await until(w, "2026-03-05 07:59")
    assert (asked(tksk), koordinator.find(number)) == (0, None)
    await until(w, "2026-03-05 08:01")
    assert asked(tksk) == 1
    assert tksk.last().labels == HEARD
    assert await stands(w) == (None, "2026-03-05 14:00"), "asked, and no longer waiting"
    told = "Kalau tidak dijawab sampai Kamis 5/3 pukul 20.00, laporan kami teruskan ke koordinator kabupaten/kota."
    assert tksk.find("Batas waktu menunggu 🏥 Kamar RSJ sudah sampai", told)
    await until(w, "2026-03-05 14:01")
    assert (asked(tksk), koordinator.find(number)) == (2, None)
    assert "Kamar RSJ" in tksk.last().text and told in tksk.last().text, "and so does the second"
    await until(w, "2026-03-05 20:05")
    assert tksk.find("Karena belum ada kabar", number)
    assert koordinator.find(number), "the ladder goes on"
    assert (await w.case()).status == "open"


async def test_biasa_is_not_asked_on_a_sunday(w: World) -> None:
    w.telegram.turn(set=wib("2026-03-05 09:00").isoformat())
    _, tksk, _, number = await taken(w)
    await waits(w, tksk, "Surat Dinsos")
    assert tksk.find(number, "Kami tanyakan lagi Senin 9/3 pukul 07.00.")
    await until(w, "2026-03-09 06:59")
    assert asked(tksk) == 0
    await until(w, "2026-03-09 07:01")
    assert asked(tksk) == 1


@pytest.mark.parametrize(
    ("back_at", "asked_at"), [("2026-03-03 10:00", "2026-03-03 10:01"), ("2026-03-03 23:00", "2026-03-04 07:01")]
)
async def test_a_restart_in_between_and_a_day_on_which_the_bot_was_down(w: World, back_at: str, asked_at: str) -> None:
    _, tksk, koordinator, number = await taken(w)
    await waits(w, tksk, length="Besok")
    await w.stop()
    await w.start()
    await w.settle()
    assert await stands(w) == ("rsj", "2026-03-03 08:00")
    await w.stop()
    w.telegram.turn(set=wib(back_at).isoformat())
    await w.start()
    await w.settle()
    await until(w, asked_at)
    assert (asked(tksk), koordinator.find(number)) == (1, None)
    assert (await w.case()).waiting_for is None


async def test_who_was_asked_before_is_asked_twice_again_on_the_day(w: World) -> None:
    _, tksk, koordinator, number = await taken(w, **HUNGRY)
    await until(w, "2026-03-02 21:05")
    assert asked(tksk) == 2
    await waits(w, tksk, length="Besok")
    await until(w, "2026-03-03 19:55")
    assert (asked(tksk), koordinator.find(number)) == (4, None)
    await until(w, "2026-03-03 20:05")
    assert koordinator.find(number)


async def test_waiting_is_a_word_and_may_be_said_again_on_its_day(w: World) -> None:
    siti, tksk, _, _ = await taken(w, **HUNGRY)
    await waits(w, tksk, "Keluarga dicari", "Besok")
    assert (await w.case()).heard_at is not None
    await until(w, "2026-03-03 08:02")
    await waits(w, tksk, "Kamar panti", "2 minggu")
    assert await stands(w) == ("panti", "2026-03-17 08:00")
    assert len(news(siti)) == 2, "on another day the reporter hears it again"
    await until(w, "2026-03-17 08:02")
    await w.press(tksk, "Sedang dikerjakan")
    assert await stands(w) == (None, "2026-03-18 08:00"), "no visit was due while it waited; now one is"
    await w.press(tksk, "Sudah bertemu")
    assert (await stands(w))[1][:13] == "2026-04-14 08", "fourteen working days"


# --- pressed wrongly, twice, or by others ------------------------------------------------------------------


async def test_the_same_press_twice_is_one_waiting_and_both_are_answered(either: World) -> None:
    w = either
    siti, tksk, _, number = await taken(w)
    case = await w.case()
    for _ in range(2):
        await tksk.forge(f"w:{case.id}:1:rsj:3")
    await w.settle()
    answers = [m.text for m in tksk.from_bot() if "Kami tanyakan lagi Kamis 5/3 pukul 08.00" in m.text]
    assert len(answers) == 2
    assert await noted(w, "wait") == [{"reason": "rsj", "days": 3}]
    await w.passes(minutes=6)
    assert news(siti) == [f"Laporan {number} masih ditangani, sedang menunggu. Laporan tidak hilang."]


async def test_another_reason_on_the_same_day_counts_and_the_reporter_hears_it_once(w: World) -> None:
    siti, tksk, _, _ = await taken(w)
    await waits(w, tksk)
    await waits(w, tksk, "Jaminan kesehatan", "1 minggu")
    assert await stands(w) == ("jaminan", "2026-03-09 08:00")
    assert [entry["reason"] for entry in await noted(w, "wait")] == ["rsj", "jaminan"]
    await w.passes(minutes=6)
    assert len(news(siti)) == 1


async def test_both_lists_have_a_way_back_and_nothing_changes(w: World) -> None:
    _, tksk, _, number = await taken(w)
    before = await stands(w)
    await w.press(tksk, "Menunggu …", "Kapal / cuaca", "Kembali")
    assert tksk.last().labels == [*REASONS, OPENS, "❌ Tidak jadi"]
    await w.press(tksk, "Tidak jadi")
    assert tksk.last().text == f"Baik, tidak ada yang berubah. Laporan {number} tetap bersama Bapak/Ibu."
    assert "➕ Lainnya" in tksk.last().labels
    assert (await stands(w), (await w.case()).heard_at) == (before, None)


async def test_what_no_list_offers_and_what_others_press_changes_nothing(w: World) -> None:
    siti, tksk, koordinator, _ = await taken(w)
    second, far = await w.worker("tksk", SINGOSARI, "Dua"), await w.worker("tksk", "35.07.25", "Jauh")
    case, before = await w.case(), await stands(w)
    odd = ("rsj:2", "rsj:30", "rsj:999999", "x:3", "tanya:3", "batal:1", "selamanya:0", "rsj:03", "rsj:-1", "rsj")
    for rest in odd:
        await tksk.forge(f"w:{case.id}:1:{rest}")
        await w.settle()
        assert "sedang menunggu" not in tksk.last().text
    for rest in ("tanya:0", "rsj:0", "rsj:3", "batal:0"):
        await tksk.forge(f"w:{case.id}:2:{rest}")
        await w.settle()
        for phone in (second, koordinator, far, siti):
            await phone.forge(f"w:{case.id}:1:{rest}")
            await w.settle()
            assert not set(REASONS + LENGTHS) & set(phone.last().labels)
    assert far.find("bukan wilayah tugas")
    assert second.find("sudah ditangani")
    assert await stands(w) == before
    assert (await noted(w, "wait"), news(siti)) == ([], [])


async def test_the_database_itself_lets_only_a_taken_case_wait(both: World) -> None:
    await both.worker("tksk", SINGOSARI)
    await both.reports(both.person())

    def force(session: Session) -> None:
        case = session.exec(select(Case)).one()
        case.waiting_for = "rsj"
        session.add(case)
        session.flush()

    with pytest.raises(IntegrityError):
        await both.read(force)


# --- what ends it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("presses", "status"),
    [
        (("Sedang dikerjakan",), "acknowledged"),
        (("Selesai", "Tertolong"), "closed"),
        (("Kembalikan",), "open"),
        (("Salah pencet",), "open"),
    ],
)
async def test_every_other_deed_of_the_owner_ends_the_waiting(w: World, presses: tuple[str, ...], status: str) -> None:
    _, tksk, _, _ = await taken(w)
    await waits(w, tksk, length="2 minggu")
    await w.press(tksk, *presses)
    case = await w.case()
    assert (case.waiting_for, case.status) == (None, status)
    assert case.next_due_at is None or case.next_due_at - w.now < timedelta(days=4)


async def _leave(w: World, tksk: Phone) -> None:
    await tksk.forge("a:3")


async def _block(w: World, tksk: Phone) -> None:
    await tksk.block()


async def _lose(w: World, tksk: Phone) -> None:
    def lose(session: Session) -> None:
        member = session.exec(select(Member).where(Member.chat_id == chat_of(session, tksk))).one()
        member.active = False
        session.add(member)
        assert absence.gone(w.turn(session), [member], "left") == 0

    await w.read(lose)


@pytest.mark.parametrize(
    ("goes", "why", "climbs_after"), [(_leave, "leave", 49), (_block, "unreachable", 0), (_lose, "left", 0)]
)
async def test_a_case_does_not_wait_in_the_hands_of_who_is_not_there(
    w: World, goes: Callable[[World, Phone], Awaitable[None]], why: str, climbs_after: int
) -> None:
    _, tksk, koordinator, number = await taken(w)
    await waits(w, tksk, length="2 minggu")
    await goes(w, tksk)
    await w.settle()
    assert (await w.case()).waiting_for is None
    assert await noted(w, "wait_over") == [{"why": why}]
    if why == "leave":
        assert asked(tksk) == 1, "they may still say how it stands"
    await w.passes(hours=climbs_after)
    assert koordinator.find(number)


async def test_who_is_asked_when_their_leave_begins_may_let_it_wait_again(w: World) -> None:
    _, tksk, _, _ = await taken(w)
    await waits(w, tksk)
    await tksk.forge("a:1")
    await w.settle()
    await waits(w, tksk, "Proses polisi", "1 minggu")
    await w.passes(hours=30)
    assert await stands(w) == ("polisi", "2026-03-09 08:00")
    assert asked(tksk) == 1


async def test_only_for_today_is_no_leave(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    await w.reports(w.person())
    await w.press(tksk, "Tidak bisa", "Sedang sakit")
    assert tksk.last().labels[-1] == "☀️ Tidak, hari ini saja"
    await w.press(tksk, "Tidak, hari ini saja")
    assert tksk.last().text == "Baik, Bapak/Ibu. Terima kasih sudah memberi tahu."
    number = await w.reports(w.person("Ani"))
    assert tksk.find(number), "the owner is asked as before"


# --- who sees it -------------------------------------------------------------------------------------------


async def test_the_owner_sees_it_in_tasks_and_details_and_the_reporter_only_that_it_waits(w: World) -> None:
    siti, tksk, koordinator, number = await taken(w, **HUNGRY)
    await waits(w, tksk, "Pendekatan keluarga", "1 minggu")
    await w.say(tksk, "/tugas")
    line = "⏳ 🤝 Pendekatan keluarga (pasung), sampai Senin 9/3"
    assert line in tksk.last().text
    await w.press(tksk, number)
    assert tksk.find("Bapak/Ibu tangani", number, "⏳ Menunggu 🤝 Pendekatan keluarga (pasung), sampai Senin 9/3.")
    case = await w.case()
    await koordinator.forge(f"r:{case.id}:1")
    await w.settle()
    assert koordinator.find("⏳ Menunggu 🤝 Pendekatan keluarga (pasung), sampai Senin 9/3.")
    await w.say(siti, "/status")
    assert f"{number}: Masih ditangani, sedang menunggu" in siti.last().text
    await w.press(siti, number)
    assert siti.last().text == f"Laporan {number}: Masih ditangani, sedang menunggu."
    heard = "\n".join(message.text for message in siti.from_bot() if number in message.text)
    assert not [word for word in ("asung", "Pendekatan", "keluarga", "Senin 9/3") if word in heard]
    await w.press(tksk, "Sedang dikerjakan")
    await w.say(siti, "/status")
    assert f"{number}: Sudah ada petugas" in siti.last().text


async def test_at_night_the_news_waits_for_the_morning(w: World) -> None:
    siti, tksk, _, _ = await taken(w)
    await until(w, "2026-03-02 23:00")
    await waits(w, tksk, length="Besok")
    await until(w, "2026-03-03 05:59")
    assert not news(siti)
    await until(w, "2026-03-03 06:01")
    assert len(news(siti)) == 1 and "sedang menunggu" in siti.last().text
    assert await stands(w) == ("rsj", "2026-03-03 08:00")


async def test_the_summary_counts_it_apart_and_not_as_late(w: World) -> None:
    _, tksk, koordinator, number = await taken(w, **HUNGRY)
    await until(w, "2026-03-02 15:05")
    assert asked(tksk) == 1
    await w.say(koordinator, "/ringkasan")
    assert "🟠 Lewat batas waktu: 1" in koordinator.last().text, "asked, and no answer yet"
    await waits(w, tksk, "Kamar RSJ", "1 minggu")
    await w.say(koordinator, "/ringkasan")
    text, labels = koordinator.last().text, koordinator.last().labels
    assert "⏳ Menunggu: 1" in text
    assert "Lewat batas" not in text
    assert "👍 Semua laporan ada petugasnya" in text
    assert "⏳ Menunggu (1)" in labels
    await w.press(koordinator, "⏳ Menunggu (1)")
    assert koordinator.last().text.splitlines() == [
        "⏳ Menunggu: 1",
        f"🟠 {number} · 🧠 Gangguan jiwa / dipasung · Kec. Singosari · ⏳ 🏥 Kamar RSJ, sampai Senin 9/3 · 1 menit",
    ]
    await w.press(koordinator, number)
    assert koordinator.find("⏳ Menunggu 🏥 Kamar RSJ")
    await w.say(koordinator, "/ringkasan")
    await w.press(koordinator, "Per wilayah")
    assert "Kec. Singosari: ⏳ 1" in koordinator.last().text
    await w.say(tksk, "/ringkasan")
    assert "⏳ Menunggu: 1" in tksk.last().text and "Lewat batas" not in tksk.last().text


async def test_on_its_day_it_is_still_waiting_until_its_owner_was_asked_and_never_both(on_server: World) -> None:
    w = on_server
    _, tksk, koordinator, _ = await taken(w)
    await waits(w, tksk, length="Besok")

    def counted(session: Session) -> tuple[int, int]:
        now = wib("2026-03-03 08:30")
        found = figures.counts(session, (MALANG,), "kecamatan", today(now), now)[SINGOSARI]
        return found.waiting, found.late

    assert await w.read(counted) == (1, 0), "half an hour late is the bot, not the owner"
    await until(w, "2026-03-03 08:30")
    assert await w.read(counted) == (0, 1)
    await w.say(koordinator, "/ringkasan")
    assert "🟠 Lewat batas waktu: 1" in koordinator.last().text


async def test_the_summary_of_an_owner_begins_with_what_does_not_wait(w: World) -> None:
    _, tksk, _, first = await taken(w)
    await waits(w, tksk)
    second = await w.reports(w.person("Ani"))
    await w.press(tksk, "Saya tangani")
    await w.say(tksk, "/ringkasan")
    assert f"👉 Yang pertama: {second}" in tksk.last().text
    assert first not in tksk.last().text


async def test_in_english_it_says_the_same(w: World) -> None:
    siti, tksk, _, number = await taken(w)
    for phone in (siti, tksk):
        await resident.speaks(w, phone, "en")
    case = await w.case()
    for rest in ("tanya:0", "surat:0", "surat:1"):
        await tksk.forge(f"w:{case.id}:1:{rest}")
        await w.settle()
    assert f"report {number} waits for 📄 Letter from Dinsos. We ask again Tuesday 3/3 at 08.00." in tksk.last().text
    await w.passes(minutes=6)
    assert siti.find(number, "is still being handled")


async def test_every_reason_for_every_length(w: World) -> None:
    _, tksk, _, _ = await taken(w)
    case = await w.case()
    for reason, days in pairs(tuple(WAITING), tuple(WAIT_DAYS)):
        await tksk.forge(f"w:{case.id}:1:{reason}:{days}")
        await w.settle()
        found = await w.case()
        assert found.waiting_for == reason
        assert found.next_due_at is not None
        assert (found.next_due_at.astimezone(WIB).date() - w.now.astimezone(WIB).date()).days == days
    assert await w.read(lambda s: s.exec(select(Case.id).where(col(Case.waiting_for).is_not(None))).all())
