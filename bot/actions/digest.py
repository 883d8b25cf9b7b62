"""One digest instead of a burst: many waiting pings of one chat become one list, the gravest first (row 62)."""

from datetime import datetime

from sqlmodel import Session, col, select

from bot.actions import deadlines
from bot.actions.house import House
from bot.actions.speak import facts, say, speech_for
from bot.core.moves import Status
from bot.texts import case_lists as cards
from storage import outbox
from storage.tables import Case, Outbox

SHOWN = 10
"""Cases with a button of their own; the rest are counted, and found under *Tugas saya*."""


def bundle(session: Session, house: House, now: datetime) -> int:
    """Let one digest speak wherever too many pings wait; returns how many messages it saved."""
    saved = 0
    for chat_id, uids in outbox.crowded(session, now).items():
        query = (
            select(Case)
            .join(Outbox, col(Outbox.case_id) == col(Case.id))
            .where(col(Outbox.uid).in_(uids), Case.status == Status.OPEN)
            .order_by(col(Case.urgency) != "darurat", col(Case.urgency) != "mendesak", col(Case.created_at))
        )
        waiting = list({case.id: case for case in session.exec(query)}.values())
        if not waiting:
            continue
        speech = speech_for(session, house, chat_id)
        shown = [(facts(session, house, case), deadlines.answer_by(session, case)) for case in waiting[:SHOWN]]
        digest = say(
            session,
            chat_id,
            cards.digest(speech, shown, len(waiting), group=chat_id < 0),
            now,
            kind="digest",
            priority=outbox.URGENT if waiting[0].urgency == "darurat" else outbox.PING,
        )
        outbox.bundle(session, uids, digest)
        saved += len(uids) - 1
    return saved
