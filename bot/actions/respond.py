"""What a worker does with a case: acknowledge, decline, escalate, undo, give back, report progress, wait, close.

Every deed comes through `case_for`, the one door, inside its own transaction: role and area are read again at
each press, the case is held, and the table of moves decides. So exactly one of two who press together wins.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.actions import case_cards, deadlines, events, ladder, news, owners, replies
from bot.actions.turn import Turn
from bot.core.escalation import AskState, Stuck, Wait
from bot.core.figures import today
from bot.core.moves import Event, Status, after
from bot.core.ownership import ONE_WORD, waits_until
from storage import cases, roster, timeline
from storage.cases import case_for
from storage.session import Session
from storage.tables import Ask, Case, Member

UNDO = timedelta(minutes=2)
OUTCOMES = ("tertolong", "bukan_kasus")


@dataclass(frozen=True, slots=True)
class Done:
    """It is done; `case` is as it now stands, `member` is who did it."""

    case: Case
    member: Member


@dataclass(frozen=True, slots=True)
class Stale:
    """Too late, or no longer so: what is true now is said instead."""

    case: Case
    member: Member
    owner: Member | None
    owner_name: str | None = None

    @property
    def mine(self) -> bool:
        """Whether the presser is the owner himself."""
        return self.owner is not None and self.owner.chat_id == self.member.chat_id


@dataclass(frozen=True, slots=True)
class NotYours:
    """Not his, or not there: the two look alike."""


@dataclass(frozen=True, slots=True)
class Already:
    """Everybody up to the end of the ladder was asked a moment ago; they are asked again at `until`."""

    case: Case
    until: datetime


Outcome = Done | Stale | NotYours | Already


def acknowledge(turn: Turn, case_id: str, round_: int, user_id: int) -> Outcome:
    """*Saya tangani*: the first one wins, everybody else's card changes, the reporter hears it (row 40)."""
    found = case_for(turn.session, case_id, user_id)
    if found is None:
        return NotYours()
    case, member = found
    moved = after(Status(case.status), Event.ACKNOWLEDGE)
    if moved is None or case.round != round_:
        return _stale(turn.session, case, member)
    case.status, case.owner_id, case.acknowledged_at = moved, member.id, turn.now
    case.heard, case.stuck = 0, False
    owners.await_word(turn, case)
    for ask in cases.asks(turn.session, case):
        if ask.state == AskState.WAITING:
            ask.state = AskState.OVER
            turn.session.add(ask)
    timeline.note(turn.session, case.id, "acknowledge", member.id, turn.now, role=member.role, round=case.round)
    case_cards.refresh(turn, case)
    news.taken(turn, case)
    events.emit(turn, case, "case.acknowledged", role=member.role)
    return Done(case, member)


def read(turn: Turn, case_id: str, user_id: int) -> Outcome:
    """*Buka rincian*: logged, and the ladder runs on (row 140)."""
    found = case_for(turn.session, case_id, user_id)
    if found is None:
        return NotYours()
    case, member = found
    timeline.note(turn.session, case.id, "read", member.id, turn.now, role=member.role)
    return Done(case, member)


def decline(turn: Turn, case_id: str, round_: int, reason: str, user_id: int) -> Outcome:
    """*Tidak bisa*: this ask is over, and if nobody else on the rung is left the next person is asked at once."""
    found = _open_case(turn.session, case_id, round_, user_id, Event.DECLINE)
    if not isinstance(found, Done):
        return found
    case, member = found.case, found.member
    ask = _ask_of(turn.session, case, member)
    if ask is None or ask.state != AskState.WAITING:
        return _stale(turn.session, case, member)
    ask.state, ask.reason = AskState.DECLINED, reason
    turn.session.add(ask)
    timeline.note(turn.session, case.id, "decline", member.id, turn.now, reason=reason)
    turn.session.flush()
    case_cards.render(turn, case, ask, None)
    replies.close(turn, ask)
    ladder.step(turn, case)
    return Done(case, member)


def escalate(turn: Turn, case_id: str, round_: int, user_id: int) -> Outcome:
    """*Eskalasi sekarang*: the next rung at once; a stale button cannot do it twice (rows 58, 59)."""
    found = _open_case(turn.session, case_id, round_, user_id, Event.DECLINE)
    if not isinstance(found, Done):
        return found
    case, member = found.case, found.member
    ask = _ask_of(turn.session, case, member)
    if ask is None or ask.state != AskState.WAITING or ask.rung < case.rung:
        return _stale(turn.session, case, member)
    timeline.note(turn.session, case.id, "escalate", member.id, turn.now, rung=case.rung)
    action = ladder.climb_now(turn, case)
    return Already(case, action.until) if isinstance(action, Wait | Stuck) else Done(case, member)


def undo(turn: Turn, case_id: str, round_: int, user_id: int) -> Outcome:
    """*Salah pencet*: only the winner, only within two minutes; the clock runs on as if nothing was pressed."""
    found = _owned_case(turn.session, case_id, round_, user_id)
    if not isinstance(found, Done):
        return found
    assert found.case.acknowledged_at is not None
    if turn.now - found.case.acknowledged_at > UNDO:
        return _stale(turn.session, found.case, found.member)
    owners.release(turn, found.case, found.member.id, why="undo", undo=True)
    owners.go_on(turn, found.case)
    return found


