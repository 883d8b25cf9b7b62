"""One digest instead of a burst: many waiting pings of one chat become one list, the gravest first (row 62)."""

from sqlmodel import col, select

from bot.actions import deadlines
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.moves import Status
from bot.texts import case_lists
from storage import kinds, outbox
from storage.tables import Case, Outbox

SHOWN = 10
"""Cases with a button of their own; the rest are counted, and found under *Tugas saya*."""


def bundle(turn: Turn) -> int:
    """Let one digest speak wherever too many pings wait; returns how many messages it saved."""
    saved = 0
    for chat_id, uids in outbox.crowded(turn.session, turn.now).items():
        query = (
            select(Case)
            .join(Outbox, col(Outbox.case_id) == col(Case.id))
            .where(col(Outbox.uid).in_(uids), Case.status == Status.OPEN)
            .order_by(col(Case.urgency) != "darurat", col(Case.urgency) != "mendesak", col(Case.created_at))
        )
        waiting = list({case.id: case for case in turn.session.exec(query)}.values())
        if not waiting:
            continue
        speech = turn.speech(chat_id)
        files = [CaseFile(turn, case) for case in waiting[:SHOWN]]
        shown = [(file.facts, deadlines.deadline(file)[0]) for file in files]
        digest = turn.say(
            chat_id,
            case_lists.digest(speech, shown, len(waiting), group=chat_id < 0),
            kinds.GRAVE_DIGEST if waiting[0].urgency == "darurat" else kinds.DIGEST,
        )
        outbox.bundle(turn.session, uids, digest)
        saved += len(uids) - 1
    return saved
