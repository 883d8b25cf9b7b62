"""The almanac: a year whose days off nobody has told us is said to the admins before it begins (row 65)."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count

from bot.actions.speak import tell_admins
from bot.actions.turn import Turn
from bot.core.hours import WIB
from bot.core.workdays import Calendar, unknown_years
from storage import jobs, roster
from storage.session import Session

log = logging.getLogger("tersapa.almanac")

AHEAD = timedelta(days=60)
"""Further than fourteen working days reach, so a year is asked for before any clock is reckoned into it."""
KIND = "holidays"


class Almanac:
    """Looks once a day."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._looked: date | None = None

    def unsaid(self, session: Session, now: datetime, limit: int) -> Sequence[int]:
        """The unknown years that are near and not said yet; while there is no admin to hear it, there are none."""
        today = now.astimezone(WIB).date()
        if today == self._looked:
            return ()
        years = unknown_years(self._calendar, now, now + AHEAD)
        if years and _heard(session, now):
            told = jobs.done(session, KIND)
            if found := [year for year in years if str(year) not in told]:
                return found
        self._looked = today
        return ()

    def say(self, turn: Turn, year: int) -> bool:
        """Tell the admins of an unknown year, once; whether they were told now."""
        if not jobs.first(turn.session, KIND, str(year), turn.now):
            return False
        log.warning("days off unknown", extra={"year": year})
        tell_admins(turn, "l_libur_belum_tahu", tahun=str(year))
        return True

    def next_year(self, session: Session, now: datetime) -> datetime | None:
        """When the next unknown year is said; a day begins with a look."""
        if not _heard(session, now):
            return None
        local = now.astimezone(WIB)
        told = jobs.done(session, KIND)
        known = self._calendar.known_years
        year = next(year for year in count(local.year) if year not in known and str(year) not in told)
        tomorrow = datetime(local.year, local.month, local.day, tzinfo=WIB) + timedelta(days=1)
        return max(datetime(year, 1, 1, tzinfo=WIB) - AHEAD, tomorrow)


def _heard(session: Session, now: datetime) -> bool:
    return bool(roster.reachable_chats(session, "admin", roster.PROVINCE, now))
