"""*Menunggu …* by the owner's buttons: first for what, then for how long, then it is done (rows 57, 138)."""

from bot.actions import respond
from bot.actions.respond import NotYours, Outcome
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.ownership import WAIT_DAYS, WAITING
from bot.texts import waiting_cards as cards
from bot.texts.cards import CaseFacts, owner_rows
from bot.texts.catalog import Speech
from bot.texts.message import Message
from storage.tables import Case


def press(turn: Turn, button: b.Hold, user_id: int) -> Outcome:
    """One press; a value that no list offers means nothing."""
    match button:
        case b.Hold(reason=reason, days=days) if reason in WAITING and days in WAIT_DAYS:
            return respond.hold(turn, button.case, button.round, reason, days, user_id)
        case b.Hold(reason=reason, days=0) if reason in ("tanya", "batal", *WAITING):
            return respond.holding(turn.session, button.case, button.round, user_id)
    return NotYours()


def answer(turn: Turn, speech: Speech, chat_id: int, button: b.Hold, case: Case, told: CaseFacts) -> str:
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
    turn.say(chat_id, message, case=case)
    return toast
