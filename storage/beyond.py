"""Cases where the service has not begun: JSC reads of them in a daily list, and nobody is asked."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, true

from bot.core.moves import Status
from bot.core.service import GRAVE, Service
from storage import roster
from storage.session import Session
from storage.standing import look_now
from storage.tables import Case, Report
from storage.types import fixed

_case: Any = Case.__table__  # type: ignore[attr-defined]
_report: Any = Report.__table__  # type: ignore[attr-defined]
_UNASKED = and_(
    _case.c.next_due_at.is_not(None),
    _case.c.status == fixed(Status.OPEN),
    _case.c.rung < 0,
    _case.c.urgency != GRAVE,
)
_RANK = (_case.c.urgency != "mendesak", _case.c.created_at, _case.c.number)


def listed(session: Session, service: Service, before: datetime, *, but: int = 0) -> list[str]:
    """The ids of the cases that began to wait before a moment, the gravest first; not those that chat `but` sent."""
    own = select(_report.c.case_id).where(_report.c.chat_id == but)
    query = select(_case.c.id).where(*_where(service), _case.c.round_at < before, _case.c.id.not_in(own))
    return list(session.execute(query.order_by(*_RANK)).scalars())


def any_listed(session: Session, service: Service, before: datetime | None = None) -> bool:
    """Whether there are any; `before` as above, None for all."""
    since = true() if before is None else _case.c.round_at < before
    return (
        not service.whole
        and session.execute(select(_case.c.id).where(*_where(service), since).limit(1)).first() is not None
    )


def count(session: Session, service: Service, areas: Collection[str]) -> int:
    """How many there are in these areas."""
    within = true() if roster.PROVINCE in areas else or_(_case.c.kabupaten.in_(areas), _case.c.kecamatan.in_(areas))
    query = select(func.count()).select_from(_case).where(*_where(service), within)
    return 0 if service.whole else int(session.execute(query).scalar_one())


def begin(session: Session, service: Service, now: datetime) -> int:
    """The service has come to where some of them are: these are looked at now; returns how many."""
    here = true() if service.whole else _case.c.kabupaten.in_(service.kabupaten)
    return look_now(session, and_(_UNASKED, ~_case.c.stuck, here, _case.c.next_due_at > now), now)


def _where(service: Service) -> tuple[Any, ...]:
    outside = and_(_case.c.kabupaten.is_not(None), _case.c.kabupaten.not_in(service.kabupaten))
    return _UNASKED, outside