def give_back(turn: Turn, case_id: str, round_: int, user_id: int) -> Outcome:
    """*Kembalikan*: the ladder takes the case back from its owner; at JSC any colleague may give it back."""
    found = _owned_case(turn.session, case_id, round_, user_id, team="jsc")
    if isinstance(found, Done):
        owners.release(turn, found.case, found.member.id, why="given_back")
        events.emit(turn, found.case, "case.released")
        owners.go_on(turn, found.case)
    return found


def progress(turn: Turn, case_id: str, round_: int, user_id: int) -> Outcome:
    """*Sedang dikerjakan*: the owner was heard; the visit is awaited next, and then a word in 14 working days."""
    found = _owned_case(turn.session, case_id, round_, user_id)
    if isinstance(found, Done):
        case = found.case
        _heard(turn, case)
        owners.await_word(turn, case)
        timeline.note(turn.session, case.id, "progress", found.member.id, turn.now)
    return found


def hold(turn: Turn, case_id: str, round_: int, reason: str, days: int, user_id: int) -> Outcome:
    """*Menunggu …*: the owner was heard; until that morning nobody asks him, and the case is not late (rows 57, 138).

    Its reporter hears so, at most once a day. The same press once more changes nothing.
    """
    found = _owned_case(turn.session, case_id, round_, user_id)
    if not isinstance(found, Done):
        return found
    case = found.case
    until = waits_until(days, turn.now, deadlines.policy_of(turn.session, case).hours)
    if (case.waiting_for, case.next_due_at) == (reason, until):
        return found
    moved, before = after(Status(case.status), Event.WAIT), timeline.last(turn.session, case.id, "wait")
    assert moved is not None
    _heard(turn, case)
    case.status, case.waiting_for, case.next_due_at, case.reminded = moved, reason, until, 0
    turn.session.add(case)
    timeline.note(turn.session, case.id, "wait", found.member.id, turn.now, reason=reason, days=days)
    if before is None or today(before) != today(turn.now):
        news.waiting(turn, case)
    events.emit(turn, case, "case.waiting", reason=reason, until=until.astimezone(UTC).isoformat())
    return found


def holding(session: Session, case_id: str, round_: int, user_id: int) -> Outcome:
    """The questions before *Menunggu …*: only its owner is asked them, and nothing changes yet."""
    return _owned_case(session, case_id, round_, user_id)


def close(turn: Turn, case_id: str, round_: int, outcome: str, user_id: int) -> Outcome:
    """*Selesai* with an outcome (row 71): the case is at an end and its reporters hear so."""
    found = _owned_case(turn.session, case_id, round_, user_id)
    if not isinstance(found, Done):
        return found
    case = found.case
    moved = after(Status(case.status), Event.CLOSE)
    assert moved is not None
    case.status, case.outcome, case.closed_at = moved, outcome, turn.now
    case.next_due_at, case.owner_id, case.waiting_for = None, None, None
    turn.session.add(case)
    timeline.note(turn.session, case.id, "close", found.member.id, turn.now, outcome=outcome)
    news.closed(turn, case)
    events.emit(turn, case, "case.closed", outcome=outcome)
    return found


def _open_case(session: Session, case_id: str, round_: int, user_id: int, event: Event) -> Outcome:
    found = case_for(session, case_id, user_id)
    if found is None:
        return NotYours()
    case, member = found
    if after(Status(case.status), event) is None or case.round != round_:
        return _stale(session, case, member)
    return Done(case, member)


def _owned_case(session: Session, case_id: str, round_: int, user_id: int, team: str | None = None) -> Outcome:
    """The case, if the presser is its owner; with `team`, also for those who share that role with the owner."""
    found = case_for(session, case_id, user_id)
    if found is None:
        return NotYours()
    case, member = found
    owner = session.get(Member, case.owner_id) if case.owner_id else None
    if case.status != Status.ACKNOWLEDGED or case.round != round_ or owner is None:
        return _stale(session, case, member)
    if owner.chat_id == user_id:
        return Done(case, owner)
    return (
        Done(case, member) if team is not None and owner.role == member.role == team else _stale(session, case, member)
    )


def _heard(turn: Turn, case: Case) -> None:
    """The owner said a word; two presses close together are one."""
    before = [at for event in ("progress", "wait") if (at := timeline.last(turn.session, case.id, event)) is not None]
    if not before or case.heard == 0 or turn.now - max(before) > ONE_WORD:
        case.heard += 1


def _ask_of(session: Session, case: Case, member: Member) -> Ask | None:
    mine = {role.id for role in roster.roles_of(session, member.chat_id or 0)}
    found = [ask for ask in cases.asks(session, case) if ask.person in mine]
    if member.role == "jsc" and not found:
        found = [ask for ask in cases.asks(session, case) if ask.person == cases.GROUP]
    return max(found, key=lambda ask: ask.rung, default=None)


def _stale(session: Session, case: Case, member: Member) -> Stale:
    owner = session.get(Member, case.owner_id) if case.owner_id else None
    return Stale(case, member, owner, roster.name_of(session, owner) if owner else None)
