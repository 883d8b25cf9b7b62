"""Piket: asked at 16.00 who is on duty; the one who was named is asked, and yesterday's name goes on (row 135)."""

from datetime import datetime

from bot.core.hours import WIB, shift
from bot.localtelegram.phones import Phone
from storage import attendance, roster
from storage.session import Session
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World


async def _team(w: World, role: str, area: str) -> list[Phone]:
    """Two people of a team with registered names: Bu Rina, asked first, and Pak Joko."""
    people = [await w.worker(role, area, "Satu"), await w.worker(role, area, "Dua")]

    def name(session: Session) -> None:
        for phone, registered in zip(people, ("Bu Rina", "Pak Joko"), strict=True):
            roster.set_name(session, roster.roles_of(session, chat_of(session, phone))[0], registered)

    await w.read(name)
    return people


async def test_at_four_a_team_is_asked_and_the_named_one_gets_what_climbs(w: World) -> None:
    first, second = await _team(w, "dinsos", MALANG)
    await w.worker("tksk", SINGOSARI)
    await w.passes(hours=6, minutes=59)
    assert not first.find("Siapa piket")
    await w.passes(minutes=2)
    assert first.find("Siapa piket mulai sekarang, Senin 2/3") and second.find("Siapa piket")
    await w.press(second, "Saya piket")
    assert first.find("Piket Senin 2/3: Pak Joko"), "the colleague's question shows it"
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    assert second.find(number)
    assert not first.find(number), "one named person: a ping to everybody is muted"


async def test_somebody_else_can_be_named_and_changed(w: World) -> None:
    first, second = await _team(w, "jsc", "35")
    await w.passes(hours=7, minutes=1)
    await w.press(first, "Tunjuk orang lain", "Pak Joko")
    assert second.find("Piket Senin 2/3: Pak Joko")
    await w.press(second, "Ganti piket", "Bu Rina")
    assert first.find("Piket Senin 2/3: Bu Rina")


async def test_no_answer_is_yesterdays_name_then_the_list(w: World) -> None:
    first, second = await _team(w, "jsc", "35")
    await w.passes(hours=7, minutes=1)
    await w.press(second, "Saya piket")
    await w.passes(hours=24)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    assert second.find(number) and not first.find(number), "nobody is at the kecamatan: JSC at once, yesterday's name"
    await w.press(second, "Saya tangani", "Selesai", "Sudah dicek")
    await w.passes(hours=24)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    assert first.find(number), "nobody said anything for two days: the list"


async def test_the_second_name_comes_behind_and_a_leave_passes_the_duty_on(w: World) -> None:
    first, second = await _team(w, "jsc", "35")
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    assert first.find(number) and not second.find(number)
    await w.passes(minutes=26)
    assert second.find(number), "jsc2 after 25 minutes"
    await w.passes(hours=6, minutes=40)
    await w.press(first, "Saya piket")
    assert await w.read(lambda s: attendance.duties(s, ("35",), w.now))
    await w.press(first, "Tidak bisa", "Sedang sakit", "Cuti 1 hari")
    later = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    assert second.find(later) and not first.find(later)


async def test_a_strangers_or_old_button_names_nobody(w: World) -> None:
    first, second = await _team(w, "dinsos", MALANG)
    other = await w.worker("dinsos", "35.08", "Jauh")
    await w.passes(hours=7, minutes=1)
    member = await w.read(lambda s: roster.roles_of(s, chat_of(s, first))[0].id)
    today = shift(w.now).toordinal()
    for phone, data in ((other, f"k:{today}:{member}"), (first, f"k:{today - 1}:{member}"), (other, f"k:{today}:lain")):
        await phone.forge(data)
        await w.settle()
    assert await w.read(lambda s: attendance.duties(s, (MALANG,), w.now)) == {}
    assert not any("Bu Rina" in m.text for m in other.from_bot())
    assert second.find("Siapa piket")


async def test_a_missed_question_is_caught_up_once_and_a_team_of_one_is_never_asked(w: World) -> None:
    first, _ = await _team(w, "dinsos", MALANG)
    alone = await w.worker("dinsos", "35.08")
    await w.stop()
    w.telegram.turn(9 * 3600)
    await w.start()
    await w.settle()
    await w.stop()
    await w.start()
    await w.settle()
    assert len([m for m in first.from_bot() if "Siapa piket" in m.text]) == 1
    assert not alone.find("piket")


def test_the_shift_turns_at_four() -> None:
    assert shift(datetime(2026, 3, 2, 15, 59, tzinfo=WIB)).day == 1
    assert shift(datetime(2026, 3, 2, 16, 0, tzinfo=WIB)).day == 2
    assert shift(datetime(2026, 3, 3, 0, 30, tzinfo=WIB)).day == 2
