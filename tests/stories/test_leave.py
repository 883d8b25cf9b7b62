"""*Cuti* from-to (row 46): taken in the chat, told to whoever must know, waited for, undone."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.actions import absence
from bot.core.leave_flow import LEAVE, agreed
from bot.core.report_flow import REPORT
from bot.localtelegram.phones import Phone
from bot.texts.catalog import Texts
from handlers import offers
from storage import roster
from storage.session import Session
from storage.tables import Leave
from tests.support.references import chat_of
from tests.support.resident import speaks, step_asked
from tests.support.told import KNOWN
from tests.support.world import MALANG, SINGOSARI, World


async def people(w: World) -> tuple[Phone, Phone, Phone]:
    """A TKSK, their koordinator, an admin."""
    return await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG), await w.worker("admin", "35")


async def leaves(w: World) -> list[Leave]:
    found: list[Leave] = await w.read(lambda s: list(s.exec(select(Leave).order_by(col(Leave.since)))))
    return found


async def test_a_leave_that_begins_later_waits_for_its_day(w: World) -> None:
    tksk, koordinator, admin = await people(w)
    await w.say(tksk, "/tugas")
    await w.press(tksk, "Cuti", "Besok, Selasa 3/3", "3 hari, masuk Jumat 6/3", "Tidak ada")
    review = tksk.last().text
    assert [line for line in review.splitlines() if ": " in line] == [
        "Cuti mulai: Selasa 3/3",
        "Masuk lagi: Jumat 6/3",
        "Pengganti: tidak ada",
    ]
    await w.press(tksk, "Ya, cuti")
    assert tksk.find("cuti mulai Selasa 3/3 sampai Jumat 6/3 pukul 06.00")
    notice = "Kec. Singosari: cuti sampai Jumat 6/3 pukul 06.00, mulai Selasa 3/3. Pengganti: tidak ada."
    assert koordinator.find(notice) and admin.find(notice)
    today = await w.reports(w.person())
    assert tksk.find(today) and not koordinator.find(today), "today the worker is asked"
    await w.passes(hours=15)  # midnight
    await w.passes(hours=8)
    assert koordinator.find(today), "from the beginning of the leave nobody waits for them"
    meanwhile = await w.reports(w.person())
    assert not tksk.find(meanwhile) and koordinator.find(meanwhile)
    await w.passes(hours=3 * 24 - 1)
    assert "Selamat datang kembali" in tksk.last().text
    assert [message.date for message in tksk.from_bot() if "Selamat datang kembali" in message.text] == [
        int((await leaves(w))[0].until.timestamp())
    ]
    back = await w.reports(w.person())
    assert tksk.find(back)
    assert len([m for m in koordinator.from_bot() if "cuti sampai" in m.text]) == 1, "told once"


async def test_typed_from_the_first_word_on_and_a_deputy_hears_that_they_stand_in(w: World) -> None:
    tksk, koordinator, _ = await people(w)
    deputy, other = await w.worker("deputy", SINGOSARI), await w.worker("deputy", "35.07.25")
    waiting = await w.reports(w.person())
    for text in ("cuti", "hari ini", "10 hari", "wakil petugas kecamatan", "ya"):
        await w.say(tksk, text)
    assert tksk.find("Bapak/Ibu cuti sampai Kamis 12/3 pukul 06.00")
    assert koordinator.find(waiting), "who waits for their answer waits no more"
    for phone in (deputy, koordinator):
        assert phone.find("cuti sampai Kamis 12/3 pukul 06.00", "Pengganti: wakil petugas kecamatan")
    assert not other.find("cuti sampai")
    await w.press(tksk, "Saya kembali")
    assert deputy.find("tidak lagi cuti")


async def test_a_name_that_is_typed_reaches_who_must_know_it_and_no_number_does(w: World) -> None:
    tksk, koordinator, admin = await people(w)
    deputy, far = await w.worker("deputy", SINGOSARI), await w.worker("koordinator", "35.09")
    for text in ("/cuti", "tanggal lain", "20/4", "1 mei", "Bu <b>Rina</b> 0812-3456-7890", "ya"):
        await w.say(tksk, text)
    for phone in (koordinator, admin):
        told = phone.find("cuti sampai Jumat 1/5 pukul 06.00, mulai Senin 20/4", "Pengganti: Bu <b>Rina</b>")
        assert told is not None and "3456" not in told.text
    assert not deputy.find("cuti sampai") and not far.find("cuti sampai")


async def test_in_english_too(w: World) -> None:
    tksk, koordinator, _ = await people(w)
    await speaks(w, tksk, "en")
    for text in ("leave", "tomorrow", "7 days", "nobody", "yes"):
        await w.say(tksk, text)
    assert tksk.find("on leave from", "3/3", "until", "10/3", "06.00")
    assert koordinator.find("Pengganti: tidak ada"), "each reads it in their own language"


async def test_on_leave_the_word_offers_to_come_back_and_whoever_was_told_hears_it(w: World) -> None:
    tksk, koordinator, admin = await people(w)
    deputy = await w.worker("deputy", SINGOSARI)
    for text in ("cuti", "1", "3", "belum tahu", "ya"):
        await w.say(tksk, text)
    assert koordinator.find("Pengganti: belum diketahui")
    await w.say(tksk, "cuti")
    assert tksk.find("sedang cuti sampai Kamis 5/3 pukul 06.00") and step_asked(tksk) == ""
    await w.say(tksk, "/tugas")
    await w.press(tksk, "Cuti", "Saya kembali")
    assert "Selamat datang kembali" in tksk.last().text
    assert koordinator.find("Kec. Singosari: tidak lagi cuti") and admin.find("tidak lagi cuti")
    assert not deputy.find("cuti"), "who does not stand in hears neither"
    number = await w.reports(w.person())
    assert tksk.find(number) and not koordinator.find(number)


async def test_a_leave_to_come_is_called_off(w: World) -> None:
    tksk, koordinator, _ = await people(w)
    for text in ("cuti", "besok", "7", "tidak ada", "ya"):
        await w.say(tksk, text)
    await w.say(tksk, "cuti")
    assert tksk.find("Bapak/Ibu cuti mulai Selasa 3/3 sampai Selasa 10/3")
    await w.press(tksk, "Batalkan cuti")
    assert "cuti dibatalkan" in tksk.last().text and koordinator.find("tidak lagi cuti")
    await w.passes(hours=24)
    number = await w.reports(w.person())
    assert tksk.find(number), "it never began"
    assert not tksk.find("Selamat datang kembali")


async def test_a_leave_for_today_leaves_the_one_to_come_alone(w: World) -> None:
    tksk, *_ = await people(w)
    for text in ("cuti", "20/4", "7", "tidak ada", "ya"):
        await w.say(tksk, text)
    await w.reports(w.person())
    await w.press(tksk, "Tidak bisa", "Sedang sakit", "Cuti 1 hari", "Saya kembali")
    assert "Selamat datang kembali" in tksk.last().text
    there = await leaves(w)
    assert [leave.due_at for leave in there] == [None, None], "coming back ends both, and both are said to be over"


async def test_whoever_no_ladder_asks_reads_one_sentence(w: World) -> None:
    _, _, admin = await people(w)
    siti = w.person()
    await siti.start()
    await w.settle()
    for phone, way in ((admin, "cuti"), (admin, "/cuti"), (siti, "/cuti")):
        before = len(phone.from_bot())
        await w.say(phone, way)
        fresh = phone.from_bot()[before:]
        assert len(fresh) == 1 and "hanya untuk petugas yang menerima laporan" in fresh[0].text
    await siti.forge("m:cuti")
    await siti.forge("a:0")
    await w.say(siti, "cuti")
    assert "Kami siap menerima laporan" in siti.last().text, "a resident's word is no way in"
    assert not admin.find("tidak lagi cuti") and await leaves(w) == []
    await w.say(admin, "/tugas")
    assert not any("Cuti" in label for label in admin.last().labels)


async def test_days_that_make_no_leave_are_refused_in_words_and_asked_again(w: World) -> None:
    tksk, *_ = await people(w)
    await w.say(tksk, "cuti")
    for text in ("kapan-kapan", "31/2", "1/3", "1/12", "🙏"):
        await w.say(tksk, text)
        assert step_asked(tksk) == "sejak", text
        assert ("antara Senin 2/3 dan Sabtu 29/8" in tksk.last().text) == (text in ("1/3", "1/12")), text
    await tksk.photo()
    await w.settle()
    assert step_asked(tksk) == "sejak" and tksk.find("atau ketik jawabannya")
    await w.say(tksk, "10/3")
    for text in ("10/3", "0", "200", "9/3"):
        await w.say(tksk, text)
        assert step_asked(tksk) == "hingga", text
    await w.press(tksk, "Tanggal lain")
    assert len(tksk.last().labels) == 16, "fourteen days, back and cancel"
    await w.press(tksk, "Kembali")
    await w.press(tksk, "Tanggal lain", "Rabu 18/3")
    await w.press(tksk, "Kembali")
    assert "Masuk lagi tanggal berapa" in tksk.last().text, "back into the list that was answered"


async def test_midnight_between_question_and_answer(w: World) -> None:
    tksk, *_ = await people(w)
    await w.passes(hours=14, minutes=55)  # 23.55
    await w.say(tksk, "cuti")
    asked = tksk.last()
    await w.passes(minutes=10)
    yesterday, today = (button.data or "" for button in asked.buttons[:2])
    await tksk.forge(yesterday, message_id=asked.message_id)
    await w.settle()
    assert step_asked(tksk) == "sejak" and "Hari ini, Selasa 3/3" in " ".join(tksk.last().labels)
    await w.press(tksk, "Hari ini", "1 hari", "Tidak ada")
    assert "Cuti mulai: Selasa 3/3" in tksk.last().text
    w.telegram.turn(timedelta(hours=30).total_seconds())
    await w.say(tksk, "ya")
    assert tksk.find("Tanggalnya sudah lewat") and await leaves(w) == []
    await w.press(tksk, "Kembali", "Kembali", "Kembali", "Hari ini", "1 hari", "Tidak ada", "Ya, cuti")
    assert len(await leaves(w)) == 1
    assert today.endswith("2026-03-03")


async def test_half_a_leave_is_mentioned_once_and_forgotten(w: World) -> None:
    tksk, *_ = await people(w)
    await w.say(tksk, "cuti")
    await w.press(tksk, "Besok")
    await w.passes(minutes=70)
    mentioned = tksk.last()
    assert "belum selesai diisi" in mentioned.text and "110" not in mentioned.text, "nobody is in danger by it"
    await w.passes(hours=25)
    assert len([m for m in tksk.from_bot() if "belum selesai diisi" in m.text]) == 1
    await w.press(tksk, "Buang")
    assert "tidak berlaku" in tksk.toasts()[-1]


async def test_a_role_that_was_lost_meanwhile_takes_no_leave(w: World) -> None:
    tksk, koordinator, _ = await people(w)
    for text in ("cuti", "1", "3", "tidak ada"):
        await w.say(tksk, text)

    def leaves_roster(session: Any) -> None:
        for member in roster.roles_of(session, chat_of(session, tksk)):
            member.active = False
            session.add(member)

    await w.read(leaves_roster)
    await w.say(tksk, "ya")
    assert tksk.find("hanya untuk petugas") and not koordinator.find("cuti sampai") and await leaves(w) == []


ANSWERS: dict[str, Any] = {"sejak": "2026-03-03", "hingga": "2026-03-10", "pengganti": "tidakada", "yakin": "ya"}
OTHER: dict[str, Any] = {"sejak": "2026-03-04", "hingga": "2026-03-11", "pengganti": {"nama": "Bu Rina"}}


@pytest.mark.parametrize("step", [step for step in LEAVE.steps if step.readers], ids=lambda step: step.name)
async def test_every_answer_of_a_leave_has_the_reader_it_names(w: World, step: Any) -> None:
    """C4 for the second flow: change one answer, and the review and the notice read differently."""
    _, koordinator, _ = await people(w)
    speech = Texts().of(None)

    def review(answers: Mapping[str, Any]) -> list[str]:
        return [speech.label(shown) for _, shown in LEAVE.steps[-1].ask(answers, KNOWN).rows]

    def notice(answers: Mapping[str, Any]) -> Any:
        return agreed(answers, w.now)

    changed = {**ANSWERS, step.name: OTHER[step.name]}
    assert set(step.readers) == {"review", "notice"}
    assert review(changed) != review(ANSWERS) and notice(changed) != notice(ANSWERS)
    assert not koordinator.find("cuti sampai")


async def test_nobody_is_greeted_while_another_leave_of_theirs_runs(w: World) -> None:
    tksk, *_ = await people(w)
    await w.say(tksk, "cuti")
    await w.press(tksk, "Besok", "7 hari", "Belum tahu", "Ya, cuti")
    await w.reports(w.person())
    await w.press(tksk, "Tidak bisa", "Sedang sakit", "Cuti 3 hari")
    await w.passes(days=3, hours=1)
    assert not tksk.find("Selamat datang kembali")
    await w.passes(days=5)
    assert sum("Selamat datang kembali" in bubble for bubble in tksk.from_bot()) == 1


async def test_two_replicas_greet_once(both: World) -> None:
    w = both
    tksk, *_ = await people(w)
    await w.say(tksk, "cuti")
    await w.press(tksk, "Hari ini", "3 hari", "Tidak ada", "Ya, cuti")
    (leave,) = await leaves(w)
    w.telegram.turn(3 * 24 * 3600)
    await at_once(w, lambda session: absence.turn(w.turn(session), leave.id))
    assert sum("Selamat datang kembali" in bubble for bubble in tksk.from_bot()) == 1


async def test_two_replicas_mention_an_unfinished_report_once(both: World) -> None:
    w, siti = both, both.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju", "Tetangga")
    w.telegram.turn(4 * 3600)
    await at_once(w, lambda session: offers.stalled(w.turn(session), (chat_of(session, siti), REPORT.name)))
    assert sum("belum terkirim" in bubble for bubble in siti.from_bot()) == 1


async def at_once(w: World, act: Callable[[Session], None]) -> None:
    """Two replicas do the same at the same time."""

    def replica(session: Session) -> None:
        act(session)
        time.sleep(0.3)  # both have looked before one commits

    await asyncio.gather(w.read(replica), w.read(replica))
    await w.settle()
