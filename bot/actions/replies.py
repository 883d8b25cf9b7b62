"""Short replies: whoever has the card is not sent it again, and only the newest line has buttons (row 55)."""

from datetime import datetime

from sqlmodel import Session

from bot.actions.house import House
from bot.actions.speak import disarm, facts, say, speech_for
from bot.texts import case_lists as cards
from bot.texts.message import Message
from storage import outbox
from storage.cases import GROUP
from storage.tables import Ask, Case


def has_card(session: Session, ask: Ask, chat_id: int) -> bool:
    """Whether this chat has the card of an ask; one that stands in a digest, or was called back, it has not."""
    return outbox.stands(session, ask.card_uid, chat_id)


def leave(session: Session, ask: Ask, now: datetime) -> None:
    """Another card speaks from now on, perhaps on another phone: what there is of the old one loses its buttons."""
    if ask.card_uid:
        disarm(session, ask.chat_id, ask.card_uid, now, priority=outbox.RECEIPT)
    close(session, ask, now)
    ask.reply_uid = None


def repeat(session: Session, house: House, case: Case, ask: Ask, rings_at: datetime, now: datetime) -> None:
    """Ask once more, in one line under the card; whether the ask arrives hangs on this line now."""
    speech = speech_for(session, house, ask.chat_id)
    message = cards.repeated(speech, facts(session, house, case), ask.role, group=ask.person == GROUP)
    priority = outbox.URGENT if case.urgency == "darurat" else outbox.PING
    ask.ping_uid = reply(session, case, ask, message, rings_at, now, kind="again", priority=priority)


def reply(
    session: Session,
    case: Case,
    ask: Ask,
    message: Message,
    rings_at: datetime,
    now: datetime,
    *,
    kind: str = "remind",
    priority: int = outbox.PING,
) -> str:
    """Say one line under the card; an earlier one loses its buttons, and if it has not left it never does."""
    close(session, ask, now)
    ask.reply_uid = say(
        session,
        ask.chat_id,
        message,
        now,
        kind=kind,
        priority=priority,
        not_before=None if rings_at <= now else rings_at,
        replies=ask.card_uid,
        case=case,
        ask=ask.id,
    )
    session.add(ask)
    return ask.reply_uid


def close(session: Session, ask: Ask, now: datetime) -> None:
    """The newest line under the card loses its buttons; those before it have lost theirs already."""
    if ask.reply_uid is not None:
        disarm(session, ask.chat_id, ask.reply_uid, now, priority=outbox.RECEIPT)
