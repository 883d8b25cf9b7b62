"""A worker who reports: in the own kecamatan they take it at once or send it on; nobody is asked on an own report."""

from dataclasses import replace
from functools import partial

import pytest
from sqlmodel import col, select

from bot.core import buttons as b
from bot.localtelegram.phones import Phone
from bot.localtelegram.shown import Shown
from storage import attendance, timeline
from storage.session import Session
from storage.tables import Ask, Case, Member, Report, Timeline
from tests.support.length import each
from tests.support.resident import begin, go, picks, press
from tests.support.world import MALANG, SINGOSARI, World

AREAS = {"tksk": SINGOSARI, "deputy": SINGOSARI, "ppa": MALANG, "koordinator": MALANG, "dinsos": MALANG, "jsc": "35"}
NEWS = ("sedang dihubungi", "sudah ada petugas", "sudah selesai ditangani", "ikut dihubungi")


async def at_the_review(w: World, phone: Phone, **plan: str) -> None:
    await begin(w, phone, "siapa")
    await go(w, phone, "tinjau", **plan)


async def reports(w: World, phone: Phone, way: str, **plan: str) -> str:
    """A report from Singosari, sent by this button; its number."""
    await at_the_review(w, phone, **plan)
    await press(phone, "tinjau", way)
    await w.settle()
    return (await w.case()).number


async def asked(w: World) -> set[str]:
    """The roles that were ever asked about the newest case."""
    case = await w.case()
    return set(await w.read(lambda s: s.exec(select(Ask.role).where(Ask.case_id == case.id)).all()))


async def asked_reporters(w: World) -> list[str]:
    """Whoever was asked about a report of their own."""

    def found(s: Session) -> list[str]:
        own = select(Ask.role).join(Member, col(Member.id) == col(Ask.person))
        own = own.join(Report, col(Report.case_id) == col(Ask.case_id))
        return list(s.exec(own.where(col(Report.chat_id) == col(Member.chat_id))))

    reporters: list[str] = await w.read(found)
    return reporters


def since(phone: Phone, before: int) -> list[Shown]:
    return phone.from_bot()[before:]


