"""Promises to reporters: the next news comes by then, and what is said when it did not (rows 75, 76, 123, 134)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, update
from sqlalchemy import case as when
from sqlalchemy import select as columns_of
from sqlmodel import col, select

from bot.actions import deadlines, fixed_clock, news
from bot.actions.casefile import CaseFile
from bot.actions.casefiles import open_all
from bot.actions.telling import TAKEN, offer
from bot.actions.turn import Turn
from bot.core.moves import Status
from bot.core.news_clock import APART, Told, promised
from storage import timeline
from storage.session import Session
from storage.tables import Report
from storage.types import MOST, NOW

Late = tuple[CaseFile, Report]
"""A report whose news is due, and its case."""
_report: Any = Report.__table__  # type: ignore[attr-defined]
_DUE = columns_of(_report.c.id).where(_report.c.news_at <= NOW).order_by(_report.c.news_at).limit(MOST)
_OVERDUE = columns_of(_report.c.id).where(_report.c.promised_at <= NOW).order_by(_report.c.promised_at).limit(MOST)


def due(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Ids of the reports whose reporter is to be told something at `now`."""
    return session.core(_DUE, {"now": now, "most": limit}).scalars().all()


def overdue(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Ids of the reports whose promise has come and was not kept yet."""
    return session.core(_OVERDUE, {"now": now, "most": limit}).scalars().all()


def begin(turn: Turn, file: CaseFile, report: Report) -> datetime | None:
    """What the receipt promises; None when nobody can be asked and only the fixed clock goes on."""
    turn.session.add(report)
    if file.owner is not None:  # whoever sent it
        report.told, plan = TAKEN, None
    elif file.listed:
        report.told, plan = news.LISTED, news.morning(turn, report)
    elif file.case.stuck or file.case.fired_at is None:
        report.told, plan = news.STUCK, None
    else:
        report.told = news.asked(file)
        plan = promised(file.case.urgency, Told(), deadlines.promise(file, turn.now))
    if report.fixed_clock:
        report.promised_at = fixed_clock.begin(turn, file, report)
    else:
        report.promised_at = plan
    report.news_at = report.promised_at
    return plan and report.promised_at


def set_back(session: Session, now: datetime) -> None:
    """The clock was set back: who was told in a future that never came was told now, and is looked at now.

    So is whoever waits for a morning past a promise. Else a fixed clock goes by when the report was sent.
    """
    future = and_(_report.c.told_at > now, ~_report.c.fixed_clock)
    waits = and_(_report.c.news_at > now, or_(future, _report.c.promised_at <= now))
    told_at = when((_report.c.told_at > now, now), else_=_report.c.told_at)
    session.execute(update(_report).where(waits).values(news_at=now, told_at=told_at))


def wait_anew(session: Session, reports: Sequence[Report]) -> None:
    """Somebody had the case: its reporters begin to wait anew, and nobody is late."""
    for report in reports:
        report.late_at = None
        session.add(report)


def found(turn: Turn, report_ids: Sequence[str]) -> list[Late]:
    """These reports with their cases, held."""
    query = select(Report.case_id).where(col(Report.id).in_(report_ids))
    files = open_all(turn, turn.session.exec(query).all())
    return [(file, report) for file in files for report in file.reports if report.id in report_ids]


def tell(turn: Turn, late: Late) -> None:
    """A moment has come: what waited for it is said as it is now, or what was promised, with a new promise."""
    file, report = late
    if report.news_at is None or report.news_at > turn.now:
        return
    over = _over(turn, report)
    overlong = over and report.promised_at is not None and turn.now - report.promised_at > APART
    if report.fixed_clock:
        piece = fixed_clock.piece(turn, file, report, late=overlong)
    else:
        piece = news.as_it_is(turn, file, report, over=over, late=overlong)
    _note(turn, file, report, "late")
    offer(turn, file, report, replace(piece, must=True) if over else piece)


def tell_outage(turn: Turn, late: Late, since: datetime) -> None:
    """The bot was away when the news was due: say from when to when, and promise anew."""
    file, report = late
    if not _over(turn, report):
        return
    if file.case.status != Status.OPEN:  # it was about to be said that somebody has it, or of its end
        tell(turn, late)
        return
    plan: datetime | None = None
    if report.fixed_clock:
        plan = fixed_clock.following(turn, file, report)
    elif file.listed:
        plan = news.morning(turn, report)
    elif not file.case.stuck and file.case.fired_at is not None:
        plan = deadlines.promise(file, turn.now)
    _note(turn, file, report, "outage")
    offer(turn, file, report, news.outage(report, plan, since, turn.now))


def _over(turn: Turn, report: Report) -> bool:
    """Whether a promised moment has come."""
    return report.promised_at is not None and report.promised_at <= turn.now


def _note(turn: Turn, file: CaseFile, report: Report, event: str) -> None:
    """A promised moment came and nobody has the case: the supervisors read so until somebody takes it.

    A fixed clock promises what has nothing to do with the ladder: it shows nothing before that is at its end. Where the
    service has not begun, news comes as it was promised.
    """
    at_the_end = file.case.stuck or file.case.rung >= len(file.policy.rungs) - 1
    kept = file.listed or (report.fixed_clock and not at_the_end)
    if file.case.status != Status.OPEN or kept or not _over(turn, report):
        return
    report.late_at = report.late_at or turn.now
    timeline.note(turn.session, file.case.id, event, timeline.CLOCK, turn.now, report=report.id)
