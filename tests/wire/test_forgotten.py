"""What is forgotten of the outbox: the questions of drafts that are over, and nothing that somebody may still name."""

from collections import Counter
from datetime import timedelta

from sqlmodel import col, select

from storage import kinds
from storage.forgotten import NAMED
from storage.session import Session
from storage.tables import Outbox
from tests.support.world import SINGOSARI, World

HOUR = timedelta(hours=1)


def said(session: Session) -> Counter[str]:
    """The kinds of what stands in the outbox."""
    return Counter(session.exec(select(Outbox.kind)).all())


async def test_what_was_said_without_a_case_is_forgotten_and_a_case_keeps_its_own(either: World) -> None:
    w = either
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.reports_by_buttons(siti, story="Bapak tua sendirian.")
    await w.press(tksk, "Saya tangani")
    before = await w.read(said)
    assert before["question"] > 8 and before["card"] == 1 and before["owner_card"] == 1
    of_case = await w.read(lambda s: s.exec(select(Outbox.uid).where(col(Outbox.case_id).is_not(None))).all())
    begun = w.now
    await w.passes(days=NAMED.days - 1, hours=22)
    assert (await w.read(said))["question"] == before["question"], "an edit may still name them"
    await w.passes(hours=3)
    after = await w.read(said)
    assert after["question"] == 0
    kept = await w.read(lambda s: s.exec(select(Outbox.uid)).all())
    assert set(of_case) <= set(kept)
    old = await w.read(lambda s: s.exec(select(Outbox).where(col(Outbox.case_id).is_(None))).all())
    assert min(row.created_at for row in old) > begun + HOUR, "what was said since then stays"
    await w.press(tksk, "Saya ambil lagi")
    assert (await w.case()).owner_id is not None, "who was silent for a week is still answered"


async def test_what_has_not_left_is_not_forgotten(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    uid = await w.read(lambda s: s.exec(select(Outbox.uid).order_by(col(Outbox.seq))).first())

    def waits(session: Session) -> None:
        row = session.exec(select(Outbox).where(Outbox.uid == uid)).one()
        row.state, row.not_before, row.payload_sealed = "pending", w.now + NAMED * 2, b""
        session.add(row)

    await w.read(waits)
    await w.passes(days=NAMED.days, hours=2)
    left = await w.read(lambda s: s.exec(select(Outbox.uid).where(Outbox.kind != kinds.MENU.name)).all())
    assert left == [uid]
