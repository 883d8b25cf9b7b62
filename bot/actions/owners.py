"""A case that somebody holds: his word is awaited, he is asked for it, at last the ladder takes it back (row 56)."""

from sqlmodel import col, update

from bot.actions import case_cards, deadlines, ladder, news, replies
from bot.actions.speak import facts
from bot.actions.turn import Turn
from bot.core.escalation import AskState, Climb, Stuck
from bot.core.moves import Event, Status, after
from bot.core.ownership import FIRST_WORD, heard_by
from bot.texts import cards
from bot.texts.message import Message
from storage import cases, kinds, outbox, roster, timeline
from storage.tables import Ask, Case, Member

FOLLOW_UPS = 2
"""How often an owner of whom nothing is heard is asked before his case climbs again (row 56)."""


def follow_up(turn: Turn, case: Case) -> None:
    """An owner of whom nothing was heard is asked, asked again, and then the case climbs on (row 56).

    So is one who waited for something: on its day the waiting is over, whatever he says. Whom no message can reach any
    more is not asked into the void: the case climbs on at once (row 100).
    """
    assert case.acknowledged_at is not None and case.owner_id is not None
    hours = deadlines.policy_of(turn.session, case).hours
    if not hours.is_open(turn.now):  # looked at late, in quiet hours
        case.next_due_at = hours.opening(turn.now)
        turn.session.add(case)
        return
    case.waiting_for = None
    owner = turn.session.get(Member, case.owner_id)
    chat = owner.chat_id if owner is not None and roster.hears(turn.session, owner) else None
    if chat is not None and case.reminded < FOLLOW_UPS:
        case.reminded += 1
        speech = turn.speech(chat)
        case.next_due_at = hours.opening(turn.now + FIRST_WORD[case.urgency])
        message = cards.follow_up(speech, facts(turn, case), case.acknowledged_at, case.next_due_at)
        turn.say(chat, message, kinds.OWNER, case=case)
        timeline.note(turn.session, case.id, "follow_up", timeline.CLOCK, turn.now, times=case.reminded)
        turn.session.add(case)
        return
    release(turn, case, timeline.CLOCK, why="absent" if chat is None else "silence")
    if chat is not None:
        told = Message(turn.speech(chat).say("w_lepas", nomor=case.number))
        turn.say(chat, told, kinds.OWNER)
    go_on(turn, case)


def go_on(turn: Turn, case: Case) -> None:
    """The next step of a case that was taken and is open again; its reporter hears it, whoever is asked."""
    action = ladder.step(turn, case)
    if not isinstance(action, Stuck) and not (isinstance(action, Climb) and action.rung > 0):
        news.goes_on(turn, case, deadlines.promise(turn.session, case, deadlines.policy_of(turn.session, case)))


def await_word(turn: Turn, case: Case) -> None:
    """The owner took the case or was heard: from now on his next deadline counts, and he was not asked yet."""
    assert case.acknowledged_at is not None
    hours, calendar = deadlines.policy_of(turn.session, case).hours, turn.house.calendar
    case.reminded, case.waiting_for = 0, None
    case.next_due_at = heard_by(case.urgency, case.acknowledged_at, case.heard, turn.now, hours, calendar)
    turn.session.add(case)


def release(turn: Turn, case: Case, actor: str, *, why: str, undo: bool = False) -> None:
    """An acknowledged case is open again: whoever was asked and is still there may answer again, its owner said no."""
    moved = after(Status(case.status), Event.UNDO if undo else Event.RELEASE)
    assert moved is not None
    former = case.owner_id
    case.status, case.owner_id, case.acknowledged_at, case.next_due_at = moved, None, None, turn.now
    case.reminded, case.heard, case.waiting_for = 0, 0, None
    turn.session.add(case)
    turn.session.flush()
    over = update(Ask).where(col(Ask.case_id) == case.id, col(Ask.round) == case.round, col(Ask.state) == AskState.OVER)
    if not undo:
        over_owner = over.where(col(Ask.person) == former)
        turn.session.exec(over_owner.values(state=AskState.DECLINED, reason=why))
    away = roster.absent(turn.session, [ask.person for ask in cases.asks(turn.session, case)], turn.now)
    turn.session.exec(over.where(col(Ask.person).in_(away)).values(state=AskState.DEAD, reason="absent"))
    turn.session.exec(over.values(state=AskState.WAITING))
    timeline.note(turn.session, case.id, "undo" if undo else "release", actor, turn.now, why=why)
    turn.session.expire_all()
    unread = outbox.cancelled(turn.session, [ask.ping_uid for ask in cases.asks(turn.session, case)])
    for ask in cases.asks(turn.session, case):
        waits = ask.ping_uid in unread and ask.state == AskState.WAITING  # answered before it left: he never saw it
        if waits and replies.has_card(turn.session, ask, ask.chat_id):
            case_cards.render(turn, case, ask, None)
            replies.repeat(turn, case, ask, turn.now)
        elif waits:
            message = case_cards.current(turn, case, ask, None)
            ask.card_uid = ask.ping_uid = turn.say(ask.chat_id, message, kinds.CARD, case=case, ask=ask)
            turn.session.add(ask)
        else:
            case_cards.render(turn, case, ask, None)
