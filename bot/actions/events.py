"""Events for JSC's own system: thin, signed when sent, one per thing that happened (row 90).

What they look like to JSC stands in docs/jsc-webhook.md, whose examples are checked against what is really sent.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session

from bot.actions import letters
from bot.actions.house import House
from storage import outbox
from storage.tables import Case


def climbed(
    session: Session, house: House, case: Case, roles: Sequence[str], now: datetime, *, again: bool = False
) -> None:
    """The case reached the province (again): its own system hears it, and its mailboxes."""
    if any(role in ("jsc", "jsc2") for role in roles):
        emit(session, house, case, "case.escalated", now, repeated=again)
        letters.reached(session, house, case, now)


def emit(session: Session, house: House, case: Case, kind: str, now: datetime, **more: object) -> None:
    """Queue one event; number, category, urgency, place codes and times are all it carries (I10)."""
    if not house.settings.jsc.webhook_url:
        return
    body = {
        "type": kind,
        "timestamp": now.astimezone(UTC).isoformat(),
        "data": {
            "number": case.number,
            "category": case.category,
            "urgency": case.urgency,
            "kabupaten": case.kabupaten,
            "kecamatan": case.kecamatan,
            "desa": case.desa,
            "status": case.status,
            "round": case.round,
            "created_at": case.created_at.astimezone(UTC).isoformat(),
            **more,
        },
    }
    outbox.put(
        session,
        channel=outbox.JSC,
        dest=0,
        kind="event",
        payload=body,
        priority=outbox.URGENT,
        now=now,
        case=(case.id, case.round),
    )
