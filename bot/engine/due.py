"""What time does, kind by kind: which rows are due, what is done with one, and when the next one is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import SQLModel

from bot.actions.turn import Turn
from storage.session import Session
from storage.types import NOW

POISONED = timedelta(minutes=1)
"""A row on which our code fails is tried again after this."""

Ask = Callable[[Session, datetime, int], Sequence[Any]]
Deed = Callable[[Turn, Any], object]
Next = Callable[[Session, datetime], datetime | None]
Read = Callable[[Turn, Sequence[Any]], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Together:
    """How many rows share a transaction; `read` makes of them, in a few statements, what the deed is done with."""

    rows: int
    read: Read


ALONE = Together(1, lambda _, rows: rows)
"""A row is a transaction, and the deed reads what it needs."""


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of thing that time does.

    `next` is never later than the moment at which `ask` first names a row, as long as nothing but time changes; None
    when time alone brings nothing.
    """

    name: str
    ask: Ask
    act: Deed
    put_off: Deed
    next: Next
    together: Together = ALONE
    of: Any = None
    """The column of the due time, if `ask` names just the rows for which it has come."""


def in_column(
    name: str, ask: Ask, act: Deed, *, of: Any, put_off: Deed | None = None, together: Together = ALONE
) -> Due:
    """A kind whose rows have a due time in a column, such as `Leave.due_at`; `ask` names rows by their primary key."""
    table: type[SQLModel] = of.class_
    earliest = select(first_after(of))

    def later(turn: Turn, key: Any) -> None:
        row = turn.session.get(table, key)
        if row is not None and getattr(row, of.key) is not None:
            setattr(row, of.key, turn.now + POISONED)
            turn.session.add(row)

    def following(session: Session, now: datetime) -> datetime | None:
        found: datetime | None = session.core(earliest, {"now": now}).scalar_one()
        return found

    return Due(name, ask, act, put_off or later, following, together, of)


def first_after(column: Any) -> Any:
    """The earliest moment of a column after now, as a part of a statement."""
    return select(func.min(column)).where(column > NOW).scalar_subquery()


def in_memory(name: str, ask: Ask, act: Deed, next_due: Next) -> Due:
    """A kind that has no row of its own to put off: what failed rests in memory."""
    resting: dict[Any, datetime] = {}

    def rested(session: Session, now: datetime, limit: int) -> Sequence[Any]:
        for key, until in list(resting.items()):
            if not now < until <= now + POISONED:  # it has rested, or the clock was set back
                del resting[key]
        return [key for key in ask(session, now, limit + len(resting)) if key not in resting]

    def put_off(turn: Turn, key: Any) -> None:
        resting[key] = turn.now + POISONED

    def following(session: Session, now: datetime) -> datetime | None:
        moments = (next_due(session, now), *resting.values())
        return min((moment for moment in moments if moment is not None), default=None)

    return Due(name, rested, act, put_off, following)
