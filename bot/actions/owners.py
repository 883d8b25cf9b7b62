"""A case that somebody has: a word of theirs is awaited, they are asked, at last the ladder takes it back (row 56)."""

from bot.actions import ladder, news
from bot.actions.casefile import CaseFile
from bot.actions.moving import move
from bot.actions.turn import Turn
from bot.core.escalation import AskState, Climb, Remind, Repeat, Stuck
from bot.core.moves import Event
from bot.core.standing import Given
from bot.texts import case_buttons, case_card
from bot.texts.message import Message
from storage import kinds, roster
from storage.standing import GROUP

FOLLOW_UPS = 2
"""How often an owner of whom nothing is heard is asked before the case climbs again (row 56)."""


def follow_up(turn: Turn, file: CaseFile) -> CaseFile:
    """A silent owner is asked, asked again, and then the case climbs on (row 56).

    So is one who waited for something: on its day the waiting is over. If no message reaches the owner, the case
    climbs on at once (row 100).
    """
    if not file.policy.hours.is_open(turn.now):  # looked at late, in quiet hours
        return move(turn, file, Event.LOOK)
    owner = file.owner
    chat = owner.chat_id if owner is not None and roster.hears(turn.session, owner) else None
    if chat is None:
        return take_back(turn, file, "absent")
    if file.case.reminded < FOLLOW_UPS:
        file = move(turn, file, Event.FOLLOW_UP)
        assert file.case.acknowledged_at is not None and file.case.next_due_at is not None
        message = case_card.follow_up(turn.speech(chat), file.facts, file.case.acknowledged_at, file.case.next_due_at)
        turn.say(chat, message, kinds.FOLLOW_UP, case=file.case)
        return file
    file = take_back(turn, file, "silence")
    speech = turn.speech(chat)
    rows = case_buttons.worker_rows(speech, file.facts)[:1]
    turn.say(chat, Message(speech.say("w_lepas", nomor=file.case.number), rows), kinds.DESK, case=file.case)
    return file


def take_back(turn: Turn, file: CaseFile, why: str) -> CaseFile:
    """The ladder takes a case from an owner who is silent or not there."""
    return open_again(turn, file, Event.TAKE_BACK, why)


def open_again(turn: Turn, file: CaseFile, event: Event, why: str) -> CaseFile:
    """A case that somebody had is open: who is awaited is rung, the ladder goes on, the reporters hear it.

    They hear that somebody is asked only if somebody is rung in this very turn.
    """
    over = [ask.person for ask in file.asks if ask.state == AskState.OVER]
    absent = frozenset(roster.absent(turn.session, over, turn.now))
    given = Given(by=file.by.id if file.by else "", reason=why, absent=absent)
    file = move(turn, file, event, given)
    # Whoever undid it reads the buttons again; a group only reads along.
    asked = any(ask.state == AskState.WAITING and ask.person != GROUP for ask in file.asks)
    file, action = ladder.step(turn, file)
    if isinstance(action, Stuck) or (isinstance(action, Climb) and action.rung > 0):
        return file  # that step told them
    if asked or isinstance(action, Climb | Repeat | Remind):
        news.goes_on(turn, file)
    else:
        news.goes_on_later(turn, file)
    return file