async def test_in_the_own_kecamatan_the_report_is_theirs_with_the_sending(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    await at_the_review(w, tksk)
    assert "kecamatan Bapak/Ibu sendiri" in tksk.last().text
    offered = {value for step, value in picks(tksk.last()) if step == "tinjau"}
    assert {"tangani", "kirim"} <= offered
    before = len(tksk.from_bot())
    await w.press(tksk, "Langsung saya tangani")
    case = await w.case()
    owner = await w.read(lambda s: s.get(Member, case.owner_id))
    assert case.status == "acknowledged" and owner.role == "tksk" and owner.area == SINGOSARI
    assert case.acknowledged_at == case.created_at, "in the same transaction"
    assert case.next_due_at is not None
    events = await w.read(lambda s: s.exec(select(Timeline.event).where(Timeline.case_id == case.id)).all())
    assert events == ["submit", "acknowledge"]
    said = since(tksk, before)
    assert [m for m in said if case.number in m.text and "Bapak/Ibu yang menangani" in m.text]
    assert "Sedang dikerjakan" in " ".join(tksk.last().labels)
    assert await asked(w) == set() and not koordinator.find(case.number)


async def test_on_the_quick_path_too(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.say(tksk, "lapor cepat")
    await press(tksk, "bahaya", "tidakada")
    await w.settle()
    await w.say(tksk, "ada kakek sendirian di gubuk, tidak ada yang merawat")
    await tksk.pin(-7.8910, 112.6650)
    await w.settle()
    await go(w, tksk, "tinjau")
    assert "Keduanya berarti setuju" in tksk.last().text
    await w.press(tksk, "Langsung saya tangani")
    assert (await w.case()).status == "acknowledged"


async def test_who_took_their_own_report_reads_no_reporters_news_of_it(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    number = await reports(w, tksk, "tangani")
    before = len(tksk.from_bot())
    await w.passes(hours=30)
    assert tksk.find("Bagaimana sekarang?", number), "an owner is asked for a word like any other"
    await w.press(tksk, "Selesai", "Tertolong")
    await w.passes(days=8)
    told = [m.text for m in since(tksk, before) if any(words in m.text for words in NEWS)]
    assert not told
    assert (await w.case()).status == "closed"


async def test_let_go_it_climbs_without_them_and_they_read_news_as_a_reporter(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    number = await reports(w, tksk, "tangani")
    await w.press(tksk, "Kembalikan")
    assert koordinator.find(number)
    assert await asked(w) == {"koordinator"}
    assert tksk.find(f"Laporan {number}", "petugas kabupaten sekarang ikut dihubungi")
    await w.press(koordinator, "Saya tangani")
    await w.passes(minutes=6)
    assert tksk.find(f"Laporan {number}", "sudah ada petugas sosial")


async def test_a_slip_of_the_finger_sends_it_on(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    number = await reports(w, tksk, "tangani")
    await w.press(tksk, "Salah pencet")
    assert koordinator.find(number)
    answer = next(m for m in reversed(tksk.from_bot()) if "Saya tangani" in " ".join(m.labels))
    assert "Tidak bisa" not in " ".join(answer.labels), "nobody asked them"
    assert await asked_reporters(w) == []


async def test_sent_on_the_next_rung_is_asked_at_once_and_admins_hear_of_no_hole(w: World) -> None:
    tksk, admin = await w.worker("tksk", SINGOSARI), await w.worker("admin", "35")
    deputy = await w.worker("deputy", SINGOSARI)
    before = len(tksk.from_bot())
    number = await reports(w, tksk, "kirim")
    assert deputy.find(number)
    receipt = next(m for m in since(tksk, before) if f"<b>{number}" in m.text or "Nomor laporan" in m.text)
    assert "tidak ke Bapak/Ibu sendiri" in receipt.text
    assert not admin.find("tidak punya petugas")
    await w.press(deputy, "Saya tangani")
    await w.passes(minutes=6)
    assert tksk.find(f"Laporan {number}", "sudah ada petugas sosial"), "news as a reporter would"


async def test_nobody_else_anywhere_is_said_as_it_is(w: World) -> None:
    tksk, admin = await w.worker("tksk", SINGOSARI), await w.worker("admin", "35")
    number = await reports(w, tksk, "kirim")
    assert tksk.find(number, "Belum ada petugas yang bisa dihubungi")
    assert admin.find(number, "tidak seorang pun bisa dihubungi")
    jsc = await w.worker("jsc", "35")
    await w.passes(minutes=1)
    assert jsc.find(number)


async def test_elsewhere_and_for_themselves_a_worker_is_a_reporter_like_any_other(w: World) -> None:
    tksk = await w.worker("tksk", "35.07.25")
    await at_the_review(w, tksk)
    assert "Kirim laporan" in " ".join(tksk.last().labels) and "Langsung" not in " ".join(tksk.last().labels)
    await w.press(tksk, "Kirim laporan")
    sick = await w.worker("tksk", SINGOSARI)
    await at_the_review(w, sick, siapa="sendiri")
    assert "Langsung" not in " ".join(sick.last().labels)


async def test_a_forged_or_late_press_takes_nothing(w: World) -> None:
    """A resident forges the button; a worker loses the role between the question and the press."""
    siti, tksk = w.person(), await w.worker("tksk", SINGOSARI)
    await at_the_review(w, siti)
    data = next(iter(picks(siti.last()).values()))
    pick = b.unpack(data)
    assert isinstance(pick, b.Pick)
    await siti.forge(replace(pick, step="tinjau", value="tangani").pack(), message_id=siti.last().message_id)
    await w.settle()
    assert await w.read(lambda s: s.exec(select(Case)).all()) == []
    await at_the_review(w, tksk)

    def leaves(s: Session) -> None:
        member = s.exec(select(Member).where(Member.role == "tksk")).one()
        member.active = False
        s.add(member)

    await w.read(leaves)
    await press(tksk, "tinjau", "tangani")
    await w.settle()
    assert await w.read(lambda s: s.exec(select(Case)).all()) == []
    assert "Kirim laporan" in " ".join(tksk.last().labels), "the question as it is now"


@pytest.mark.parametrize(
    ("role", "danger", "hours"),
    each(
        [(role, *calm) for role in AREAS for calm in (("tidakada", 100), ("serang", 3))],
        ("tksk", "tidakada", 100),
        ("koordinator", "serang", 3),
        ("jsc", "serang", 3),
    ),
)
async def test_a_reporter_is_never_asked(w: World, role: str, danger: str, hours: int) -> None:
    """In every role, also on duty, on every rung up to the repeating end, and after it was taken and given back.

    By then the end has repeated: daily after three days, in darurat hourly after 40 minutes.
    """
    people = {name: await w.worker(name, area) for name, area in AREAS.items()}
    reporter = people[role]

    def on_duty(s: Session) -> None:
        for member in s.exec(select(Member).where(col(Member.role).in_(("dinsos", "jsc")))).all():
            attendance.name_duty(s, member.area, member.id, member.id, w.now)

    await w.read(on_duty)
    number = await reports(w, reporter, "kirim", jenis="odgj", bahaya=danger)
    await w.passes(hours=hours)
    assert await asked(w) >= {name for name in ("koordinator", "dinsos", "jsc", "tksk") if name != role}
    assert await asked_reporters(w) == []
    other = people["koordinator" if role != "koordinator" else "dinsos"]
    await w.press(other, "Saya tangani")
    await w.press(other, "Kembalikan")
    await w.passes(hours=hours / 2)
    assert await asked_reporters(w) == []
    assert (await w.case()).number == number


async def test_a_complaint_of_a_koordinator_goes_past_themselves(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    dinsos = await w.worker("dinsos", MALANG)
    await reports(w, koordinator, "kirim")
    await w.press(tksk, "Saya tangani")
    await w.passes(minutes=6)
    before = len(koordinator.from_bot())
    await w.say(koordinator, "petugasnya minta uang")
    assert dinsos.find("uang")
    assert not [m for m in since(koordinator, before) if "minta uang" in m.text]


async def test_an_owner_is_not_asked_about_their_own_correction(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    number = await reports(w, tksk, "tangani")
    await w.say(tksk, f"/status {number}")
    await w.press(tksk, "Salah jenis", "Gangguan jiwa", "Tidak ada")
    case = await w.case()
    assert case.category == "odgj" and case.status == "acknowledged"
    assert "sudah diubah" in tksk.last().text
    noted = await w.read(partial(timeline.actors, case_id=case.id, event="amend"))
    assert len(noted) == 1
