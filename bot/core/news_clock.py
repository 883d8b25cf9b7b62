"""When a reporter hears news: never two within five minutes, few a day, none at night but for darurat (row 124).

Only one piece does not wait: that in darurat nobody has it any more, said to whoever believes that somebody comes.

Who may share the phone, or the house, with somebody who harms hears by a clock of their own (row 134): its times follow
from when this report was sent, so they tell nothing of the case and of no other report. No clock is read here.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core.hours import WIB, Hours

OVER = "status-selesai"
"""The word by which the fixed clock tells an end: until it was said, its reporter does not know of it."""
LOUD = Hours(time(6), time(21))
"""Outside these hours there is no news, save in darurat."""
APART = timedelta(minutes=5)
"""Between two pieces of news about one case."""
MOST = {"darurat": 8, "mendesak": 4, "biasa": 2}
"""Pieces a day (WIB) about one case."""
MARGIN = timedelta(minutes=10)
"""Between the moment from which news may be said again and the one that is promised."""

FIRST = {
    "darurat": (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=3)),
    "mendesak": (timedelta(hours=2),),
    "biasa": (),
}
"""The fixed clock: so long after a report was sent,"""
MORNING, AFTER = time(8), timedelta(hours=4)
"""then at this hour, on the first morning at least so long after it was sent,"""
MORNINGS, WEEK = (0, 1, 2, 4, 6), 7
"""on these days counted from that morning, and then every week."""


@dataclass(frozen=True, slots=True)
class Told:
    """When a reporter was last told something about a case, and how many pieces they heard on that day."""

    at: datetime | None = None
    pieces: int = 0

    def on(self, moment: datetime) -> int:
        """How many pieces they heard on the day of `moment`."""
        return self.pieces if self.at is not None and _day(self.at) == _day(moment) else 0

    def again(self, now: datetime) -> "Told":
        """The same after one more piece."""
        return Told(now, self.on(now) + 1)


def earliest(urgency: str, told: Told, at: datetime, *, must: bool = False, lost: bool = False) -> datetime:
    """From when on news may be said that is ready at `at`: `at` itself, or later.

    What a reporter `must` know is said though the day's number is reached. In darurat it is said at once that somebody
    whom they believe to be coming is `lost`.
    """
    if lost and urgency == "darurat":
        return at
    if told.at is not None and told.at <= at < told.at + APART:
        at = told.at + APART
    if not must and told.on(at) >= MOST[urgency]:
        at = LOUD.opening(midnight(at) + timedelta(days=1))
    return at if urgency == "darurat" else LOUD.opening(at)


def promised(urgency: str, told: Told, plan: datetime) -> datetime:
    """By when news can be promised that is planned for `plan`, to somebody who is `told` this piece already."""
    at = earliest(urgency, told, plan)
    return plan if at == plan else at + MARGIN


def on_the_clock(urgency: str, sent_at: datetime, after: datetime) -> datetime:
    """The first moment of the fixed clock after `after`, to the full minute so that it can be named."""
    for wait in FIRST[urgency]:
        moment = _minute(sent_at + wait)
        if moment > after and (urgency == "darurat" or LOUD.is_open(moment)):
            return moment
    local = (sent_at + AFTER).astimezone(WIB)
    first = datetime.combine(local.date(), MORNING, WIB)
    if first < local:
        first += timedelta(days=1)
    for days in MORNINGS:
        if first + timedelta(days=days) > after:
            return first + timedelta(days=days)
    last = first + timedelta(days=MORNINGS[-1])
    return last + timedelta(days=WEEK * ((after - last) // timedelta(days=WEEK) + 1))


def midnight(at: datetime) -> datetime:
    """When the day of `at` began, in WIB."""
    return datetime.combine(_day(at), time(0), WIB)


def _day(at: datetime) -> date:
    return at.astimezone(WIB).date()


def _minute(at: datetime) -> datetime:
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)
