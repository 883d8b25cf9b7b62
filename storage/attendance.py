"""Who is away and who is on duty: leaves of members, and the piket of an area (rows 46, 117, 135)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select as columns_of
from sqlmodel import col, select

from bot.core.hours import shift
from storage import roster
from storage.session import Session
from storage.tables import Duty, Leave, Member
from storage.types import MOST, NOW

_leave: Any = Leave.__table__  # type: ignore[attr-defined]
_DUE = columns_of(_leave.c.id).where(_leave.c.due_at <= NOW).order_by(_leave.c.due_at).limit(MOST)


def away(session: Session, member_id: str, now: datetime) -> Leave | None:
    """The leave a member is on at `now`, the one that ends last."""
    query = select(Leave).where(Leave.member_id == member_id, Leave.since <= now, Leave.until > now)
    return session.exec(query.order_by(col(Leave.until).desc()).limit(1)).first()


def leaves(session: Session, members: Sequence[str], since: datetime) -> Sequence[Leave]:
    """The leaves of these members that end after `since`, the first to begin first."""
    query = select(Leave).where(col(Leave.member_id).in_(members), Leave.until > since)
    return session.exec(query.order_by(col(Leave.since))).all()


def take_leave(session: Session, member: Member, since: datetime, until: datetime, by: str, now: datetime) -> Leave:
    """Note that a member is away; the sweep does the rest when it begins and when it ends."""
    leave = Leave(member_id=member.id, since=since, until=until, due_at=max(since, now), set_by=by, created_at=now)
    session.add(leave)
    session.flush()
    return leave


def call_off(session: Session, members: Sequence[str], now: datetime) -> None:
    """The leaves of these members that have not begun never do."""
    coming = select(Leave).where(col(Leave.member_id).in_(members), Leave.since > now)
    for leave in session.exec(coming).all():
        leave.since, leave.until, leave.due_at = now, now, None
        session.add(leave)
    session.flush()


def due(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Ids of the leaves that begin or end now."""
    return session.core(_DUE, {"now": now, "most": limit}).scalars().all()


def duties(session: Session, areas: Sequence[str], now: datetime) -> dict[str, str]:
    """The member on duty for each of these areas: who was named for this shift, else for the one before."""
    day = shift(now)
    days = (day.isoformat(), (day - timedelta(days=1)).isoformat())
    rows = select(Duty.area, Duty.member_id).where(col(Duty.area).in_(areas), col(Duty.day).in_(days))
    return dict(session.exec(rows.order_by(col(Duty.day))).all())  # a later shift's name comes last and stays


def posts(session: Session, role: str, areas: Sequence[str], now: datetime) -> dict[str, str]:
    """Who is on duty for a role, per area that has somebody: who was named, or the only one there is to name.

    Somebody named whom no message can reach, or who is on leave, is not on duty.
    """
    teams: dict[str, list[str]] = {}
    for member_id, area in roster.in_areas(session, role, areas, now):
        teams.setdefault(area, []).append(member_id)
    named = duties(session, areas, now)
    chosen = {area: named.get(area) if len(team) > 1 else team[0] for area, team in teams.items()}
    return {area: member_id for area, member_id in chosen.items() if member_id in teams[area]}


def name_duty(session: Session, area: str, member_id: str, by: str, now: datetime) -> Duty:
    """Put a member on duty for the shift at hand; a later name replaces an earlier one."""
    day = shift(now).isoformat()
    row = session.get(Duty, (area, day)) or Duty(area=area, day=day, member_id=member_id, named_by=by, named_at=now)
    row.member_id, row.named_by, row.named_at = member_id, by, now
    session.add(row)
    session.flush()
    return row


def set_back(session: Session, now: datetime) -> list[str]:
    """The clock was set back: a leave that had begun goes on, as long as it was to be; returns whose they are.

    A leave that had ended stays ended: its member was greeted or came back early, and may have been asked since.
    """
    running = select(Leave).where(Leave.until > now, Leave.since > now, col(Leave.due_at) == col(Leave.until))
    begun = session.exec(running).all()
    for leave in begun:
        until = leave.until - (leave.since - now)
        leave.since, leave.until, leave.due_at = now, until, until
        session.add(leave)
    ended = select(Leave).where(Leave.until > now, col(Leave.due_at).is_(None))
    for leave in session.exec(ended).all():
        leave.since, leave.until = min(leave.since, now), now
        session.add(leave)
    return [leave.member_id for leave in begun]
