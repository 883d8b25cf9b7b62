"""What has an hour of the day: at 16.00 WIB who is on duty, at 08.00 who came in; missed hours are caught up, once."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.actions import look_list, piket
from bot.actions.turn import Turn
from bot.core.hours import LOOK_AT, PIKET, WIB
from storage import jobs, register
from storage.session import Session

JOB = "piket"
LOOK_JOB, LOOK_UNTIL = "looked_at", time(20)
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


def look_due(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Today, if those who look at others have not read yet who came in."""
    local = now.astimezone(WIB)
    day = local.date().isoformat()
    if not LOOK_AT <= local.time() < LOOK_UNTIL or jobs.is_done(session, LOOK_JOB, day):
        return ()
    return (day,) if register.has_keeper(session) else ()


def send_look_lists(turn: Turn, day: str) -> None:
    """Tell each who looks at others, once a day."""
    if jobs.first(turn.session, LOOK_JOB, day, turn.now):
        look_list.send(turn)


def next_look(session: Session, now: datetime) -> datetime | None:
    """When they are told next; None where nobody looks at others."""
    if not register.has_keeper(session):
        return None
    local = now.astimezone(WIB)
    today = datetime.combine(local.date(), LOOK_AT, WIB)
    return today if local < today else today + timedelta(days=1)
