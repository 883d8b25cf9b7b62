"""What has an hour of the day: asked for at 16.00 WIB who is on duty; missed hours are caught up, never twice."""

from datetime import datetime, time, timedelta

from bot.actions import piket
from bot.actions.turn import Turn
from bot.core.hours import PIKET, WIB
from storage import jobs
from storage.session import Session

JOB = "piket"
ASK_UNTIL = time(21)
"""After this nobody is asked any more who is on duty tonight; yesterday's name goes on."""


def ask_piket(turn: Turn) -> int:
    """Ask every team of Dinsos and JSC who is on duty, once a day; returns how many teams were asked."""
    local = turn.now.astimezone(WIB)
    if not PIKET <= local.time() < ASK_UNTIL or not jobs.first(turn.session, JOB, local.date().isoformat(), turn.now):
        return 0
    teams = piket.teams(turn.session, turn.now)
    for team in teams.values():
        piket.ask(turn, team)
    return len(teams)


def next_piket(session: Session, now: datetime) -> datetime | None:
    """When somebody is asked next who is on duty; None when there is no team to ask."""
    if not piket.teams(session, now):
        return None
    local = now.astimezone(WIB)
    today = datetime.combine(local.date(), PIKET, WIB)
    return today if local < today else today + timedelta(days=1)
