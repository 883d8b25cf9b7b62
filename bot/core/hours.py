"""Hours in which a message may ring: calendar hours in WIB (UTC+7, no summer time)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")
PIKET = time(16)
"""When a shift of the people on duty begins, in WIB (row 135)."""

LOOK_AT = time(8)
"""When somebody reads who came in, and who has been silent too long, in WIB (row 149)."""


NIGHT, DAWN = time(22), time(5)
"""Between these nobody is asked to go to a darurat: they phone."""


def night_until(at: datetime) -> datetime | None:
    """When the night of `at` ends (05.00 WIB); None by day."""
    local = at.astimezone(WIB)
    if DAWN <= local.time() < NIGHT:
        return None
    day = local.date() + timedelta(days=local.time() >= NIGHT)
    return datetime.combine(day, DAWN, WIB).astimezone(UTC)


def shift(at: datetime) -> date:
    """The day on which the shift of `at` began: before 16.00 WIB it is yesterday's."""
    return (at.astimezone(WIB) - timedelta(hours=PIKET.hour)).date()


@dataclass(frozen=True, slots=True)
class Hours:
    """From `opens` until before `closes`, in WIB; `sunday` False keeps Sundays quiet; equal times = always open."""

    opens: time = time(0)
    closes: time = time(0)
    sunday: bool = True

    @property
    def always(self) -> bool:
        """True when nothing is ever held back."""
        return self.opens == self.closes and self.sunday

    def is_open(self, at: datetime) -> bool:
        """Whether a message may ring at `at` (aware)."""
        local = at.astimezone(WIB)
        if not self.sunday and local.weekday() == 6:
            return False
        if self.opens == self.closes:
            return True
        clock = local.time()
        if self.opens < self.closes:
            return self.opens <= clock < self.closes
        return clock >= self.opens or clock < self.closes

    def opening(self, at: datetime) -> datetime:
        """`at` itself when open, else the next opening, in UTC."""
        if self.is_open(at):
            return at
        local = at.astimezone(WIB)
        for ahead in range(9):
            for moment in (time(0), self.opens):
                start = datetime.combine(local.date() + timedelta(days=ahead), moment, WIB)
                if start >= local and self.is_open(start):
                    return start.astimezone(UTC)
        raise AssertionError("a week without an open hour")  # pragma: no cover - Hours cannot express it
