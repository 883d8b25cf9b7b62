"""*Butuh teman*: what somebody answers who is asked to go along, and until when an answer is awaited (row S3)."""

from datetime import UTC, datetime, time, timedelta

from bot.core.hours import WIB, Hours
from bot.core.workdays import Calendar, after_working_days

COMES, CANNOT, SILENT, GONE = "ikut", "tidak", "diam", "hilang"
"""They come; they cannot; they did not answer in time; they are not there any more."""
ANSWERED_IN = {"darurat": timedelta(minutes=15), "mendesak": timedelta(hours=1)}
"""How long an answer is awaited, from when the question may ring."""
MORNING = time(8)
"""In biasa it is awaited until this hour (WIB) of the next working day."""


def answer_by(urgency: str, rings_at: datetime, hours: Hours, calendar: Calendar) -> datetime:
    """Until when an answer is awaited of a question that rings at `rings_at`; nobody is told in quiet hours."""
    if (length := ANSWERED_IN.get(urgency)) is not None:
        return hours.opening(rings_at + length)
    day = after_working_days(rings_at, 1, calendar).date()
    return hours.opening(datetime.combine(day, MORNING, WIB).astimezone(UTC))


def may_answer(says: str | None) -> bool:
    """Whether somebody who was asked may answer: a late yes counts, and whoever said yes may have to refuse."""
    return says in (None, COMES, SILENT)


def is_expected(says: str | None) -> bool:
    """Whether an answer of theirs is awaited, or they come."""
    return says in (None, COMES)
