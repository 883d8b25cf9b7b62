"""Nobody waits for who is not there: leave, a blocked bot (rows 46, 100, 117)."""

from collections.abc import Collection, Sequence

from sqlalchemy import and_
from sqlmodel import col, select

from bot.actions import company, handing, roster_words
from bot.actions.casefile import CaseFile, hold
from bot.actions.moving import move
from bot.actions.speak import tell, tell_admins
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.company import is_expected
from bot.core.escalation import AskState
from bot.core.leave_flow import Leaving
from bot.core.moves import Event, Status
from bot.core.roles import LADDER_ROLES
from bot.core.standing import Given
from bot.core.words import Literal
from bot.texts.clean import masked
from bot.texts.message import Key, Message, column
from bot.texts.times import at_words, day_words
from storage import attendance, cases, chats, roster, timeline
from storage.session import Session
from storage.tables import Ask, Case, Leave, Member
from storage.types import fixed


def posts(session: Session, chat_id: int) -> list[Member]:
    """The roles of a worker that a ladder asks; empty for everybody else."""
    return [member for member in roster.roles_of(session, chat_id) if member.role in LADDER_ROLES]


def has_deputy(turn: Turn, chat_id: int) -> bool:
    """Whether a deputy of the kecamatan can be asked while this worker is away."""
    places = [("deputy", member.area) for member in posts(turn.session, chat_id) if member.role == "tksk"]
    return bool(places and roster.askable(turn.session, places, turn.now))


def standing(turn: Turn, chat_id: int) -> Leave | None:
    """The leave that a worker is on, else the next one to come; None when there is none."""
    ids = [member.id for member in posts(turn.session, chat_id)]
    return next(iter(attendance.leaves(turn.session, ids, turn.now)), None)


def take_leave(turn: Turn, chat_id: int, leaving: Leaving) -> bool:
    """A worker is away from then to then, in all their roles of the ladder; False when they have none.

    The koordinator, the admins and a deputy who stands in are told at once. From its beginning nobody waits for the
    worker's answer: those cases go on. What they hold stays theirs, but of what waits for something they are asked.
    """
    members = posts(turn.session, chat_id)
    now = leaving.since <= turn.now
    if now:
        _end(turn, members)
    for member in members:
        leave = attendance.take_leave(turn.session, member, leaving.since, leaving.until, member.id, turn.now)
        leave.by_deputy = leaving.by_deputy
        if now:
            _begin(turn, leave, member)
        when = {**at_words(leaving.until), "mulai": day_words(leaving.since)}
        name = leaving.stand_in
        stand_in = Literal(masked(name.text)) if isinstance(name, Literal) else name
        readers = _readers(turn, member, deputies=leaving.by_deputy)
        tell(turn, readers, "a_cuti", pengganti=stand_in, **when, **roster_words.words(turn.house, member))
    return bool(members)


def come_back(turn: Turn, chat_id: int) -> bool:
    """A worker is back before their leave ends, or calls off the one to come; False when there was none.

    Whoever was told of it hears that it is over.
    """
    members = roster.roles_of(turn.session, chat_id)
    ids = [member.id for member in members]
    told = {leave.member_id: leave.by_deputy for leave in attendance.leaves(turn.session, ids, turn.now)}
    attendance.call_off(turn.session, ids, turn.now)
    _end(turn, members)
    for member in members:
        if member.id in told:
            readers = _readers(turn, member, deputies=told[member.id])
            tell(turn, readers, "a_kembali", **roster_words.words(turn.house, member))
    return bool(told)


def turn(turn: Turn, leave_id: str) -> None:
    """What time does: a leave begins, or is over and its member is greeted."""
    leave = turn.session.get(Leave, leave_id, with_for_update=True)  # another replica may be at it
    if leave is None or leave.due_at is None or leave.due_at > turn.now:
        return
    member = turn.session.get(Member, leave.member_id)
    if member is None or not member.active or leave.until <= turn.now:
        leave.due_at = None
        turn.session.add(leave)
        turn.session.flush()
        still = member is not None and attendance.away(turn.session, member.id, turn.now) is not None
        if not still and member is not None and member.active and member.chat_id is not None:
            speech = turn.speech(member.chat_id)
            keys = (Key(speech.word("b-tugas"), b.Menu("tugas")),)
            turn.say(member.chat_id, Message(speech.say("cuti_selesai"), column(keys)))
            cases.reopen_vacant(turn.session, turn.now)
        return
    _begin(turn, leave, member)


