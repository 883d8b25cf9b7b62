"""The morning summaries that were made: who waits for one today, made once a day and person, and read or not."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.core.moves import Status
from bot.core.roles import ROLES, View
from storage import jobs, roster
from storage.session import Session
from storage.tables import Ask, Case, Member, Summary
from storage.types import fixed

JOB = "summary"
OWN = tuple(role.code for role in ROLES.values() if role.summary is View.OWN)
"""Roles whose summary is about their own cases, and is sent only when there are any."""
_member: Any = Member.__table__  # type: ignore[attr-defined]
_case: Any = Case.__table__  # type: ignore[attr-defined]
_ask: Any = Ask.__table__  # type: ignore[attr-defined]
_summary: Any = Summary.__table__  # type: ignore[attr-defined]


def waiting(
    session: Session, day: date, roles: Sequence[str], joined: datetime, now: datetime, limit: int
) -> list[int]:
    """Private chats that still wait for the summary of `day`, each once.

    Whoever is out of reach, on leave, or came in after `joined` waits for none.
    """
    mine = _member.alias()
    made = (
        exists()
        .select_from(_summary.join(mine, mine.c.id == _summary.c.member_id))
        .where(mine.c.chat_id == _member.c.chat_id, _summary.c.day == day.isoformat())
    )
    asked = exists().where(
        _ask.c.chat_id == _member.c.chat_id,
        _ask.c.state == fixed("waiting"),
        _case.c.id == _ask.c.case_id,
        _case.c.round == _ask.c.round,
        _case.c.status == Status.OPEN,
    )
    holder = _member.alias()
    owns = exists().where(holder.c.chat_id == _member.c.chat_id, _case.c.owner_id == holder.c.id)
    query = (
        roster.can_be_asked(select(_member.c.chat_id), now)
        .where(_member.c.role.in_(list(roles)), _member.c.chat_id > 0, _member.c.bound_at <= joined, ~made)
        .where(or_(_member.c.role.not_in(OWN), asked, owns))
        .group_by(_member.c.chat_id)
        .order_by(func.min(_member.c.area), _member.c.chat_id)
        .limit(limit)
    )
    return list(session.execute(query).scalars())


def anybody(session: Session, roles: Sequence[str], now: datetime) -> bool:
    """Whether there is anybody to send a summary to."""
    query = roster.can_be_asked(select(_member.c.id), now).where(_member.c.role.in_(list(roles)))
    return session.execute(query.limit(1)).first() is not None


def claim(session: Session, day: date, member_id: str, now: datetime) -> bool:
    """Take the summary of a day and member; True for the one who took it, of however many try at once."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(_summary).values(day=day.isoformat(), member_id=member_id, uid="", sent_at=now)
    mine = row.on_conflict_do_nothing().returning(_summary.c.day)  # the count of rows is not known on every engine
    return session.execute(mine).first() is not None


def sent_as(session: Session, day: date, member_id: str, uid: str) -> None:
    """Note by which message a claimed summary was said."""
    row = session.get(Summary, (day.isoformat(), member_id))
    assert row is not None, "claimed before"
    row.uid = uid
    session.add(row)


def of(session: Session, day: date, chat_id: int) -> Summary | None:
    """The summary that somebody got on a day."""
    query = (
        select(Summary)
        .join(Member, and_(_member.c.id == _summary.c.member_id, _member.c.chat_id == chat_id))
        .where(_summary.c.day == day.isoformat(), _member.c.active, _summary.c.uid != "")
        .limit(1)
    )
    return session.execute(query).scalar_one_or_none()


def complete(session: Session, day: date) -> bool:
    """Whether the summaries of a day are all made."""
    return jobs.is_done(session, JOB, day.isoformat())


def finish(session: Session, day: date, now: datetime) -> None:
    """Every summary of a day is made: nobody is looked for again."""
    jobs.first(session, JOB, day.isoformat(), now)


def forget_after(session: Session, day: date) -> None:
    """The clock was set back to `day`: the summaries of days that have not come are made when they come."""
    session.execute(delete(_summary).where(_summary.c.day > day.isoformat()))
    jobs.forget_after(session, (JOB,), day)
