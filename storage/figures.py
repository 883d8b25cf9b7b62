"""How many cases stand how, and which: counted in SQL over areas, never case by case (row 84).

Nothing here reads a case that is over, save those that ended on the day before; nor a timeline.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import and_, false, func, or_, select, true, union
from sqlalchemy import case as when

from bot.core.after_end import NO, YES
from bot.core.figures import VOLUNTEER, WORKER, Counts, Listed, day_before, month_before
from bot.core.moves import Status
from storage import roster
from storage.session import Session
from storage.tables import Case, Policy, Report
from storage.types import fixed

Kind = Literal["unowned", "red", "late", "waiting", "new", "done"]
_case: Any = Case.__table__  # type: ignore[attr-defined]
_report: Any = Report.__table__  # type: ignore[attr-defined]
_policy: Any = Policy.__table__  # type: ignore[attr-defined]
ALIVE = _case.c.next_due_at.is_not(None)
OPEN = _case.c.status == fixed(Status.OPEN)
WAITS = _case.c.waiting_for.is_not(None)


def counts(
    session: Session, areas: Sequence[str], by: Literal["kabupaten", "kecamatan"], day: date, now: datetime
) -> dict[str, Counts]:
    """The figures of `day`'s summary for each kabupaten or kecamatan in `areas`; "" for cases of unknown place.

    What each figure counts is said at `Counts`. Their sum is the figure of `areas`.
    """
    start, end = day_before(day)
    standing = {"unowned": OPEN, "red": _red(session), "late": _silent(now), "waiting": WAITS}
    found: dict[str, Counts] = {}

    def add(names: Sequence[str], figures: Sequence[Any], *which: Any) -> None:
        query = select(_case.c[by], *figures).where(_within(areas), *which).group_by(_case.c[by])
        for code, *numbers in session.execute(query):
            more = Counts(**{name: int(number) for name, number in zip(names, numbers, strict=True)})
            found[code or ""] = found.get(code or "", Counts()) + more

    sums = [func.sum(when((condition, 1), else_=0)) for condition in standing.values()]
    add(tuple(standing), sums, ALIVE)
    add(("late",), [func.count()], OPEN, _case.c.id.in_(_broken(now)))
    add(("new",), [func.count()], _case.c.created_at >= start, _case.c.created_at < end)
    add(("done",), [func.count()], *_done(start, end))
    for code, more in _by_whom(session, areas, by, day).items():
        found[code] = found.get(code, Counts()) + more
    for code, more in _helped(session, areas, by, day).items():
        found[code] = found.get(code, Counts()) + more
    return found


def _by_whom(
    session: Session, areas: Sequence[str], by: Literal["kabupaten", "kecamatan"], day: date
) -> dict[str, Counts]:
    """Who sent the new ones; the first report of a case bears its number."""
    start, end = day_before(day)
    sums = [func.sum(when((_report.c.sent_by == who, 1), else_=0)) for who in (VOLUNTEER, WORKER)]
    query = select(_case.c[by], *sums).join(_report, _report.c.case_id == _case.c.id)
    query = query.where(_within(areas), _case.c.created_at >= start, _case.c.created_at < end)
    query = query.where(_report.c.number == _case.c.number).group_by(_case.c[by])
    return {code or "": Counts(volunteers=int(one), workers=int(two)) for code, one, two in session.execute(query)}


def _helped(
    session: Session, areas: Sequence[str], by: Literal["kabupaten", "kecamatan"], day: date
) -> dict[str, Counts]:
    """What reporters answered after an end (row 79)."""
    start, end = month_before(day)
    yes = func.sum(when((_report.c.helped == YES, 1), else_=0))
    query = select(_case.c[by], func.count(), yes).join(_report, _report.c.case_id == _case.c.id)
    query = query.where(_within(areas), _report.c.helped_at >= start, _report.c.helped_at < end)
    query = query.where(_report.c.helped.in_((YES, NO))).group_by(_case.c[by])
    return {code or "": Counts(answered=int(all_), helped=int(good)) for code, all_, good in session.execute(query)}


def total(session: Session, kind: Kind, areas: Sequence[str], day: date, now: datetime) -> int:
    """How many cases a list has."""
    condition = _condition(session, kind, day, now)
    query = select(func.count()).select_from(_case).where(_within(areas), condition)
    return int(session.execute(query).scalar_one())


def listed(session: Session, kind: Kind, areas: Sequence[str], day: date, now: datetime, span: range) -> list[Listed]:
    """A span of the cases of a list: the gravest first, and of these the one that has been so for the longest."""
    since = _since(kind).label("since")
    rank = when((_case.c.urgency == "darurat", 0), (_case.c.urgency == "mendesak", 1), else_=2)
    query = (
        select(_case.c.id, since)
        .where(_within(areas), _condition(session, kind, day, now))
        .order_by(rank, since, _case.c.number)
        .limit(len(span))
        .offset(span.start)
    )
    return [Listed(*row) for row in session.execute(query)]


def _within(areas: Sequence[str]) -> Any:
    if roster.PROVINCE in areas:
        return true()
    return or_(_case.c.kabupaten.in_(areas), _case.c.kecamatan.in_(areas))


def _condition(session: Session, kind: Kind, day: date, now: datetime) -> Any:
    """What each figure counts."""
    start, end = day_before(day)
    match kind:
        case "unowned":
            return and_(ALIVE, OPEN)
        case "red":
            return and_(ALIVE, _red(session))
        case "late":
            return and_(ALIVE, or_(_silent(now), and_(OPEN, _case.c.id.in_(_broken(now)))))
        case "waiting":
            return and_(ALIVE, WAITS)
        case "new":
            return and_(_case.c.created_at >= start, _case.c.created_at < end)
        case "done":
            return and_(*_done(start, end))


def _done(start: datetime, end: datetime) -> tuple[Any, ...]:
    return _case.c.closed_at >= start, _case.c.closed_at < end, _case.c.status == Status.CLOSED


def _red(session: Session) -> Any:
    """Nobody further up can be asked: stuck, or on the last rung of the ladder the case began with."""
    lasts = {row.id: len(json.loads(row.body)["rungs"]) - 1 for row in session.execute(select(_policy))}
    ends = (and_(_case.c.policy_id == policy, _case.c.rung >= last) for policy, last in lasts.items())
    return and_(OPEN, or_(_case.c.stuck, or_(false(), *ends)))


def _silent(now: datetime) -> Any:
    """Taken and not waiting, but a word of the owner is overdue."""
    return and_(_case.c.owner_id.is_not(None), ~WAITS, or_(_case.c.reminded > 0, _case.c.next_due_at < now))


def _broken(now: datetime) -> Any:
    """The cases of which a reporter's news is late: they were told so, or will be at the next beat."""
    told = select(_report.c.case_id).where(_report.c.late_at.is_not(None))
    return union(told, select(_report.c.case_id).where(_report.c.promised_at < now))


def _since(kind: Kind) -> Any:
    """Since when a case is what its list says."""
    match kind:
        case "unowned" | "red":  # without a human: since the round began, or since its owner let it go
            return func.coalesce(_case.c.released_at, _case.c.round_at)
        case "waiting":  # since its owner last said so
            return func.coalesce(_case.c.heard_at, _case.c.acknowledged_at)
        case "late":
            overdue = func.coalesce(_case.c.asked_at, _case.c.next_due_at)
            broken = func.coalesce(_first(_report.c.late_at), _first(_report.c.promised_at))
            return when((_case.c.owner_id.is_(None), broken), else_=overdue)
        case "new":
            return _case.c.created_at
        case "done":
            return _case.c.closed_at


def _first(moment: Any) -> Any:
    """The earliest of these moments among the reports of a case."""
    query = select(func.min(moment)).where(_report.c.case_id == _case.c.id)
    return query.correlate(_case).scalar_subquery()
