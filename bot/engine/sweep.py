"""The sweep: what is due, one row at a time, each in its own transaction; one poisoned row stops nobody."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.actions import absence, ladder, owners, promises
from bot.actions.house import House
from bot.actions.turn import Turn
from bot.core.moves import Status
from storage import attendance, cases, drafts
from storage.database import Database
from storage.session import Session
from storage.tables import Case, Leave, Report

log = logging.getLogger("tersapa.sweep")

BATCH = 200
POISONED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of row that time acts on: which are due, and what is done with one."""

    name: str
    ask: Callable[[Session, datetime, int], Sequence[Any]]
    do: Callable[[Turn, Any], None]
    put_off: Callable[[Turn, Any], None]


def _step_case(turn: Turn, case_id: str) -> None:
    case = cases.lock(turn.session, case_id, skip=True)
    if case is None or case.next_due_at is None or case.next_due_at > turn.now:
        return
    if case.status == Status.ACKNOWLEDGED:
        owners.follow_up(turn, case)
    else:
        ladder.step(turn, case)


def _put_off_case(turn: Turn, case_id: str) -> None:
    case = turn.session.get(Case, case_id)
    if case is not None and case.next_due_at is not None:
        case.next_due_at = turn.now + POISONED
        turn.session.add(case)


def _put_off_draft(turn: Turn, name: drafts.Name) -> None:
    draft = drafts.named(turn.session, name)
    if draft is not None:
        draft.due_at = turn.now + POISONED
        turn.session.add(draft)


def _put_off_promise(turn: Turn, report_id: str) -> None:
    report = turn.session.get(Report, report_id)
    if report is not None and report.promised_at is not None:
        report.promised_at = turn.now + POISONED
        turn.session.add(report)


def _put_off_leave(turn: Turn, leave_id: str) -> None:
    leave = turn.session.get(Leave, leave_id)
    if leave is not None and leave.due_at is not None:
        leave.due_at = turn.now + POISONED
        turn.session.add(leave)


CASES = Due("case", cases.due, _step_case, _put_off_case)
PROMISES = Due("promise", promises.due, promises.broken, _put_off_promise)
LEAVES = Due("leave", attendance.due, absence.turn, _put_off_leave)


def drafts_due(nudge: Callable[[Turn, Any], None]) -> Due:
    """Drafts whose hour has come; what is said then belongs to the conversation and is handed in."""
    return Due("draft", drafts.due, nudge, _put_off_draft)


async def sweep(db: Database, house: House, now: datetime, kinds: Sequence[Due]) -> int:
    """Do what is due; returns how many rows were acted on."""
    done = 0
    found = await db.run(lambda session: [kind.ask(session, now, BATCH) for kind in kinds], "due")
    for kind, rows in zip(kinds, found, strict=True):
        for row in rows:
            try:
                await db.run(partial(_on_row, kind.do, house, now, row), "sweep")
            except Exception as error:
                log.error("a due row failed", extra={"kind": kind.name, "error": type(error).__name__}, exc_info=error)
                await db.run(partial(_on_row, kind.put_off, house, now, row), "put_off")
            done += 1
    return done


def _on_row(act: Callable[[Turn, Any], None], house: House, now: datetime, row: Any, session: Session) -> None:
    act(Turn(session, house, now), row)
