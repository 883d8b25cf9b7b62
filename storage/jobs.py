"""Work that is done once, however many replicas come to it, and however often the bot starts again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete
from sqlalchemy import select as columns_of
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from storage.session import Session
from storage.tables import Job

_job: Any = Job.__table__  # type: ignore[attr-defined]
_IS_DONE = columns_of(_job.c.kind).where(_job.c.kind == bindparam("of_kind"), _job.c.period == bindparam("of_period"))

_DONE = columns_of(_job.c.period, _job.c.done_at).where(_job.c.kind == bindparam("of_kind")).order_by(_job.c.period)


def first(session: Session, kind: str, period: str, now: datetime) -> bool:
    """Whether this transaction is the first to do `kind` for `period`; another one that does it now is waited for."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(_job).values(kind=kind, period=period, done_at=now).on_conflict_do_nothing()
    return session.execute(row.returning(_job.c.kind)).first() is not None


def is_done(session: Session, kind: str, period: str) -> bool:
    """Whether `kind` is done for `period`."""
    return session.core(_IS_DONE, {"of_kind": kind, "of_period": period}).first() is not None


def done(session: Session, kind: str) -> dict[str, datetime]:
    """The periods for which `kind` is done, and since when."""
    return {row.period: row.done_at for row in session.core(_DONE, {"of_kind": kind})}


def undo(session: Session, kind: str, period: str) -> bool:
    """Forget that `kind` was done for `period`; whether it was this transaction that did."""
    result: Any = session.execute(delete(Job).where(col(Job.kind) == kind, col(Job.period) == period))
    return bool(result.rowcount == 1)


def forget_after(session: Session, kinds: Sequence[str], day: date) -> None:
    """Forget what was done for days after `day`; the periods of these kinds are days."""
    session.execute(delete(Job).where(col(Job.kind).in_(kinds), col(Job.period) > day.isoformat()))