def unreachable(turn: Turn, chat_id: int) -> None:
    """Messages can no longer reach a chat: admins hear of it, and nobody waits for its person (rows 99, 100)."""
    if not chats.reachable(turn.session, chat_id, False, turn.now):
        return
    if chat_id < 0:
        tell_admins(turn, "l_grup_hilang")
    members = roster.roles_of(turn.session, chat_id)
    for member in members:
        tell_admins(turn, "l_tak_terjangkau", **roster_words.words(turn.house, member))
    gone(turn, members, "unreachable")


def touched(session: Session, members: Sequence[Member]) -> list[str]:
    """Ids of the cases that hang on these people: they were asked and have not answered, or they hold them.

    Or whoever holds one asks them to take it over, or to go along.
    """
    ids = [member.id for member in members]
    asked = (
        select(Case.id)
        .join(Ask, and_(col(Case.id) == col(Ask.case_id), col(Case.round) == col(Ask.round)))
        .where(col(Ask.person).in_(ids), col(Ask.state) == fixed(AskState.WAITING), Case.status == Status.OPEN)
    )
    held = select(Case.id).where(col(Case.owner_id).in_(ids))
    handed = select(Case.id).where(col(Case.handed_to).in_(ids))
    along = select(Case.id).where(col(Case.company_id).in_(ids))
    return sorted({case for one in (asked, held, handed, along) for case in session.exec(one)}) if ids else []


def gone(turn: Turn, members: Sequence[Member], why: str) -> int:
    """Nobody waits for these people any more: each open case they were asked about is due now; returns how many.

    So is what they have, but on leave only if they let it wait: whoever blocked the bot or has left can say no word.
    """
    ids, count = {member.id for member in members}, 0
    for case_id in touched(turn.session, members):
        file = hold(turn, case_id)
        if file is None:
            continue
        if file.case.handed_to in ids:
            file = handing.lapse(turn, file, why)
        if file.case.company_id in ids and is_expected(file.case.company_says):
            file = company.lose(turn, file, why)
        if file.case.status == Status.OPEN:
            count += _asked(turn, file, ids, why)
        elif file.case.status == Status.ACKNOWLEDGED and file.case.owner_id in ids:
            _held(turn, file, why)
    turn.session.flush()
    return count


def _asked(turn: Turn, file: CaseFile, ids: Collection[str], why: str) -> int:
    """The asks of these people about an open case end; returns 1 when there was any."""
    waiting = [ask for ask in file.asks if ask.person in ids and ask.state == AskState.WAITING]
    for ask in waiting:
        file = move(turn, file, Event.LOSE, Given(people=(ask.person,), role=ask.role, reason=why))
    return bool(waiting)


def _held(turn: Turn, file: CaseFile, why: str) -> None:
    """The owner is asked, or loses the case, at the next beat: where something is waited for, and where nothing is."""
    case = file.case
    waited = case.waiting_for is not None
    if why == "leave" and not waited:
        return
    move(turn, file, Event.LOSE)
    if waited:
        timeline.note(turn.session, case.id, "wait_over", timeline.CLOCK, turn.now, why=why)


def _begin(turn: Turn, leave: Leave, member: Member) -> None:
    """The member is away from now on."""
    leave.due_at = leave.until
    turn.session.add(leave)
    gone(turn, [member], "leave")


def _readers(turn: Turn, member: Member, *, deputies: bool) -> list[int]:
    """Who hears of a leave: admins, the koordinator, and the deputies of the kecamatan if they stand in."""
    places = [("admin", roster.PROVINCE), ("koordinator", member.area[:5])]
    if deputies:
        places.append(("deputy", member.area))
    found = [chat for role, area in places for chat in roster.reachable_chats(turn.session, role, area, turn.now)]
    return [chat for chat in dict.fromkeys(found) if chat != member.chat_id]


def _end(turn: Turn, members: Sequence[Member]) -> bool:
    """End the leaves of these members that are running."""
    ended = False
    for member in members:
        while (leave := attendance.away(turn.session, member.id, turn.now)) is not None:
            leave.until, leave.due_at, ended = turn.now, None, True
            turn.session.add(leave)
            turn.session.flush()
    if ended:
        cases.reopen_vacant(turn.session, turn.now)
    return ended
