"""The almanac: a year whose days off nobody has told us is said to the admins before it begins (row 65)."""

import logging
from datetime import date, datetime, timedelta

from bot.actions.house import House
from bot.actions.speak import tell_admins
from bot.actions.turn import Turn
from bot.core.hours import WIB
from bot.core.workdays import unknown_years
from storage import jobs, roster
from storage.database import Database

log = logging.getLogger("tersapa.almanac")

AHEAD = timedelta(days=60)
"""Further than fourteen working days reach, so a year is asked for before any clock is reckoned into it."""
KIND = "holidays"


class Almanac:
    """Looks once a day."""

    def __init__(self) -> None:
        self._looked: date | None = None

    async def look(self, db: Database, house: House, now: datetime) -> int:
        """Tell the admins what is not known; returns how many years they were told of."""
        today = now.astimezone(WIB).date()
        if today == self._looked:
            return 0
        years = unknown_years(house.calendar, now, now + AHEAD)
        told = await db.run(lambda session: ask_for(Turn(session, house, now), years), "almanac") if years else 0
        self._looked = today
        return told


def ask_for(turn: Turn, years: list[int]) -> int:
    """Say each unknown year once; while there is no admin to hear it, it is not said."""
    if not roster.reachable_chats(turn.session, "admin", roster.PROVINCE, turn.now):
        return 0
    told = [year for year in years if jobs.first(turn.session, KIND, str(year), turn.now)]
    for year in told:
        log.warning("days off unknown", extra={"year": year})
        tell_admins(turn, "l_libur_belum_tahu", tahun=str(year))
    return len(told)
