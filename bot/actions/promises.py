"""Promises to reporters: the next news comes by then, and what is said when it did not (rows 75, 76, 123)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select

from bot.actions import deadlines, news
from bot.actions.turn import Turn
from bot.core.moves import Status
from storage import cases, timeline
from storage.session import Session
from storage.tables import Case, Report
from storage.types import MOST, NOW

PUT_OFF = timedelta(minutes=15)
"""A case on which nobody could be asked has no plan to promise by; its reporter is looked at again after this."""
_OPEN = select(Report.id).join(Case, col(Case.id) == col(Report.case_id)).where(Case.status == Status.OPEN)
_DUE = _OPEN.where(col(Report.promised_at) <= NOW).order_by(col(Report.promised_at)).limit(MOST)


def due(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Ids of the reports whose promise is broken at `now`."""
    return session.exec(_DUE, params={"now": now, "most": limit}).all()


def next_due(session: Session) -> datetime | None:
    """When the next promise would be broken."""
    query = select(Report.promised_at).join(Case, col(Case.id) == col(Report.case_id))
    query = query.where(col(Report.promised_at).is_not(None), Case.status == Status.OPEN)
    return session.exec(query.order_by(col(Report.promised_at)).limit(1)).first()


def broken(turn: Turn, report_id: str) -> None:
    """Say sorry for one broken promise, and promise anew by what the ladder does next."""
    case, report = _held(turn.session, report_id)
    if case is None or report is None or not _is_broken(case, report, turn.now):
        return
    if case.stuck or case.fired_at is None:
        news.stuck(turn, case)
        return
    until = max(deadlines.promise(turn.session, case, deadlines.policy_of(turn.session, case)), turn.now + PUT_OFF)
    news.late(turn, case, report, deadlines.asked_role(turn.session, case), until)
    timeline.note(turn.session, case.id, "late", timeline.CLOCK, turn.now, report=report.id)


def broken_by_outage(turn: Turn, report_id: str, since: datetime) -> None:
    """The bot was away when the news was due: say from when to when, and promise anew."""
    case, report = _held(turn.session, report_id)
    if case is None or report is None or not _is_broken(case, report, turn.now):
        return
    news.outage(turn, case, report, since)
    if not case.stuck and case.fired_at is not None:
        until = deadlines.promise(turn.session, case, deadlines.policy_of(turn.session, case))
        report.promised_at = max(until, turn.now + PUT_OFF)
        turn.session.add(report)
    timeline.note(turn.session, case.id, "outage", timeline.CLOCK, turn.now, report=report.id)


def _held(session: Session, report_id: str) -> tuple[Case | None, Report | None]:
    report = session.get(Report, report_id)
    case = cases.lock(session, report.case_id) if report is not None else None
    if report is not None:
        session.refresh(report)
    return case, report


def _is_broken(case: Case, report: Report, now: datetime) -> bool:
    return case.status == Status.OPEN and report.promised_at is not None and report.promised_at <= now
