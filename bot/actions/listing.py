"""The daily list: calm reports from where the service has not begun, for JSC to read and to take (row 15)."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.speak import facts_of
from bot.actions.turn import Turn
from bot.core.figures import moment, today
from bot.core.service import LIST_AT
from bot.texts import case_lists
from storage import beyond, cases, kinds, roster
from storage.session import Session

SHOWN = 20
"""Cases that the list names; the others are counted, and are in the list of those without a worker."""


def readers(session: Session, group: int | None, now: datetime) -> Sequence[int]:
    """The chats that read it: everybody at JSC whom a message reaches, else its group."""
    return roster.reachable_chats(session, "jsc", roster.PROVINCE, now) or ([group] if group is not None else [])


def send(turn: Turn) -> None:
    """Today's list to each of them, without what they reported themselves."""
    service, group = turn.house.known.service, turn.house.group
    for chat_id in readers(turn.session, group, turn.now):
        ids = beyond.listed(turn.session, service, moment(today(turn.now), LIST_AT), but=chat_id)
        if not ids:
            continue
        known = cases.named(turn.session, ids[:SHOWN])
        shown = [facts_of(turn, known[case_id], None) for case_id in ids[:SHOWN]]
        message = case_lists.beyond(turn.speech(chat_id), shown, len(ids), group=chat_id == group)
        turn.say(chat_id, message, kinds.LISTED)
