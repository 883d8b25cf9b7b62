"""After downtime: one rung a case, none two, and a late acknowledgement still counts (row 61)."""

from sqlmodel import select

from storage.session import Session
from storage.tables import Case, Timeline
from tests.support.length import many
from tests.support.world import MALANG, SINGOSARI, World

HEARD = 20
"""Copies that have a reporter to tell; for all of them it would be one phone that reads a thousand news."""


async def _copies(w: World, times: int) -> None:
    """Many open cases like the one there is, asked and due at the same moments."""

    def copy(session: Session) -> None:
        from storage.tables import Ask, DataKey, Report
        from storage.types import new_id, new_number

        case = session.exec(select(Case)).one()
        ask = session.exec(select(Ask)).one()
        report = session.exec(select(Report)).one()
        key = session.get(DataKey, case.id)
        assert key is not None
        for n in range(times):
            new, number = new_id(), new_number()
            session.add(Case(**{**case.model_dump(), "id": new, "number": number}))
            session.add(Ask(**{**ask.model_dump(), "id": new_id(), "case_id": new}))
            body = {"id": new_id(), "number": number, "origin": new, "case_id": new, "body_sealed": None}
            if n >= HEARD:
                continue
            session.add(Report(**{**report.model_dump(), **body}))
        session.flush()

    await w.read(copy)


async def test_six_hours_away_over_hundreds_of_overdue_cases(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    await w.worker("dinsos", MALANG)
    siti = w.person()
    await w.reports(siti, kind="Gangguan jiwa", danger="Tidak makan")
    await _copies(w, many(500, 150))
    await w.stop()
    w.telegram.turn(6 * 3600)
    await w.start()
    await w.settle()
    cases = await w.read(lambda s: s.exec(select(Case)).all())
    assert {case.rung for case in cases} == {0}, "ten minutes' grace before anything climbs"
    await w.passes(minutes=11)
    cases = await w.read(lambda s: s.exec(select(Case)).all())
    assert {case.rung for case in cases} == {1}, "each climbed one rung, none two"
    climbs = await w.read(lambda s: s.exec(select(Timeline.case_id).where(Timeline.event == "climb")).all())
    assert max(climbs.count(case.id) for case in cases[:20]) <= 2
    await w.press(tksk, "Saya tangani")
    assert tksk.find("sekarang Bapak/Ibu tangani"), "a late acknowledgement still counts"
