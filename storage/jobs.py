"""Periodic work that is done once: a missed one is caught up, two replicas do it once."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.tables import Job


def once(session: Session, kind: str, period: str, now: datetime) -> bool:
    """Whether this transaction is the one that does the work of this period."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(Job).values(kind=kind, period=period, done_at=now).on_conflict_do_nothing()
    return bool(session.execute(row).rowcount)  # type: ignore[attr-defined]


def done(session: Session, kind: str, period: str) -> bool:
    """Whether the work of this period was done."""
    return session.get(Job, (kind, period)) is not None
