"""Promises to reporters: the next news comes by then, and what is said when it did not (rows 75, 76, 123)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select as columns_of
from sqlmodel import col, select

from bot.actions import deadlines, news
from bot.actions.casefile import CaseFile
from bot.actions.casefiles import open_all
from bot.actions.turn import Turn
from bot.core.moves import Status
from storage import timeline
from storage.session import Session
from storage.tables import Report
from storage.types import MOST, NOW

Late = tuple[CaseFile, Report]
"""A report whose news is late, and its case."""
PUT_OFF = timedelta(minutes=15)
"""A case on which nobody could be asked has no plan to promise by; its reporter is looked at again after this."""
_report: Any = Report.__table__  # type: ignore[attr-defined]
_DUE = columns_of(_report.c.id).where(_report.c.promised_at <= NOW).order_by(_report.c.promised_at).limit(MOST)
_NEXT = select(Report.promised_at).where(col(Report.promised_at).is_not(None)).order_by(col(Report.promised_at))


def due(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Ids of the reports whose promise is broken at `now`."""
    return session.execute(_DUE, {"now": now, "most": limit}).scalars().all()


def next_due(session: Session) -> datetime | None:
    """When the next promise would be broken."""
    return session.exec(_NEXT.limit(1)).first()


def void(session: Session, reports: Sequence[Report], *, late: bool) -> None:
    """Nothing is promised any more; with `late`, nobody is late any more either: a new wait begins, or none."""
    for report in reports:
        report.promised_at = None
        if late:
            report.late_at = None
        session.add(report)


def late(turn: Turn, report_ids: Sequence[str]) -> list[Late]:
    """These reports with their cases, held."""
    query = select(Report.case_id).where(col(Report.id).in_(report_ids))
    files = open_all(turn, turn.session.exec(query).all())
    return [(file, report) for file in files for report in file.reports if report.id in report_ids]


def broken(turn: Turn, found: Late) -> None:
    """Say sorry for one broken promise, and promise anew by what the ladder does next."""
    file, report = found
    if not _is_broken(turn, file, report):
        return
    if file.case.stuck or file.case.fired_at is None:
        news.stuck(turn, file)
        return
    until = max(deadlines.promise(file), turn.now + PUT_OFF)
    news.late(turn, file, report, deadlines.asked_role(file), until)
    report.late_at = report.late_at or turn.now
    timeline.note(turn.session, file.case.id, "late", timeline.CLOCK, turn.now, report=report.id)


def broken_by_outage(turn: Turn, found: Late, since: datetime) -> None:
    """The bot was away when the news was due: say from when to when, and promise anew."""
    file, report = found
    if not _is_broken(turn, file, report):
        return
    news.outage(turn, file, report, since)
    report.late_at = report.late_at or turn.now
    if not file.case.stuck and file.case.fired_at is not None:
        report.promised_at = max(deadlines.promise(file), turn.now + PUT_OFF)
        turn.session.add(report)
    timeline.note(turn.session, file.case.id, "outage", timeline.CLOCK, turn.now, report=report.id)


def _is_broken(turn: Turn, file: CaseFile, report: Report) -> bool:
    """Whether what was promised to a reporter is broken; of a case that somebody has nothing is promised any more."""
    if file.case.status != Status.OPEN:
        void(turn.session, [report], late=False)
        return False
    return report.promised_at is not None and report.promised_at <= turn.now
