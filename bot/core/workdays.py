"""Working days: Monday to Friday in WIB, without holidays and cuti bersama (row 65)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.core.hours import WIB

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off besides Saturday and Sunday, by name, and the years whose cuti bersama are known."""

    days_off: Mapping[date, str] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()

    def works(self, day: date) -> bool:
        """Whether people are at their desks on this day."""
        return day.weekday() < 5 and day not in self.days_off

    def named(self, first: date, last: date) -> list[tuple[date, str]]:
        """The days off with a name from `first` to `last`, both included, that fall on Monday to Friday."""
        return sorted((day, name) for day, name in self.days_off.items() if first <= day <= last and day.weekday() < 5)


def after_working_days(start: datetime, days: int, calendar: Calendar) -> datetime:
    """The same time of day (WIB) on the `days`-th working day after the day of `start`; aware, in WIB.

    The day of `start` does not count, whether it is a working day or not: one working day after Friday 15.00, and
    after any Saturday 15.00, is Monday 15.00. So a later start never ends on an earlier day.
    """
    if days < 1:
        raise ValueError("at least one working day is needed")
    local = start.astimezone(WIB)
    day = local.date()
    while days:
        day += _DAY
        days -= calendar.works(day)
    return datetime.combine(day, local.timetz())


def unknown_years(calendar: Calendar, first: datetime, last: datetime) -> list[int]:
    """The years between two moments for which nobody has told us the cuti bersama."""
    years = range(first.astimezone(WIB).year, last.astimezone(WIB).year + 1)
    return [year for year in years if year not in calendar.known_years]
