"""Above five pings for a person, or three for a group, one digest speaks; each case can still be taken (row 62)."""

from sqlmodel import select

from storage.session import Session
from storage.tables import Ask, Case, Outbox
from tests.stories.test_downtime import _copies
from tests.support.world import MALANG, SINGOSARI, World


async def test_a_burst_becomes_one_list_and_counts_as_delivered(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    await _copies(w, 12)
    w.telegram.fault(
        "error",
        chat_id=koordinator.id,
        method="send*",
        code=429,
        description="Too Many Requests",
        retry_after=90,
        times=1,
    )
    await w.passes(hours=2, minutes=5)
    lists = [m for m in koordinator.from_bot() if "menunggu jawaban" in m.text]
    assert lists
    assert len([m for m in koordinator.from_bot() if "MENDESAK" in m.text]) <= 6

    def delivered(session: Session) -> list[bool]:
        return [ask.delivered_at is not None for ask in session.exec(select(Ask).where(Ask.role == "koordinator"))]

    assert await w.read(delivered) == [True] * 13
    bundled = await w.read(lambda s: s.exec(select(Outbox).where(Outbox.state == "bundled")).all())
    assert all(row.payload_sealed is None for row in bundled)
    label = lists[-1].buttons[0].label
    await w.press(koordinator, label, "Saya tangani")
    taken = await w.read(lambda s: s.exec(select(Case).where(Case.status == "acknowledged")).all())
    assert len(taken) == 1
    assert tksk.id
