"""A case that somebody had is open again: whoever is awaited is rung, whoever lost it is told (W1)."""

from datetime import timedelta

import pytest

from bot.actions import absence
from bot.core import buttons as b
from bot.localtelegram.phones import Phone
from storage import roster
from storage.session import Session
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World

GRAVE = {"kind": "Gangguan jiwa", "danger": "Menyerang"}
HUNGRY = {"kind": "Gangguan jiwa", "danger": "Tidak makan"}


def rung(phone: Phone, number: str) -> list[str]:
    """What rang this phone about a case that is open again."""
    lines = [
        bubble for bubble in phone.from_bot() if bubble.text.startswith(("🔴", "🟠", "🟢")) and number in bubble.text
    ]
    found = [bubble for bubble in lines if "terbuka lagi" in bubble.text or "masih tanpa petugas" in bubble.text]
    assert not any(bubble.silent for bubble in found)
    return [bubble.text for bubble in found]


def held(phone: Phone) -> list[str]:
    """The owner's buttons that a phone still shows."""
    shown = [button.label for bubble in phone.screen() for button in bubble.buttons]
    return [label for label in shown if "Sedang dikerjakan" in label or "Kembalikan" in label]


async def test_everybody_awaited_is_rung_when_the_owner_gives_the_case_back(on_server: World) -> None:
    w = on_server
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG, "Kartika")
    dinsos, siti = await w.worker("dinsos", MALANG, "Dewi"), w.person()
    number = await w.reports(siti, **GRAVE)
    await w.press(tksk, "Saya tangani")
    assert held(tksk) and not rung(koordinator, number)
    await w.passes(minutes=2)
    await w.press(tksk, "Kembalikan")
    await w.passes(minutes=1)
    for phone in (koordinator, dinsos):
        assert rung(phone, number) == [
            f"🔴 {number} terbuka lagi: petugas sebelumnya tidak bisa melanjutkan. "
            "Mohon dijawab sebelum Senin 2/3 pukul 09.15."
        ]
        assert {"✅ Saya tangani", "↩️ Tidak bisa"} <= set(phone.buttons())
    assert not held(tksk), "who gave it back has its buttons no more"
    assert tksk.find(number, "tidak lagi pada Bapak/Ibu")
    assert siti.find(number, "saat ini belum ada petugas", "Jangan menunggu"), (
        "at once: they believe that somebody comes"
    )
    await w.passes(minutes=2)
    await w.press(koordinator, "Saya tangani")
    assert tksk.find(number, "sekarang ditangani", "koordinator")
    assert not any("terbuka lagi" in bubble.text and bubble.buttons for bubble in dinsos.screen())


async def test_a_silent_owner_loses_the_case_and_hears_who_takes_it(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI), await w.worker("deputy", SINGOSARI, "Wahyu")
    koordinator = await w.worker("koordinator", MALANG)
    number = await w.reports(w.person(), **HUNGRY)
    await w.passes(hours=3)
    assert deputy.find(number) and koordinator.find(number)
    await w.press(tksk, "Saya tangani")
    await w.passes(hours=23, minutes=59)
    assert not rung(deputy, number)
    await w.passes(minutes=2)
    assert (await w.case()).status == "open"
    assert len(rung(deputy, number)) == 1
    assert tksk.find(number, "Sudah kami teruskan ke petugas lain")
    assert not held(tksk)
    await w.press(deputy, "Saya tangani")
    assert tksk.find(number, "sekarang ditangani", "wakil")


async def test_at_night_a_case_that_is_open_again_rings_in_the_morning(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI), await w.worker("deputy", SINGOSARI, "Wahyu")
    number = await w.reports(w.person(), kind="Lansia", danger="Tidak ada")
    await w.passes(hours=25)
    assert deputy.find(number)
    await w.press(tksk, "Saya tangani")
    await w.passes(hours=12)  # 22.00 WIB
    await w.press(tksk, "Kembalikan")
    await w.passes(hours=8)
    assert not rung(deputy, number), "biasa does not ring at night"
    await w.passes(hours=2)
    assert rung(deputy, number)


