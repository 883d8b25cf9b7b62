"""The sweep: what is due, one row at a time, each in its own transaction; one poisoned row stops nobody."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.actions import absence, ladder, owners, promises
from bot.actions.house import House
from bot.core.moves import Status
from storage import attendance, cases, drafts
from storage.database import Database
from storage.tables import Case, Leave, Report

log = logging.getLogger("tersapa.sweep")

BATCH = 200
POISONED = timedelta(minutes=1)

Nudge = Callable[[Session, House, int, datetime], None]


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of row that time acts on: which are due, and what is done with one."""

    name: str
    ask: Callable[[Session, datetime, int], Sequence[Any]]
    do: Callable[[Session, House, Any, datetime], None]
    put_off: Callable[[Session, Any, datetime], None]


def _step_case(session: Session, house: House, case_id: str, now: datetime) -> None:
    case = cases.lock(session, case_id, skip=True)
    if case is None or case.next_due_at is None or case.next_due_at > now:
        return
    if case.status == Status.ACKNOWLEDGED:
        owners.follow_up(session, house, case, now)
    else:
        ladder.step(session, house, case, now)


def _put_off_case(session: Session, case_id: str, now: datetime) -> None:
    case = session.get(Case, case_id)
    if case is not None and case.next_due_at is not None:
        case.next_due_at = now + POISONED
        session.add(case)


def _put_off_draft(session: Session, chat_id: int, now: datetime) -> None:
    draft = drafts.of(session, chat_id)
    if draft is not None:
        draft.due_at = now + POISONED
        session.add(draft)


def _put_off_promise(session: Session, report_id: str, now: datetime) -> None:
    report = session.get(Report, report_id)
    if report is not None and report.promised_at is not None:
        report.promised_at = now + POISONED
        session.add(report)


def _put_off_leave(session: Session, leave_id: str, now: datetime) -> None:
    leave = session.get(Leave, leave_id)
    if leave is not None and leave.due_at is not None:
        leave.due_at = now + POISONED
        session.add(leave)


CASES = Due("case", cases.due, _step_case, _put_off_case)
PROMISES = Due("promise", promises.due, promises.broken, _put_off_promise)
LEAVES = Due("leave", attendance.due, absence.turn, _put_off_leave)


def drafts_due(nudge: Callable[[Session, House, Any, datetime], None]) -> Due:
    """Drafts whose hour has come; what is said then belongs to the conversation and is handed in."""
    return Due("draft", drafts.due, nudge, _put_off_draft)


async def sweep(db: Database, house: House, now: datetime, kinds: Sequence[Due]) -> int:
    """Do what is due; returns how many rows were acted on."""
    done = 0
    found = await db.run(lambda session: [kind.ask(session, now, BATCH) for kind in kinds], "due")
    for kind, rows in zip(kinds, found, strict=True):
        for row in rows:
            try:
                await db.run(lambda session, kind=kind, row=row: kind.do(session, house, row, now), "sweep")  # type: ignore[misc]
            except Exception as error:
                log.error(
                    "a due row failed",
                    extra={"kind": kind.name, "error": type(error).__name__},
                    exc_info=error,
                )
                await db.run(lambda session, kind=kind, row=row: kind.put_off(session, row, now), "put_off")  # type: ignore[misc]
            done += 1
    return done
