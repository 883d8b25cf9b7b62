"""What has an hour of the day: asked for at 16.00 WIB who is on duty; missed hours are caught up, never twice."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.actions import piket
from bot.actions.turn import Turn
from bot.core.hours import PIKET, WIB
from storage import jobs
from storage.session import Session

JOB = "piket"
ASK_UNTIL = time(21)
"""After this nobody is asked any more who is on duty tonight; yesterday's name goes on."""


def piket_due(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Today, if its teams of Dinsos and JSC are still to be asked who is on duty."""
    local = now.astimezone(WIB)
    day = local.date().isoformat()
    if not PIKET <= local.time() < ASK_UNTIL or jobs.is_done(session, JOB, day):
        return ()
    return (day,) if piket.teams(session, now) else ()


def ask_piket(turn: Turn, day: str) -> None:
    """Ask every team who is on duty, once a day."""
    if jobs.first(turn.session, JOB, day, turn.now):
        for team in piket.teams(turn.session, turn.now).values():
            piket.ask(turn, team)


def next_piket(session: Session, now: datetime) -> datetime | None:
    """When somebody is asked next who is on duty; None when there is no team to ask."""
    if not piket.teams(session, now):
        return None
    local = now.astimezone(WIB)
    today = datetime.combine(local.date(), PIKET, WIB)
    return today if local < today else today + timedelta(days=1)
