"""The heartbeat: how long the bot was away, and what that means for the cases that came due meanwhile (row 61)."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.core.escalation import GRACE
from bot.core.moves import Status
from storage.tables import Case, Meta

log = logging.getLogger("tersapa.heartbeat")

BEAT = "heartbeat"
AWAY = timedelta(minutes=3)
"""Longer than Telegram keeps a press (150 s): after this, presses may be lost and people get a grace."""


def beat(session: Session, now: datetime) -> datetime | None:
    """Write that the bot lives; returns the beat before."""
    row = session.get(Meta, BEAT)
    last = row.at if row else None
    if row is None:
        row = Meta(name=BEAT, value="")
    row.at = now
    session.add(row)
    return last


def after_downtime(session: Session, now: datetime, last: datetime | None) -> int:
    """Hold back what came due while the bot was away: darurat climbs at once, the others get ten minutes' grace.

    Returns how many cases are held back.
    """
    if last is None or now - last < AWAY:
        return 0
    held = update(Case).where(
        col(Case.status) == Status.OPEN,
        col(Case.urgency) != "darurat",
        col(Case.rung) >= 0,
        col(Case.next_due_at) <= now + GRACE,
    )
    count = session.exec(held.values(grace_until=now + GRACE, next_due_at=now)).rowcount
    log.warning("was away", extra={"seconds": int((now - last).total_seconds()), "cases": count})
    return int(count)


def last_beat(session: Session) -> datetime | None:
    """When the bot last lived."""
    return session.exec(select(Meta.at).where(Meta.name == BEAT)).one_or_none()
