"""The sweep: what is due, some rows a transaction, as many as fit into a pass; one poisoned row stops nobody."""

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import cache, partial
from time import monotonic
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.exc import DBAPIError

from bot.actions.house import House
from bot.actions.turn import Turn
from bot.engine.due import Due, first_after
from storage.database import Database
from storage.session import Session
from storage.types import NOW

log = logging.getLogger("tersapa.sweep")

BATCH = 1000
PASS = 0.5
"""Seconds of a pass."""


class Unasked(Exception):
    """Our code fails when it asks what is due of the kind at this place of the list; the others are asked."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


async def sweep(db: Database, house: House, now: datetime, kinds: Sequence[Due]) -> int:
    """Do what is due, kind by kind in their order; returns how many rows were acted on.

    A kind is asked after the ones before it are done: a leave that begins makes cases due, and a case makes messages.
    What does not fit into `PASS` is done in the next pass, but of each kind a group is done in every one.
    """
    done, ends = 0, monotonic() + PASS
    left = kinds
    while left:
        try:
            kind, rows, left = await db.run(partial(_first, now, left), "due")
        except Unasked as fault:
            log.error("a kind cannot be asked", extra={"kind": left[fault.at].name}, exc_info=fault.__cause__)
            left = left[fault.at + 1 :]
            continue
        for start in range(0, len(rows), kind.together.rows):
            if start and monotonic() > ends:
                break
            group = rows[start : start + kind.together.rows]
            await _on_group(db, kind, house, now, group)
            done += len(group)
    return done


async def _on_group(db: Database, kind: Due, house: House, now: datetime, rows: Sequence[Any]) -> None:
    """Do what is due of some rows in one transaction; if one of them fails, each in its own."""
    try:
        await db.run(partial(_on_rows, kind, house, now, rows), "sweep")
    except Exception as error:
        if len(rows) > 1:
            for row in rows:
                await _on_group(db, kind, house, now, [row])
            return
        log.error("a due row failed", extra={"kind": kind.name, "error": type(error).__name__}, exc_info=error)
        await db.run(lambda session: kind.put_off(Turn(session, house, now), rows[0]), "put_off")


def anything_due(session: Session, now: datetime, kinds: Sequence[Due]) -> bool:
    """Whether there is something to do now, or a kind cannot be asked, which the sweep says.

    The columns of due times are asked in one statement.
    """
    columns = tuple(kind.of for kind in kinds if kind.of is not None)
    if columns and session.core(_come(columns), {"now": now}).scalar_one():
        return True
    try:
        return any(kind.ask(session, now, 1) for kind in kinds if kind.of is None)
    except DBAPIError:
        raise
    except Exception:  # or one kind with a fault of ours would keep the sweep from all the others
        return True


def next_due(session: Session, now: datetime, kinds: Sequence[Due]) -> datetime | None:
    """When something is due next, after now; the columns of due times are asked in one statement."""
    columns = tuple(kind.of for kind in kinds if kind.of is not None)
    moments = [kind.next(session, now) for kind in kinds if kind.of is None]
    if columns:
        moments += session.core(_follow(columns), {"now": now}).one()
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


@cache
def _come(columns: tuple[Any, ...]) -> Select[tuple[bool]]:
    return select(or_(*(exists().where(column <= NOW) for column in columns)))


@cache
def _follow(columns: tuple[Any, ...]) -> Select[Any]:
    return select(*map(first_after, columns))


def _first(now: datetime, kinds: Sequence[Due], session: Session) -> tuple[Due, Sequence[Any], Sequence[Due]]:
    """The first kind of which something is due, its rows, and the kinds after it."""
    for at, kind in enumerate(kinds):
        try:
            rows = kind.ask(session, now, BATCH)
        except DBAPIError:  # the transaction is run again, or the database is away for everybody
            raise
        except Exception as error:
            raise Unasked(at) from error
        if rows:
            return kind, rows, kinds[at + 1 :]
    return kinds[-1], (), ()


def _on_rows(kind: Due, house: House, now: datetime, rows: Sequence[Any], session: Session) -> None:
    turn = Turn(session, house, now)
    for found in kind.together.read(turn, rows):
        kind.act(turn, found)
