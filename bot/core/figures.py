"""Figures of a summary: what is counted over an area, and one case of the lists behind them (row 84)."""

from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.core.hours import WIB

RESIDENT, VOLUNTEER, WORKER = "warga", "relawan", "petugas"
"""Who sent a report."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases of an area stand how; areas that do not overlap can be added up.

    unowned: open, nobody has taken it.
    red: of these, those whom nobody further up can be asked about: stuck, or on the last rung, which only repeats.
    late: taken and not waiting, but the owner's next word is overdue; or open, and news that was promised to a
        reporter did not come in time since nobody has the case (they were told so and given a new promise; it
        stays late until somebody takes it).
    waiting: taken, and its owner waits for something outside until a day they named.
    new, done: reported, and closed, on the day before (a day of WIB).
    volunteers, workers: of the new ones, those sent for a resident, and by a worker; residents sent the others.
    answered, helped: reporters who said after an end whether it helped, within the 30 days before, and those who said
        that it did.
    """

    unowned: int = 0
    red: int = 0
    late: int = 0
    waiting: int = 0
    new: int = 0
    done: int = 0
    answered: int = 0
    helped: int = 0
    volunteers: int = 0
    workers: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    @property
    def calm(self) -> bool:
        """Every case has somebody, and nothing is late."""
        return not (self.unowned or self.late)


@dataclass(frozen=True, slots=True)
class Listed:
    """One case of a list; `since` says how long it has been what the list says."""

    case_id: str
    since: datetime


def today(now: datetime) -> date:
    """The day it is in WIB."""
    return now.astimezone(WIB).date()


def moment(day: date, at: time) -> datetime:
    """A time of day in WIB, as a moment in UTC."""
    return datetime.combine(day, at, WIB).astimezone(UTC)


def day_before(day: date) -> tuple[datetime, datetime]:
    """From when until before when the day before `day` lasted in WIB."""
    end = moment(day, time(0))
    return end - timedelta(days=1), end


def month_before(day: date) -> tuple[datetime, datetime]:
    """From when until before when the 30 days before `day` lasted in WIB."""
    end = moment(day, time(0))
    return end - timedelta(days=30), end


def under(code: str, areas: tuple[str, ...]) -> bool:
    """Whether a place is one of these areas or lies in one."""
    return any(code == area or code.startswith(f"{area}.") for area in areas)
