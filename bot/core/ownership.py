"""The owner's clock: by when somebody who took a case must be heard (row 56; design, "after taking")."""

from datetime import UTC, datetime, time, timedelta

from bot.core.hours import WIB, Hours
from bot.core.workdays import Calendar, after_working_days

FIRST_WORD = {"darurat": timedelta(minutes=30), "mendesak": timedelta(hours=6), "biasa": timedelta(hours=24)}
"""How long an owner has for a first word; each silence is asked about twice, this far apart."""
VISIT = {"darurat": timedelta(hours=24), "mendesak": timedelta(hours=24), "biasa": timedelta(days=3)}
"""How long after taking a case the owner must have seen it; in darurat they phone first and go only escorted."""
UNDO = timedelta(minutes=2)
"""So long after taking a case its owner may say that the press was a mistake."""
PROGRESS = 14
"""Working days until the next word, once the person was met."""
WAITING = ("identitas", "keluarga", "pendekatan", "rsj", "panti", "surat", "jaminan", "polisi", "cuaca")
"""What an owner may wait for (words.md, section 4c); meanwhile the case is not late (row 138)."""
WAIT_DAYS = (1, 3, 7, 14)
"""For how many days at a time; there is no "for ever" (row 57)."""
ASKED_AGAIN = time(8)
"""At what hour (WIB) of its day a waiting ends and its owner is asked."""


def first_word_by(urgency: str, taken_at: datetime, hours: Hours) -> datetime:
    """By when an owner must say a first word. Nobody is asked in quiet hours: what falls into them is due after."""
    return hours.opening(taken_at + FIRST_WORD[urgency])


def visit_by(urgency: str, since: datetime, hours: Hours) -> datetime:
    """By when an owner must have met the person, counted from the taking or from a visit that found nobody."""
    return hours.opening(since + VISIT[urgency])


def word_by(now: datetime, hours: Hours, calendar: Calendar) -> datetime:
    """By when an owner who met the person must say the next word."""
    return hours.opening(after_working_days(now, PROGRESS, calendar))


def waits_until(days: int, now: datetime, hours: Hours) -> datetime:
    """When an owner who waits for so many days from `now` is asked again: in the morning, and never in quiet hours."""
    day = now.astimezone(WIB).date() + timedelta(days=days)
    return hours.opening(datetime.combine(day, ASKED_AGAIN, WIB).astimezone(UTC))
