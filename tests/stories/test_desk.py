"""What a worker can do with a case, and what a stale or foreign press does not do."""

from sqlmodel import select

from storage.session import Session
from storage.tables import Ask, Case
from tests.support.world import MALANG, SINGOSARI, World


async def test_salah_pencet_works_for_two_minutes_and_for_the_winner_only(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    await w.reports(w.person())
    case = await w.case()
    await w.press(tksk, "Saya tangani")
    await koordinator.forge(f"u:{case.id}:1")
    await w.settle()
    assert (await w.case()).status == "acknowledged"
    await w.press(tksk, "Salah pencet")
    assert (await w.case()).status == "open"
    await w.press(tksk, "Saya tangani")
    await w.passes(minutes=3)
    await w.press(tksk, "Salah pencet")
    assert (await w.case()).status == "acknowledged"


async def test_a_refusal_with_a_reason_asks_the_next_person_at_once(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    number = await w.reports(w.person())
    await w.press(tksk, "Tidak bisa", "Sedang sakit")
    assert koordinator.find(number)
    ask = await w.read(lambda s: s.exec(select(Ask).where(Ask.role == "tksk")).one())
    assert (ask.state, ask.reason) == ("declined", "sakit")
    await w.press(tksk, "Jadi saya tangani")
    assert (await w.case()).status == "acknowledged", "a late yes still counts"


async def test_eskalasi_sekarang_climbs_once_however_often_it_is_pressed(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    await w.worker("dinsos", MALANG)
    number = await w.reports(w.person())
    case = await w.case()
    await w.press(tksk, "Eskalasi sekarang")
    assert koordinator.find(number)
    await tksk.forge(f"x:{case.id}:1")
    await w.settle()
    assert (await w.case()).rung == 1


async def test_eskalasi_at_night_says_when_the_next_one_is_rung(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    await w.passes(hours=12, minutes=30)  # 21.30 WIB
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    await w.passes(hours=1)
    await w.press(tksk, "Eskalasi sekarang")
    assert tksk.find(number, "kami naikkan Selasa 3/3 pukul 06.00")
    assert not koordinator.find(number)
    await w.passes(hours=8)
    assert koordinator.find(number)


async def test_a_press_from_elsewhere_and_a_case_that_is_not_there_look_alike(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    far = await w.worker("tksk", "35.07.25", "Jauh")
    await w.reports(w.person())
    case = await w.case()
    said = []
    for data in (f"t:{case.id}:1", "t:000000000000:1", f"r:{case.id}:1"):
        await far.forge(data)
        await w.settle()
        said.append(far.last().text)
    assert len(set(said)) == 1
    assert (await w.case()).status == "open"


async def test_who_was_never_asked_because_it_was_taken_is_asked_when_it_is_given_back(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    fault = {"code": 429, "description": "Too Many Requests", "retry_after": 60, "times": 1}
    w.telegram.fault("error", chat_id=koordinator.id, method="send*", **fault)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    await w.press(tksk, "Saya tangani")
    await w.passes(seconds=70)
    assert not any(number in m.text for m in koordinator.from_bot())
    await w.press(tksk, "Salah pencet")
    assert koordinator.find(number, "DARURAT")


async def test_an_owner_of_whom_nothing_is_heard_is_asked_twice_and_then_it_climbs(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    await w.press(tksk, "Saya tangani")
    await w.passes(hours=13)
    assert len([m for m in tksk.from_bot() if "Bagaimana sekarang?" in m.text]) == 2
    await w.passes(hours=12)
    assert koordinator.find(number)
    told = tksk.find("kami teruskan", number)
    assert told is not None and told.labels == ["✋ Saya ambil lagi"], "it may be taken again, and here"
    await tksk.forge(told.buttons[0].data or "", message_id=told.message_id)
    await w.settle()
    assert (await w.case()).status == "acknowledged"


async def test_selesai_ends_the_case_and_the_reporter_hears_no_detail(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    siti = w.person()
    number = await w.reports(siti)
    await w.press(tksk, "Saya tangani", "Selesai", "Tertolong")
    case = await w.case()
    assert (case.status, case.outcome, case.next_due_at) == ("closed", "tertolong", None)
    await w.passes(minutes=6)
    assert siti.find(number, "sudah selesai ditangani")

    def open_cases(session: Session) -> int:
        return len(session.exec(select(Case).where(Case.status == "open")).all())

    assert await w.read(open_cases) == 0
