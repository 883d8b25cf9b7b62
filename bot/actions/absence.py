"""Nobody waits for who is not there: leave, a blocked bot, a member who left (rows 46, 100, 117)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_
from sqlmodel import Session, col, select

from bot.actions.house import House
from bot.actions.speak import say, speech_for, tell, tell_admins
from bot.core import buttons as b
from bot.core.escalation import LADDER_ROLES, AskState
from bot.core.moves import Status
from bot.core.words import Label, Words
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day_words
from storage import attendance, cases, chats, roster, timeline
from storage.tables import Ask, Case, Leave, Member

LENGTHS = (1, 3, 7, 14)
"""Days that are offered for a leave."""


def take_leave(session: Session, house: House, chat_id: int, days: int, now: datetime) -> datetime | None:
    """A worker is away for so many days from now on, in all his roles of the ladder; None when he has none.

    Whoever waits for his answer waits no more: those cases go on at once. What he holds stays his, but of what waits
    for something he is asked at once.
    """
    members = [member for member in roster.roles_of(session, chat_id) if member.role in LADDER_ROLES]
    if not members or days not in LENGTHS:
        return None
    until = now + timedelta(days=days)
    _end(session, members, now)
    for member in members:
        leave = attendance.take_leave(session, member, now, until, member.id, now)
        _begin(session, house, leave, member, now)
    return until


def come_back(session: Session, chat_id: int, now: datetime) -> bool:
    """A worker is back before his leave ends; False when he was not away."""
    return _end(session, roster.roles_of(session, chat_id), now)


def turn(session: Session, house: House, leave_id: str, now: datetime) -> None:
    """What time does: a leave begins, or is over and its member is greeted."""
    leave = session.get(Leave, leave_id)
    if leave is None or leave.due_at is None or leave.due_at > now:
        return
    member = session.get(Member, leave.member_id)
    if member is None or not member.active or leave.until <= now:
        leave.due_at = None
        session.add(leave)
        if member is not None and member.active and member.chat_id is not None:
            speech = speech_for(session, house, member.chat_id)
            keys = (Key(speech.word("b-tugas"), b.Menu("tugas")),)
            say(session, member.chat_id, Message(speech.say("cuti_selesai"), column(keys)), now)
            cases.reopen_vacant(session, now)
        return
    _begin(session, house, leave, member, now)


def unreachable(session: Session, house: House, chat_id: int, now: datetime) -> None:
    """Messages can no longer reach a chat: admins hear of it, and nobody waits for its person (rows 99, 100)."""
    if not chats.reachable(session, chat_id, False, now):
        return
    if chat_id < 0:
        tell_admins(session, house, "l_grup_hilang", now)
    members = roster.roles_of(session, chat_id)
    for member in members:
        tell_admins(session, house, "l_tak_terjangkau", now, **_post(house, member))
    gone(session, members, "unreachable", now)


def touched(session: Session, members: Sequence[Member]) -> list[str]:
    """Ids of the cases that hang on these people: they were asked and have not answered, or they hold them."""
    ids = [member.id for member in members]
    asked = (
        select(Case.id)
        .join(Ask, and_(col(Case.id) == col(Ask.case_id), col(Case.round) == col(Ask.round)))
        .where(col(Ask.person).in_(ids), Ask.state == AskState.WAITING, Case.status == Status.OPEN)
    )
    held = select(Case.id).where(col(Case.owner_id).in_(ids), Case.status == Status.ACKNOWLEDGED)
    return sorted({*session.exec(asked), *session.exec(held)}) if ids else []


def gone(session: Session, members: Sequence[Member], why: str, now: datetime) -> int:
    """Nobody waits for these people any more: each open case they were asked about is due now; returns how many.

    So is what they hold, if they let it wait, have left, or were asked in vain how it stands: no case lies still until
    a day on which its owner may not be there. Who blocked the bot and still has time may be with the person right now.
    """
    ids, count = {member.id for member in members}, 0
    for case_id in touched(session, members):
        case = cases.lock(session, case_id)
        if case is None:
            continue
        if case.status == Status.OPEN:
            count += _asked_in_vain(session, case, ids, why, now)
        elif case.status == Status.ACKNOWLEDGED and case.owner_id in ids:
            _held_by_nobody(session, case, why, now)
    session.flush()
    return count


def _asked_in_vain(session: Session, case: Case, ids: Collection[str], why: str, now: datetime) -> int:
    """The asks of these people about an open case are dead; returns 1 when there was any."""
    dead = [ask for ask in cases.asks(session, case) if ask.person in ids and ask.state == AskState.WAITING]
    for ask in dead:
        ask.state, ask.reason, case.next_due_at = AskState.DEAD, why, now
        session.add_all((ask, case))
        timeline.note(session, case.id, "absent", timeline.CLOCK, now, role=ask.role, why=why)
    return bool(dead)


def _held_by_nobody(session: Session, case: Case, why: str, now: datetime) -> None:
    if case.waiting_for is not None:
        case.waiting_for = None
        timeline.note(session, case.id, "wait_over", timeline.CLOCK, now, why=why)
    elif why == "leave" or (why == "unreachable" and not case.reminded):
        return
    case.next_due_at = now
    session.add(case)


def _begin(session: Session, house: House, leave: Leave, member: Member, now: datetime) -> None:
    """The member is away from now on: his area's koordinator and the admins hear until when."""
    leave.due_at = leave.until
    session.add(leave)
    gone(session, [member], "leave", now)
    readers = dict.fromkeys(roster.reachable_chats(session, "admin", roster.PROVINCE, now))
    readers |= dict.fromkeys(roster.reachable_chats(session, "koordinator", member.area[:5], now))
    readers.pop(member.chat_id or 0, None)
    tell(
        session,
        house,
        readers,
        "a_cuti",
        now,
        hari=day_words(leave.until),
        jam=clock(leave.until),
        **_post(house, member),
    )


def _post(house: House, member: Member) -> dict[str, str | Label]:
    """A member's role and place, in words: never his name."""
    place = house.known.places.get(member.area)
    return {"peran": Words(f"peran-{member.role}"), "tempat": place.label if place else "Jawa Timur"}


def _end(session: Session, members: Sequence[Member], now: datetime) -> bool:
    """End the leaves of these members that are running."""
    ended = False
    for member in members:
        while (leave := attendance.away(session, member.id, now)) is not None:
            leave.until, leave.due_at, ended = now, None, True
            session.add(leave)
            session.flush()
    if ended:
        cases.reopen_vacant(session, now)
    return ended
