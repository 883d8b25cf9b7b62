"""*Menunggu …* by the owner's buttons: first for what, then for how long, then it is done (rows 57, 138)."""

from datetime import datetime

from sqlmodel import Session

from bot.actions import respond
from bot.actions.house import House
from bot.actions.respond import NotYours, Outcome
from bot.actions.speak import say
from bot.core import buttons as b
from bot.core.ownership import WAIT_DAYS, WAITING
from bot.texts import waiting_cards as cards
from bot.texts.case_buttons import owner_rows
from bot.texts.case_facts import CaseFacts
from bot.texts.catalog import Speech
from bot.texts.message import Message
from storage.tables import Case


def press(session: Session, house: House, button: b.Hold, user_id: int, now: datetime) -> Outcome:
    """One press; a value that no list offers means nothing."""
    match button:
        case b.Hold(reason=reason, days=days) if reason in WAITING and days in WAIT_DAYS:
            return respond.hold(session, house, button.case, button.round, reason, days, user_id, now)
        case b.Hold(reason=reason, days=0) if reason in ("tanya", "batal", *WAITING):
            return respond.holding(session, button.case, button.round, user_id)
    return NotYours()


def answer(
    session: Session, speech: Speech, chat_id: int, button: b.Hold, case: Case, told: CaseFacts, now: datetime
) -> str:
    """The next question, or until when it waits."""
    match button:
        case b.Hold(reason="tanya"):
            message, toast = cards.reasons(speech, told), ""
        case b.Hold(reason="batal"):
            message, toast = cards.unchanged(speech, told), speech.word("w_tetap", nomor=case.number)
        case b.Hold(reason=reason, days=0):
            message, toast = cards.lengths(speech, told, reason), ""
        case b.Hold(reason=reason):
            assert case.next_due_at is not None
            words = cards.held(speech, told, reason, case.next_due_at)
            message, toast = Message(speech.html(words), owner_rows(speech, told)), speech.label(words)
    say(session, chat_id, message, now, case=case)
    return toast
