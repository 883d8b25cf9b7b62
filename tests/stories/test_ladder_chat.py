"""The ladder as people see it: asked again after downtime, and promises that are what happens."""

from storage import cases
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World


async def test_after_downtime_people_are_asked_again_before_anybody_above(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    number = await w.reports(w.person())
    await w.passes(hours=23, minutes=30)
    assert len([m for m in tksk.from_bot() if number in m.text]) == 3, "the card and both reminders"
    await w.stop()
    w.telegram.turn(2 * 3600)
    await w.start()
    await w.settle()
    assert len([m for m in tksk.from_bot() if number in m.text]) == 4, "a press may have been lost: asked again, once"
    await w.passes(minutes=9)
    assert not [m for m in koordinator.from_bot() if number in m.text]
    await w.passes(minutes=2)
    assert koordinator.find(number)
    assert len([m for m in tksk.from_bot() if number in m.text]) == 4


async def test_a_child_and_sexual_violence_ring_at_night_and_other_mendesak_waits(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    w.telegram.turn(14 * 3600)  # 23.00
    for kind, danger, rings in (
        ("Anak terlantar", "Tidak makan", True),
        ("Disabilitas", "Dipukul", True),
        ("Lansia", "Tidak makan", False),
    ):
        number = await w.reports(w.person(), kind=kind, danger=danger)
        assert (await w.case()).urgency == "mendesak"
        assert bool(tksk.find(number)) is rings, kind


async def test_climbing_early_promises_the_time_at_which_the_ladder_goes_on(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    dinsos = await w.worker("dinsos", MALANG)
    siti = w.person()
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Tidak makan")
    await w.press(tksk, "Tidak bisa", "Sedang sakit")
    report = (await w.read(lambda s: cases.reports_of(s, chat_of(s, siti))))[0][0]
    hours = (report.promised_at - report.created_at).total_seconds() / 3600
    assert 4 <= hours <= 4.5, "Dinsos is asked 4 h after the first ping, as the table says, and no sooner is promised"
    await w.passes(hours=3, minutes=55)
    assert not [m for m in dinsos.from_bot() if number in m.text]
    await w.passes(minutes=10)
    assert dinsos.find(number)