@pytest.mark.parametrize("why", ["left", "blocked"])
async def test_an_owner_who_is_not_there_any_more(w: World, why: str) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI), await w.worker("deputy", SINGOSARI, "Wahyu")
    number = await w.reports(w.person(), **HUNGRY)
    await w.passes(hours=3)
    await w.press(tksk, "Saya tangani")
    if why == "left":

        def leave(session: Session) -> None:
            (member,) = roster.roles_of(session, chat_of(session, tksk))
            member.active = False
            absence.gone(w.turn(session), [member], "left")

        await w.read(leave)
        await w.passes(minutes=1)
    else:
        await tksk.block()
        await w.settle()
        await w.passes(minutes=1)
    assert len(rung(deputy, number)) == 1


async def test_jsc_gives_back_in_the_group_and_whoever_was_asked_below_is_rung(w: World) -> None:
    koordinator, ani = await w.worker("koordinator", MALANG), await w.worker("jsc", "35", "Ani")
    group = w.telegram.group("JSC", [ani])
    await w.stop()
    await w.start(jsc={"chat_id": group.id})
    number = await w.reports(w.person(), **GRAVE)
    await w.passes(minutes=16)
    assert ani.find(number)
    await w.press(ani, "Saya tangani")
    await w.press(ani, "Kembalikan")
    assert len(rung(koordinator, number)) == 1
    assert not held(ani)


