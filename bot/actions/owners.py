"""A case that somebody holds: his word is awaited, he is asked for it, at last the ladder takes it back (row 56)."""

from datetime import datetime

from sqlmodel import Session, col, update

from bot.actions import case_cards, deadlines, ladder, news, replies
from bot.actions.house import House
from bot.actions.speak import facts, say, speech_for
from bot.core.escalation import AskState, Climb, Stuck
from bot.core.moves import Event, Status, after
from bot.core.ownership import FIRST_WORD, heard_by
from bot.texts import case_card as cards
from bot.texts.message import Message
from storage import cases, outbox, roster, timeline
from storage.tables import Ask, Case, Member

FOLLOW_UPS = 2
"""How often an owner of whom nothing is heard is asked before his case climbs again (row 56)."""


def follow_up(session: Session, house: House, case: Case, now: datetime) -> None:
    """An owner of whom nothing was heard is asked, asked again, and then the case climbs on (row 56).

    So is one who waited for something: on its day the waiting is over, whatever he says. Whom no message can reach any
    more is not asked into the void: the case climbs on at once (row 100).
    """
    assert case.acknowledged_at is not None and case.owner_id is not None
    hours = deadlines.policy_of(session, case).hours
    if not hours.is_open(now):  # looked at late, in quiet hours
        case.next_due_at = hours.opening(now)
        session.add(case)
        return
    case.waiting_for = None
    owner = session.get(Member, case.owner_id)
    chat = owner.chat_id if owner is not None and roster.hears(session, owner) else None
    if chat is not None and case.reminded < FOLLOW_UPS:
        case.reminded += 1
        speech = speech_for(session, house, chat)
        case.next_due_at = hours.opening(now + FIRST_WORD[case.urgency])
        message = cards.follow_up(speech, facts(session, house, case), case.acknowledged_at, case.next_due_at)
        say(session, chat, message, now, kind="follow_up", priority=outbox.PING, case=case)
        timeline.note(session, case.id, "follow_up", timeline.CLOCK, now, times=case.reminded)
        session.add(case)
        return
    release(session, house, case, timeline.CLOCK, now, why="absent" if chat is None else "silence")
    if chat is not None:
        told = Message(speech_for(session, house, chat).say("w_lepas", nomor=case.number))
        say(session, chat, told, now, priority=outbox.PING)
    go_on(session, house, case, now)


def go_on(session: Session, house: House, case: Case, now: datetime) -> None:
    """The next step of a case that was taken and is open again; its reporter hears it, whoever is asked."""
    action = ladder.step(session, house, case, now)
    if not isinstance(action, Stuck) and not (isinstance(action, Climb) and action.rung > 0):
        news.goes_on(session, house, case, deadlines.promise(session, case, deadlines.policy_of(session, case)), now)


def await_word(session: Session, house: House, case: Case, now: datetime) -> None:
    """The owner took the case or was heard: from now on his next deadline counts, and he was not asked yet."""
    assert case.acknowledged_at is not None
    hours, calendar = deadlines.policy_of(session, case).hours, house.calendar
    case.reminded, case.waiting_for = 0, None
    case.next_due_at = heard_by(case.urgency, case.acknowledged_at, case.heard, now, hours, calendar)
    session.add(case)


def release(
    session: Session, house: House, case: Case, actor: str, now: datetime, *, why: str, undo: bool = False
) -> None:
    """An acknowledged case is open again: whoever was asked and is still there may answer again, its owner said no."""
    moved = after(Status(case.status), Event.UNDO if undo else Event.RELEASE)
    assert moved is not None
    former = case.owner_id
    case.status, case.owner_id, case.acknowledged_at, case.next_due_at = moved, None, None, now
    case.reminded, case.heard, case.waiting_for = 0, 0, None
    session.add(case)
    session.flush()
    over = update(Ask).where(col(Ask.case_id) == case.id, col(Ask.round) == case.round, col(Ask.state) == AskState.OVER)
    if not undo:
        over_owner = over.where(col(Ask.person) == former)
        session.exec(over_owner.values(state=AskState.DECLINED, reason=why))
    away = roster.absent(session, [ask.person for ask in cases.asks(session, case)], now)
    session.exec(over.where(col(Ask.person).in_(away)).values(state=AskState.DEAD, reason="absent"))
    session.exec(over.values(state=AskState.WAITING))
    timeline.note(session, case.id, "undo" if undo else "release", actor, now, why=why)
    session.expire_all()
    unread = outbox.cancelled(session, [ask.ping_uid for ask in cases.asks(session, case)])
    for ask in cases.asks(session, case):
        waits = ask.ping_uid in unread and ask.state == AskState.WAITING  # answered before it left: he never saw it
        if waits and replies.has_card(session, ask, ask.chat_id):
            case_cards.render(session, house, case, ask, None, now)
            replies.repeat(session, house, case, ask, now, now)
        elif waits:
            message = case_cards.current(session, house, case, ask, None, now)
            ask.card_uid = ask.ping_uid = say(
                session, ask.chat_id, message, now, kind="card", priority=outbox.PING, case=case, ask=ask.id
            )
            session.add(ask)
        else:
            case_cards.render(session, house, case, ask, None, now)
