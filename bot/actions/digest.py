"""One digest instead of a burst: many waiting pings of one chat become one list, the gravest first (row 62)."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from bot.actions import deadlines
from bot.actions.casefiles import open_all
from bot.actions.turn import Turn
from bot.core.moves import Status
from bot.texts import case_lists
from storage import kinds, outbox
from storage.session import Session
from storage.tables import Case, Outbox

SHOWN = 10
"""Cases with a button of their own; the rest are counted, and found under *Tugas saya*."""


def crowded(session: Session, now: datetime, limit: int) -> Sequence[int]:
    """Chats in which one digest has to speak for many pings."""
    return [chat_id for chat_id in outbox.crowds(session, now) if _waiting(session, chat_id, now)[1]]


def next_crowd(session: Session, now: datetime) -> datetime | None:
    """When further pings may leave, of which there may be too many for one chat."""
    return outbox.next_ping(session, now)


def bundle(turn: Turn, chat_id: int) -> None:
    """Let one digest speak for the pings that wait for a chat, if they are still too many."""
    uids, waiting = _waiting(turn.session, chat_id, turn.now)
    if not waiting:
        return
    speech = turn.speech(chat_id)
    files = open_all(turn, [case.id for case in waiting[:SHOWN]], lock="no")
    shown = [(file.facts, deadlines.deadline(file)[0]) for file in files]
    digest = turn.say(
        chat_id,
        case_lists.digest(speech, shown, len(waiting), group=chat_id < 0),
        kinds.GRAVE_DIGEST if waiting[0].urgency == "darurat" else kinds.DIGEST,
    )
    outbox.bundle(turn.session, uids, digest)


def _waiting(session: Session, chat_id: int, now: datetime) -> tuple[list[str], list[Case]]:
    """The pings of one chat that are too many, and the open cases they are about, the gravest first."""
    uids = outbox.crowd(session, chat_id, now)
    query = (
        select(Case)
        .join(Outbox, col(Outbox.case_id) == col(Case.id))
        .where(col(Outbox.uid).in_(uids), Case.status == Status.OPEN)
        .order_by(col(Case.urgency) != "darurat", col(Case.urgency) != "mendesak", col(Case.created_at))
    )
    return uids, list({case.id: case for case in session.exec(query)}.values()) if uids else []