async def test_an_undo_rings_the_others_and_keeps_the_time(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    number = await w.reports(w.person(), **GRAVE)
    before = (await w.case()).fired_at
    await w.press(tksk, "Saya tangani", "Salah pencet")
    assert len(rung(koordinator, number)) == 1 and "salah pencet" in rung(koordinator, number)[0]
    assert not rung(tksk, number), "who pressed knows it already"
    assert (await w.case()).fired_at == before


async def test_nobody_is_asked_now_and_the_reporter_hears_no_more_than_that(w: World) -> None:
    ani, siti = await w.worker("jsc", "35", "Ani"), w.person()
    number = await w.reports(siti, **HUNGRY)
    assert ani.find(number)
    await w.press(ani, "Saya tangani")
    await w.press(ani, "Kembalikan")
    case = await w.case()
    assert case.status == "open" and case.next_due_at is not None and case.next_due_at > w.now + timedelta(hours=1)
    await w.passes(minutes=6)
    assert siti.find(number, "kami hubungi lagi")
    assert "sedang dihubungi" not in siti.last().text


async def test_a_case_at_its_end_leaves_no_button_on_its_owners_phone(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.reports(w.person())
    await w.press(tksk, "Saya tangani", "Sedang dikerjakan", "Menunggu", "Tidak jadi", "Selesai", "Tertolong")
    assert not held(tksk)
    assert tksk.find("Laporan ini sudah berakhir")


async def test_tidak_bisa_on_a_case_that_was_taken_asks_no_reasons(w: World) -> None:
    """W7: who is too late is told so at the first press."""
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    await w.reports(w.person(), **GRAVE)
    case = await w.case()
    await w.press(tksk, "Saya tangani")
    await koordinator.forge(f"d:{case.id}:1")
    await w.settle()
    assert "sudah ditangani" in koordinator.last().text


async def test_at_night_reporters_read_when_somebody_is_asked(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI), await w.worker("deputy", SINGOSARI, "Wahyu")
    siti = w.person()
    number = await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    w.telegram.turn(12.5 * 3600)  # 21.30 WIB, while biasa does not ring
    await w.settle()
    await w.press(tksk, "Kembalikan")
    await w.passes(hours=8)
    assert "sudah ada petugas" in siti.last().text, "at night nobody reads news, save in darurat"
    await w.passes(hours=1)
    assert siti.last().text.startswith(
        f"Laporan {number}: wakil petugas kecamatan kami hubungi Selasa 3/3 pukul 07.00."
    )
    assert not deputy.find(number)
    await w.passes(hours=1)
    assert deputy.find(number)


async def test_a_card_that_waits_for_the_morning_rings_alone(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person()
    w.telegram.turn(13.5 * 3600)  # 22.30 WIB
    number = await w.reports(siti, **HUNGRY)
    case = await w.case()
    await koordinator.forge(b.Take(case.id, case.round).pack())
    await w.settle()
    await w.press(koordinator, "Kembalikan")
    await w.passes(hours=8)
    told = [m.text for m in siti.from_bot() if m.text.startswith(f"Laporan {number}")]
    assert len(told) == 1 and "sedang dihubungi. Bila Selasa 3/3 pukul 08.10" in told[0], "what came of the night"
    assert sum(number in bubble for bubble in tksk.from_bot()) == 1, "one card, and no line under it"
    await w.passes(hours=2)
    assert koordinator.find(number), "the delivery of that card is the delivery of the ask: the ladder goes on"


async def rebinds(w: World, old: Phone, new: Phone) -> None:
    """Whoever had the old handset has another one now."""

    def bind(session: Session) -> None:
        for member in roster.roles_of(session, chat_of(session, old)):
            roster.bind(session, member, chat_of(session, new), w.now)

    await w.read(bind)


async def test_another_handset_gets_the_card_instead_of_a_reminder(w: World) -> None:
    tksk, new = await w.worker("tksk", SINGOSARI), w.person("Budi, HP baru")
    number = await w.reports(w.person(), **HUNGRY)
    await new.start()
    await rebinds(w, tksk, new)
    await w.passes(hours=1, minutes=1)
    assert new.find(number, "MENDESAK") and not tksk.find("Mohon dijawab, Bapak/Ibu")
    assert not any(number in bubble.text and bubble.buttons for bubble in tksk.screen())


async def test_another_handset_is_rung_when_a_case_is_open_again(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI), await w.worker("deputy", SINGOSARI, "Wahyu")
    number = await w.reports(w.person(), **HUNGRY)
    await w.passes(hours=3)
    assert deputy.find(number)
    await w.press(tksk, "Saya tangani")
    new = w.person("Wahyu, HP baru")
    await new.start()
    await w.settle()

    await rebinds(w, deputy, new)
    await w.press(tksk, "Kembalikan")
    assert new.find(number, "MENDESAK") and not rung(deputy, number)
    assert not any(number in bubble.text and bubble.buttons for bubble in deputy.screen())


async def test_a_card_says_no_deadline_that_has_passed(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    await w.reports(w.person(), **GRAVE)
    await w.press(tksk, "Saya tangani")
    await w.passes(minutes=20)
    await w.press(tksk, "Kembalikan")
    (card,) = [bubble for bubble in koordinator.screen() if "Untuk koordinator" in bubble.text]
    assert card.buttons and "Mohon dijawab sebelum" not in card.text


async def test_who_is_not_awaited_is_offered_only_what_they_can_do(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    await w.reports(w.person(), **HUNGRY)
    case = await w.case()
    for phone, labels in ((tksk, 6), (koordinator, 3)):
        await phone.forge(b.Read(case.id, case.round).pack())
        await w.settle()
        assert len(phone.last().labels) == labels


async def test_who_comes_back_is_asked_about_what_nobody_is_awaited_for(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person()
    number = await w.reports(siti, **HUNGRY)
    await w.press(tksk, "Saya tangani")
    await w.say(koordinator, "cuti")
    await w.press(koordinator, "Hari ini", "3 hari", "Tidak ada", "Ya, cuti")
    await w.press(tksk, "Kembalikan")
    await w.passes(minutes=6)
    assert siti.last().text.endswith("Kabar berikutnya paling lambat Senin 2/3 pukul 11.10.")
    await w.passes(minutes=30)
    await w.press(koordinator, "Saya kembali")
    await w.passes(minutes=1)
    assert koordinator.find(number)


async def test_no_news_is_late_while_nobody_can_be_asked(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.reports(siti, **HUNGRY)
    await w.press(tksk, "Saya tangani")
    await w.press(tksk, "Kembalikan")
    await w.passes(hours=2, minutes=55)
    assert not siti.find("terlambat")


async def test_whoever_gave_it_back_hears_of_the_next_one_also_after_an_undo(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    dinsos = await w.worker("dinsos", MALANG, "Dewi")
    number = await w.reports(w.person(), **GRAVE)
    await w.press(tksk, "Saya tangani", "Kembalikan")
    await w.press(koordinator, "Saya tangani", "Salah pencet")
    await w.press(dinsos, "Saya tangani")
    told = [bubble.text for bubble in tksk.from_bot() if "sekarang ditangani" in bubble.text and number in bubble.text]
    assert len(told) == 2 and "Dinas Sosial" in told[1]
