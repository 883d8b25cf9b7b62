"""A case that somebody has: a word of theirs is awaited, they are asked, at last the ladder takes it back (row 56)."""

from bot.actions import deadlines, ladder, news
from bot.actions.casefile import CaseFile
from bot.actions.moving import move
from bot.actions.turn import Turn
from bot.core.escalation import AskState, Climb, Remind, Repeat, Stuck
from bot.core.moves import Event
from bot.core.ownership import FIRST_WORD
from bot.core.standing import Given
from bot.core.words import Words
from bot.texts import case_buttons, case_card
from bot.texts.message import Message, column
from storage import kinds, roster, timeline
from storage.standing import GROUP

FOLLOW_UPS = 2
"""How often an owner of whom nothing is heard is asked before the case climbs again (row 56)."""

WORDS = (Event.ACKNOWLEDGE, Event.PROGRESS, Event.MEET, Event.MISS, Event.WAIT, Event.WORSEN)
"""What begins a new time to wait for a word; the last of them says what was waited for."""


def follow_up(turn: Turn, file: CaseFile) -> CaseFile:
    """A silent owner is asked, asked again, and then the case climbs on (row 56).

    So is one who waited for something: on its day the waiting is over. If no message reaches the owner, the case
    climbs on at once and the koordinator hears it (row 100).
    """
    owner = file.owner
    chat = owner.chat_id if owner is not None and roster.hears(turn.session, owner) else None
    if chat is None:
        _tell_koordinator(turn, file)
        return take_back(turn, file, "absent")
    if not file.policy.hours.is_open(turn.now):  # looked at late, in quiet hours
        return move(turn, file, Event.LOOK)
    if file.case.reminded < FOLLOW_UPS:
        return _ask(turn, file, chat)
    file = take_back(turn, file, "silence")
    speech, then = turn.speech(chat), deadlines.awaited_role(file)
    said = speech.say("w_lepas", nomor=file.case.number)
    if then is not None:
        said = speech.say("w_lepas_ke", nomor=file.case.number, peran=Words(f"peran-{then}"))
    again = case_buttons.take_key(speech, file.facts, "b-ambil-lagi")
    turn.say(chat, Message(said, column((again,))), kinds.DESK, case=file.case)
    return file


def _ask(turn: Turn, file: CaseFile, chat: int) -> CaseFile:
    """Ask the owner: what was waited for, and when the case goes on to whom if they say nothing."""
    word = timeline.last_of(turn.session, file.case.id, WORDS)
    waited = str(timeline.facts(word)["reason"]) if word is not None and word.event == Event.WAIT else None
    file = move(turn, file, Event.FOLLOW_UP)
    case = file.case
    assert case.acknowledged_at is not None and case.next_due_at is not None
    goes_on = case.next_due_at
    for _ in range(case.reminded, FOLLOW_UPS):
        goes_on = file.policy.hours.opening(goes_on + FIRST_WORD[case.urgency])
    then = deadlines.role_after(file)
    message = case_card.follow_up(turn.speech(chat), file.facts, case.acknowledged_at, goes_on, then, waited)
    turn.say(chat, message, kinds.FOLLOW_UP, case=case)
    return file


def _tell_koordinator(turn: Turn, file: CaseFile) -> None:
    """The koordinator hears that no message reaches whoever has the case: they may know another way."""
    case, owner = file.case, file.owner
    rings_at = file.policy.hours.opening(turn.now)
    area = case.kabupaten or ""
    for chat in roster.reachable_chats(turn.session, "koordinator", area, turn.now):
        if owner is None or chat == owner.chat_id:
            continue
        peran = Words(f"peran-{owner.role}")
        text = turn.speech(chat).say("l_pemegang", nomor=case.number, peran=peran)
        turn.say(chat, Message(text), kinds.ALARM, rings_at=rings_at)


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
