"""Short replies: whoever has the card is not sent it again, and only the newest line has buttons (row 55)."""

from datetime import datetime

from bot.actions.turn import Turn
from bot.texts.message import Message
from storage import kinds, outbox
from storage.kinds import Kind
from storage.session import Session
from storage.tables import Ask, Case


def has_card(session: Session, ask: Ask, chat_id: int) -> bool:
    """Whether this chat has the card of an ask; one that stands in a digest, or was called back, it has not."""
    return outbox.stands(session, ask.card_uid, chat_id)


def card_waits(session: Session, ask: Ask) -> bool:
    """Whether the ask hangs on a card that has not left yet, as one that waits for its hour."""
    return ask.ping_uid == ask.card_uid and outbox.unsent(session, ask.card_uid)


def leave(turn: Turn, ask: Ask) -> None:
    """Another card speaks from now on, perhaps on another phone: what there is of the old one loses its buttons."""
    if ask.card_uid:
        turn.edit(ask.chat_id, ask.card_uid, None, kinds.REDRAW)
    close(turn, ask)
    ask.reply_uid = None


def reply(turn: Turn, case: Case, ask: Ask, message: Message, rings_at: datetime, kind: Kind) -> str:
    """Say one line under the card; an earlier one loses its buttons, and if it has not left it never does."""
    close(turn, ask)
    ask.reply_uid = turn.say(ask.chat_id, message, kind, case=case, ask=ask, rings_at=rings_at)
    turn.session.add(ask)
    return ask.reply_uid


def close(turn: Turn, ask: Ask) -> None:
    """The newest line under the card loses its buttons; those before it have lost theirs already."""
    if ask.reply_uid is not None:
        turn.edit(ask.chat_id, ask.reply_uid, None, kinds.REDRAW)
