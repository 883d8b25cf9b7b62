"""A worker's cases in three groups: to be answered, to be done, waiting; counted and read in SQL, page by page (W6).

In each group the gravest come first, of these the late ones, of these what has been so for the longest.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, false, func, or_, select
from sqlalchemy import case as when
from sqlmodel import col
from sqlmodel import select as rows_of

from bot.core.escalation import AskState
from bot.core.moves import Status
from bot.core.task_groups import Group, Item, Tally, spans
from storage.session import Session
from storage.tables import Ask, Case, Member
from storage.types import fixed

_case: Any = Case.__table__  # type: ignore[attr-defined]
_ask: Any = Ask.__table__  # type: ignore[attr-defined]
_OPEN = _case.c.status == fixed(Status.OPEN)
_HELD = and_(_case.c.status == fixed(Status.ACKNOWLEDGED), _case.c.owner_id.is_not(None))
_URGENCY = when((_case.c.urgency == "darurat", 0), (_case.c.urgency == "mendesak", 1), else_=2)
MOST_NAMED = 200
"""Cases among which a typed name is looked for."""


def tallies(session: Session, chat_id: int, now: datetime) -> dict[Group, Tally]:
    """How many cases stand in each group, how many of them are darurat, and how many are late."""
    found = {}
    for group in Group:
        which, late = _which(session, group, chat_id), _late(group, chat_id, now)
        sums = [func.coalesce(func.sum(when((one, 1), else_=0)), 0) for one in (_case.c.urgency == "darurat", late)]
        count, grave, overdue = session.execute(select(func.count(), *sums).select_from(_case).where(which)).one()
        found[group] = Tally(int(count), int(grave), int(overdue))
    return found


def page(session: Session, chat_id: int, now: datetime, wanted: range, counts: dict[Group, Tally]) -> list[Item]:
    """The cases at these places of the whole list."""
    found: list[Item] = []
    for group, part in spans(counts, wanted):
        late = _late(group, chat_id, now)
        query = select(_case.c.id, late.label("late")).where(_which(session, group, chat_id))
        query = query.order_by(_URGENCY, late.desc(), _since(group), _case.c.created_at)
        rows = session.execute(query.limit(len(part)).offset(part.start))
        found += [Item(group, case_id, bool(is_late)) for case_id, is_late in rows]
    return found


def live(session: Session, chat_id: int) -> Sequence[Case]:
    """Every case of a worker's list, the gravest first."""
    either = or_(_which(session, Group.ASKED, chat_id), _held_by(session, chat_id))
    return session.exec(rows_of(Case).where(either).order_by(_URGENCY, col(Case.created_at)).limit(MOST_NAMED)).all()


def owned(session: Session, chat_id: int) -> Sequence[Case]:
    """The cases a worker has, the one they worked on last first."""
    last = func.coalesce(_case.c.heard_at, _case.c.acknowledged_at)
    return session.exec(
        rows_of(Case).where(_held_by(session, chat_id)).order_by(last.desc(), col(Case.created_at)).limit(MOST_NAMED)
    ).all()


def _which(session: Session, group: Group, chat_id: int) -> Any:
    """The cases of a group. A person with two roles is asked once."""
    if group is Group.ASKED:
        members, offered = _members(session, chat_id), _case.alias()
        asked = select(_ask.c.case_id).where(_waits(chat_id))
        handed = select(offered.c.id).where(offered.c.handed_to.in_(members))
        along = select(offered.c.id).where(offered.c.company_id.in_(members), offered.c.company_until.is_not(None))
        goes = and_(_case.c.company_id.in_(members), _case.c.company_until.is_not(None))
        still = or_(and_(_OPEN, _asked(chat_id).exists()), _case.c.handed_to.in_(members), goes)
        return and_(_case.c.id.in_(asked.union_all(handed, along)), still)
    waits = _case.c.waiting_for.is_not(None)
    return and_(_held_by(session, chat_id), waits if group is Group.WAITING else ~waits)


def _held_by(session: Session, chat_id: int) -> Any:
    """The cases that this person has, in any of their roles."""
    members = _members(session, chat_id)
    return and_(_HELD, _case.c.owner_id.in_(members)) if members else false()


def _members(session: Session, chat_id: int) -> Sequence[str]:
    return session.execute(select(col(Member.id)).where(col(Member.chat_id) == chat_id)).scalars().all()


def _asked(chat_id: int) -> Any:
    """The ask of this person in the present round of a case."""
    return select(_ask.c.id).where(_waits(chat_id), _ask.c.case_id == _case.c.id, _ask.c.round == _case.c.round)


def _waits(chat_id: int) -> Any:
    return and_(_ask.c.chat_id == chat_id, _ask.c.state == fixed(AskState.WAITING))


def _late(group: Group, chat_id: int, now: datetime) -> Any:
    """Of whom an answer was awaited until somebody else was asked; whose word is overdue."""
    if group is Group.ASKED:
        return and_(_OPEN, ~_asked(chat_id).where(_ask.c.rung >= _case.c.rung).exists())
    if group is Group.OWNED:
        return or_(_case.c.reminded > 0, _case.c.next_due_at < now)
    return _case.c.next_due_at < now


def _since(group: Group) -> Any:
    """Where the next moment is not stored, the oldest comes first."""
    return _case.c.created_at if group is Group.ASKED else _case.c.next_due_at
