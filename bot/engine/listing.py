"""When JSC reads the daily list of reports from where the service has not begun: once a day, caught up till evening."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.actions import listing
from bot.actions.house import House
from bot.actions.turn import Turn
from bot.core.figures import moment, today
from bot.core.service import LIST_AT, LIST_ENDS, Service
from bot.engine.due import Due, in_memory
from storage import beyond, jobs
from storage.session import Session

JOB = "listing"


def list_due(service: Service, house: House) -> Due:
    """Today, if there is somebody to read it, and something that waited already at its hour."""

    def ask(session: Session, now: datetime, limit: int) -> Sequence[str]:
        day = today(now)
        begun = moment(day, LIST_AT)
        if service.whole or not begun <= now < moment(day, LIST_ENDS) or jobs.is_done(session, JOB, day.isoformat()):
            return ()
        waits = beyond.any_listed(session, service, begun) and listing.readers(session, house.group, now)
        return (day.isoformat(),) if waits else ()

    def following(session: Session, now: datetime) -> datetime | None:
        if not beyond.any_listed(session, service) or not listing.readers(session, house.group, now):
            return None
        at = moment(today(now), LIST_AT)
        return at if at > now else at + timedelta(days=1)

    return in_memory("listing", ask, _send, following)


def _send(turn: Turn, day: str) -> None:
    if jobs.first(turn.session, JOB, day, turn.now):
        listing.send(turn)
