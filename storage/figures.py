"""How many cases stand how, and which: counted in SQL over areas, never case by case (row 84)."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import and_, case, exists, false, func, or_, select, true

from bot.core.figures import Counts, Listed, day_before
from bot.core.moves import Status
from storage import roster
from storage.session import Session
from storage.tables import Case, Policy, Report, Timeline

Kind = Literal["unowned", "red", "late", "waiting", "new", "done"]
_case: Any = Case.__table__  # type: ignore[attr-defined]
_report: Any = Report.__table__  # type: ignore[attr-defined]
_timeline: Any = Timeline.__table__  # type: ignore[attr-defined]
_policy: Any = Policy.__table__  # type: ignore[attr-defined]


def counts(
    session: Session, areas: Sequence[str], by: Literal["kabupaten", "kecamatan"], day: date, now: datetime
) -> dict[str, Counts]:
    """The figures of `day`'s summary for each kabupaten or kecamatan in `areas`; "" for cases of unknown place.

    What each figure counts is said at `Counts`. Their sum is the figure of `areas`.
    """
    conditions = _conditions(session, day, now)
    sums = [func.sum(case((condition, 1), else_=0)) for condition in conditions.values()]
    start, _ = day_before(day)
    alive = or_(_case.c.next_due_at.is_not(None), _case.c.created_at >= start, _case.c.closed_at >= start)
    query = select(_case.c[by], *sums).where(_within(areas), alive).group_by(_case.c[by])
    found: dict[str, Counts] = {}
    for code, *numbers in session.execute(query):
        found[code or ""] = Counts(*(int(number) for number in numbers))
    return found


def total(session: Session, kind: Kind, areas: Sequence[str], day: date, now: datetime) -> int:
    """How many cases a list has."""
    condition = _conditions(session, day, now)[kind]
    query = select(func.count()).select_from(_case).where(_within(areas), condition)
    return int(session.execute(query).scalar_one())


def listed(session: Session, kind: Kind, areas: Sequence[str], day: date, now: datetime, span: range) -> list[Listed]:
    """A span of the cases of a list: the gravest first, and of these the one that has been so for the longest."""
    since = _since(kind).label("since")
    rank = case((_case.c.urgency == "darurat", 0), (_case.c.urgency == "mendesak", 1), else_=2)
    query = (
        select(_case.c.id, since)
        .where(_within(areas), _conditions(session, day, now)[kind])
        .order_by(rank, since, _case.c.number)
        .limit(len(span))
        .offset(span.start)
    )
    return [Listed(*row) for row in session.execute(query)]


def _within(areas: Sequence[str]) -> Any:
    if roster.PROVINCE in areas:
        return true()
    return or_(_case.c.kabupaten.in_(areas), _case.c.kecamatan.in_(areas))


def _conditions(session: Session, day: date, now: datetime) -> dict[Kind, Any]:
    """What each figure counts, in the order of `Counts`."""
    start, end = day_before(day)
    unowned = _case.c.status == Status.OPEN
    promise = or_(
        exists().where(_report.c.case_id == _case.c.id, _report.c.promised_at < now), _told_late().is_not(None)
    )
    owned, waits = _case.c.owner_id.is_not(None), _case.c.waiting_for.is_not(None)
    silent = and_(owned, ~waits, or_(_case.c.reminded > 0, _case.c.next_due_at < now))
    return {
        "unowned": unowned,
        "red": and_(unowned, or_(_case.c.stuck, _at_the_end(session))),
        "late": or_(silent, and_(unowned, promise)),
        "waiting": waits,
        "new": and_(_case.c.created_at >= start, _case.c.created_at < end),
        "done": and_(_case.c.status == Status.CLOSED, _case.c.closed_at >= start, _case.c.closed_at < end),
    }


def _at_the_end(session: Session) -> Any:
    """On the last rung of the ladder the case began with."""
    lasts = {row.id: len(json.loads(row.body)["rungs"]) - 1 for row in session.execute(select(_policy))}
    return or_(false(), *(and_(_case.c.policy_id == policy, _case.c.rung >= last) for policy, last in lasts.items()))


def _since(kind: Kind) -> Any:
    """Since when a case is what its list says."""
    if kind in ("unowned", "red"):  # without a human: since the round began, or since its owner let it go
        return _unowned_since()
    if kind == "waiting":  # since its owner last said so
        return func.coalesce(_moments(func.max, _timeline.c.event == "wait"), _case.c.acknowledged_at)
    if kind == "late":
        said = _timeline.alias()
        heard = (
            select(func.max(said.c.at))
            .where(said.c.case_id == _case.c.id, said.c.actor == _case.c.owner_id, said.c.event != "read")
            .correlate(_case)
            .scalar_subquery()
        )
        asked = _moments(func.min, _timeline.c.event == "follow_up", _timeline.c.at > heard)
        promised = (
            select(func.min(_report.c.promised_at))
            .where(_report.c.case_id == _case.c.id)
            .correlate(_case)
            .scalar_subquery()
        )
        overdue = func.coalesce(asked, _case.c.next_due_at)
        return case((_case.c.owner_id.is_(None), func.coalesce(_told_late(), promised)), else_=overdue)
    return _case.c.created_at if kind == "new" else _case.c.closed_at


def _unowned_since() -> Any:
    """Since when a case is without a human: since its round began, or its last owner let it go."""
    released = _moments(func.max, _timeline.c.event == "release", _timeline.c.at >= _case.c.round_at)
    return func.coalesce(released, _case.c.round_at)


def _told_late() -> Any:
    """When a reporter was first told that their news is late, since nobody has the case; a new promise came with it."""
    news = _timeline.alias()
    query = select(func.min(news.c.at)).where(
        news.c.case_id == _case.c.id, news.c.event.in_(("late", "outage")), news.c.at >= _unowned_since()
    )
    return query.correlate(_case).scalar_subquery()


def _moments(which: Any, *conditions: Any) -> Any:
    """The first or last moment of a case's timeline that these conditions hold of."""
    query = select(which(_timeline.c.at)).where(_timeline.c.case_id == _case.c.id, *conditions)
    return query.correlate(_case).scalar_subquery()
