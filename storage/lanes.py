"""Lanes: one per destination, what holds it back and how it fares; a 429 stops one chat and no other."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select, update

from storage import outbox
from storage.outbox import TELEGRAM
from storage.session import Session
from storage.tables import Lane, Outbox
from storage.types import EPOCH, NOW

STALE = timedelta(minutes=30)
"""A chat that was not tried for so long says nothing about Telegram now: its failures are counted anew."""

_out: Any = Outbox.__table__  # type: ignore[attr-defined]
_lane: Any = Lane.__table__  # type: ignore[attr-defined]

_GOES = and_(_lane.c.ready_at <= NOW, or_(_lane.c.paused_until.is_(None), _lane.c.paused_until <= NOW))
_READY = select(func.count()).select_from(_lane).where(_GOES)
_HELD = select(func.min(_lane.c.ready_at)).where(_lane.c.ready_at > NOW)
_PAUSED = select(func.min(_lane.c.paused_until)).where(_lane.c.ready_at.is_not(None), _lane.c.paused_until > NOW)
_ITS = _lane.c.channel == bindparam("of_channel")
_FAILS = and_(_ITS, _lane.c.failing_since.is_not(None))
_FAILING = select(_lane.c.dest, _lane.c.failing_since).where(_FAILS, _lane.c.tokens_at >= NOW).order_by(_lane.c.dest)
_TRYING = select(_lane.c.dest).where(_FAILS, _GOES).limit(1)
_ANSWERED = and_(_lane.c.lease_until.is_(None), _lane.c.failing_since.is_(None))
_ALIVE = select(_lane.c.dest).where(_ITS, _lane.c.tokens_at >= NOW, _ANSWERED).limit(1)
_ABANDON = (
    update(_out)
    .where(_out.c.channel == bindparam("of_channel"), _out.c.dest == bindparam("of_dest"), _out.c.state == "sending")
    .values(state="pending", unknowns=_out.c.unknowns + 1, lease_until=None)
)


def ready(session: Session, now: datetime) -> int:
    """How many lanes have something that may go at `now`."""
    return int(session.core(_READY, {"now": now}).scalar_one())


def next_ready(session: Session, now: datetime) -> datetime | None:
    """When the earliest lane goes on that is held back, paused, or waits for its pace."""
    found = (session.core(query, {"now": now}).scalar_one_or_none() for query in (_HELD, _PAUSED))
    return min((moment for moment in found if moment is not None), default=None)


def pause(session: Session, channel: str, dest: int, until: datetime) -> None:
    """Hold one lane back; everybody else's messages keep moving."""
    lane = and_(_lane.c.channel == channel, _lane.c.dest == dest)
    session.execute(update(_lane).where(lane).values(paused_until=until))


def knock(session: Session, channel: str, *, failing: bool = False) -> None:
    """End the pauses of a channel: whatever was wrong may be right now, so the head of each lane tries again.

    `failing`: only of lanes whose last try failed; a chat that Telegram asked to wait (429) waits.
    """
    paused = and_(_lane.c.channel == channel, _lane.c.paused_until.is_not(None))
    if failing:
        paused = and_(paused, _lane.c.failing_since.is_not(None))
    session.execute(update(_lane).where(paused).values(paused_until=None))


def set_back(session: Session, now: datetime) -> None:
    """The clock was set back: no lane waits for a pause or a pace of a time that never came; its head says how long."""
    fresh = {"paused_until": None, "tokens_at": EPOCH, "ready_at": case((_lane.c.ready_at.is_not(None), EPOCH))}
    since = case((_lane.c.failing_since > now, now), else_=_lane.c.failing_since)
    for moment in (_lane.c.paused_until, _lane.c.tokens_at, _lane.c.failing_since, _lane.c.ready_at):
        session.execute(update(_lane).where(moment > now).values(**fresh, failing_since=since))


def failing(session: Session, channel: str, now: datetime) -> dict[int, datetime]:
    """The lanes of a channel that have failed since their last success, and since when."""
    since = now - STALE if channel == TELEGRAM else EPOCH
    found = session.core(_FAILING, {"of_channel": channel, "now": since})
    return {row.dest: row.failing_since for row in found}


def trying(session: Session, channel: str, now: datetime) -> bool:
    """Whether a lane that failed is being tried again right now, so that soon more is known."""
    return session.core(_TRYING, {"of_channel": channel, "now": now}).first() is not None


def alive(session: Session, channel: str, since: datetime) -> bool:
    """Whether anything of this channel was tried after `since` and answered."""
    return session.core(_ALIVE, {"of_channel": channel, "now": since}).first() is not None


def abandon(session: Session, channel: str, dest: int) -> None:
    """Rows of this lane whose sender is gone: outcome unknown, to be sent again."""
    session.core(_ABANDON, {"of_channel": channel, "of_dest": dest})


def rekey(session: Session, old: int, new: int) -> None:
    """A group became a supergroup: what waits in one lane goes by that of another reference, or by its own again.

    One that is on its way right now may have arrived at the old address: it goes again, counted as unknown.
    """
    abandon(session, TELEGRAM, old)
    waiting = and_(_out.c.channel == TELEGRAM, _out.c.dest == old, _out.c.state == "pending")
    best = session.execute(select(func.min(_out.c.priority)).where(waiting)).scalar_one()
    session.execute(update(_out).where(waiting).values(dest=new))
    session.execute(
        update(_lane).where(_lane.c.channel == TELEGRAM, _lane.c.dest == old).values(ready_at=None, lease_until=None)
    )
    if best is not None:
        outbox.wake(session, TELEGRAM, new, EPOCH, best)
