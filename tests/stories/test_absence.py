"""Nobody waits for who is not there: leave, a blocked bot, a member who left (rows 46, 100, 117)."""

from sqlmodel import col, select

from bot.actions import taking_out
from bot.actions.taking_out import Held
from bot.localtelegram.phones import Phone
from storage import roster
from storage.session import Session
from storage.tables import Ask, Case, Member, Outbox
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World


async def test_leave_taken_with_a_refusal_passes_on_what_waits_and_what_comes(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    admin = await w.worker("admin", "35")
    siti, ani = w.person(), w.person("Ani")
    first = await w.reports(siti)
    second = await w.reports(ani)
    await w.press(tksk, "Tidak bisa", "Sedang sakit")
    assert not koordinator.find(first) or not koordinator.find(second)
    await w.press(tksk, "Cuti 3 hari")
    assert tksk.find("cuti sampai Kamis 5/3 pukul 09.0")
    assert koordinator.find(first) and koordinator.find(second), "both go on at once"
    assert admin.find("cuti sampai") and koordinator.find("cuti sampai")
    assert siti.find(first, "petugas kabupaten sekarang ikut dihubungi"), "the new promise is told"
    before = len(tksk.from_bot())
    third = await w.reports(w.person("Tono"))
    assert koordinator.find(third)
    assert len(tksk.from_bot()) == before, "nobody on leave is asked"
    assert admin.find("tidak punya petugas", third)


async def test_coming_back_early_and_at_the_end(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    for back in (True, False):
        await w.reports(w.person())
        await w.press(tksk, "Tidak bisa", "Sedang di luar kota", "Cuti 1 hari")
        if back:
            await w.press(tksk, "Saya kembali")
        else:
            await w.passes(hours=25)
        assert "Selamat datang kembali" in tksk.last().text
        number = await w.reports(w.person())
        assert tksk.find(number), "asked again"


async def test_a_late_yes_from_leave_still_counts(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    await w.reports(w.person())
    await w.press(tksk, "Tidak bisa", "Sedang sakit", "Cuti 1 hari")
    case = await w.case()
    await tksk.forge(f"t:{case.id}:1")
    await w.settle()
    assert (await w.case()).status == "acknowledged"


async def test_a_leave_button_gives_nothing_to_who_has_no_post(w: World) -> None:
    siti = w.person()
    await w.reports(siti)
    await siti.forge("a:3")
    await w.settle()
    assert not any("cuti" in m.text for m in siti.from_bot())


async def test_blocking_the_bot_climbs_at_once_and_the_reporter_hears_the_new_time(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    admin = await w.worker("admin", "35")
    siti = w.person()
    number = await w.reports(siti)
    await tksk.block()
    await w.settle()
    assert koordinator.find(number)
    assert siti.find(number, "petugas kabupaten sekarang ikut")
    assert admin.find("tidak bisa dihubungi bot")


async def test_who_left_the_roster_is_waited_for_no_more(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    number = await w.reports(w.person())

    assert (await w.read(lambda s: _leaves(s, tksk, w))).asked == (number,)
    await w.settle()
    assert koordinator.find(number)


def _leaves(session: Session, phone: Phone, w: World) -> Held:
    member = session.exec(select(Member).where(Member.chat_id == chat_of(session, phone))).one()
    return taking_out.take_out(w.turn(session), [member])


async def test_of_two_people_on_a_rung_one_absent_does_not_end_it(w: World) -> None:
    first, second = await w.worker("tksk", SINGOSARI, "Satu"), await w.worker("tksk", SINGOSARI, "Dua")
    koordinator = await w.worker("koordinator", MALANG)
    number = await w.reports(w.person())
    await first.block()
    await w.settle()
    assert not koordinator.find(number), "the other one may still answer"
    states = await w.read(lambda s: s.exec(select(Ask.state).order_by(col(Ask.state))).all())
    assert list(states) == ["dead", "waiting"]
    await w.press(second, "Tidak bisa", "Sedang menangani")
    assert koordinator.find(number)


async def test_everybody_away_and_nobody_above_is_red_and_told(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    admin = await w.worker("admin", "35")
    siti = w.person()
    number = await w.reports(siti)
    await tksk.block()
    await w.passes(hours=2)
    case = await w.case()
    assert case.next_due_at is not None
    assert (await w.read(lambda s: s.get(Case, case.id).stuck)) is True
    assert admin.find(number, "tidak seorang pun")
    assert siti.find(number, "belum ada petugas yang bisa dihubungi")
    assert await w.read(lambda s: roster.askable(s, [("tksk", SINGOSARI)], w.now)) == []


async def test_who_left_while_somebody_held_the_case_is_not_waited_for_when_it_is_given_back(on_server: World) -> None:
    w = on_server
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    jsc = await w.worker("jsc", "35")
    await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    await w.press(koordinator, "Saya tangani")
    await tksk.block()
    await w.settle()
    await w.press(koordinator, "Kembalikan")
    assert jsc.find("belum ada yang menangani"), "nobody below is left to wait for"


async def _mine(w: World) -> tuple[Phone, Phone, Phone, str]:
    """A case that its TKSK took: (reporter, TKSK, koordinator, number)."""
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person()
    number = await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    return siti, tksk, koordinator, number


async def _follow_ups(w: World) -> int:
    kinds = await w.read(lambda s: s.exec(select(Outbox.kind)).all())
    return list(kinds).count("follow_up")


async def test_an_owner_who_blocked_the_bot_loses_the_case_and_the_koordinator_hears_why(on_server: World) -> None:
    """W4: nothing happened until the owner's own clock ended."""
    w = on_server
    siti, tksk, koordinator, number = await _mine(w)
    await tksk.block()
    await w.settle()
    assert (await w.case()).status == "open"
    assert koordinator.find(f"petugas kecamatan (TKSK) yang menangani {number} tidak bisa dihubungi bot")
    assert koordinator.find(number, "Mohon dijawab sebelum"), "and is asked at once"
    assert await _follow_ups(w) == 0
    await w.passes(minutes=6)
    assert siti.find(number, "ikut dihubungi"), "with the new time"


async def test_at_night_a_case_without_its_owner_goes_on_and_rings_in_the_morning(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Tidak makan")
    await w.passes(hours=13, minutes=30)  # mendesak at 22.30
    await w.press(koordinator, "Saya tangani")
    await koordinator.block()
    await w.settle()
    assert (await w.case()).status == "open"
    before = len(tksk.from_bot())
    await w.passes(hours=7, minutes=25)
    assert len(tksk.from_bot()) == before
    await w.passes(minutes=10)
    assert number in "".join(message.text for message in tksk.from_bot()[before:])


async def test_an_owner_who_left_the_roster_holds_nothing_any_more(on_server: World) -> None:
    w = on_server
    _, tksk, koordinator, number = await _mine(w)
    await w.read(lambda s: _leaves(s, tksk, w))
    await w.settle()
    assert koordinator.find(number)
    assert (await w.case()).status == "open"


async def test_an_owner_on_leave_keeps_the_case_and_is_asked(w: World) -> None:
    _, tksk, koordinator, number = await _mine(w)
    await tksk.forge("a:3")
    await w.passes(hours=23)
    assert (await w.case()).status == "acknowledged" and not koordinator.find(number)
    await w.passes(hours=2)
    assert await _follow_ups(w) == 1, "a message still reaches them"
