"""Days as people type and press them: today, tomorrow, "5/3", "5 maret", "20"."""

import re
from datetime import date, datetime, timedelta

from bot.core.hours import WIB
from bot.core.words import Words

DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
NEAR = {
    "sekarang": 0, "hari ini": 0, "today": 0, "now": 0, "besok": 1, "tomorrow": 1, "lusa": 2,
}  # fmt: skip
MONTHS = (
    ("jan", "januari", "january"), ("feb", "februari", "pebruari", "february"), ("mar", "maret", "march"),
    ("apr", "april"), ("mei", "may"), ("jun", "juni", "june"), ("jul", "juli", "july"),
    ("agu", "agt", "ags", "agustus", "aug", "august"), ("sep", "sept", "september"),
    ("okt", "oktober", "oct", "october"), ("nov", "november", "nopember"), ("des", "desember", "dec", "december"),
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
_DATE = re.compile(r"(\d{1,2})(?:\s*[/.\- ]\s*(\d{1,2}|[a-z]+)(?:\s*[/.\- ]\s*(\d{4}|\d{2}))?)?", re.ASCII)


def day_of(at: datetime) -> date:
    """The day in WIB of a moment (aware)."""
    return at.astimezone(WIB).date()


def date_words(date: date) -> Words:
    """The weekday's name with the date: "Senin 2/3"."""
    weekday = Words(f"hari-{DAYS[date.weekday()]}")
    return Words("hari-tanggal", {"hari": weekday, "tanggal": f"{date.day}/{date.month}"})


def read_day(text: str, earliest: date, today: date) -> date | None:
    """The day that `text` names, None when it names none.

    A date without a year is the next such day that is not before `earliest`; a number alone is a day of the month.
    """
    typed = " ".join(text.casefold().split())
    if typed in NEAR:
        return today + timedelta(days=NEAR[typed])
    found = _DATE.fullmatch(typed)
    if found is None or (found[2] and not found[2].isdecimal() and found[2] not in _MONTH):
        return None
    month = (int(found[2]) if found[2].isdecimal() else _MONTH[found[2]]) if found[2] else None
    if found[3]:
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _day(year, month or 0, int(found[1]))
    return _next(int(found[1]), month, earliest)


def _next(day: int, month: int | None, earliest: date) -> date | None:
    """The first day of this number, in this month if one is named, that is not before `earliest`."""
    for ahead in range(24):
        years, at = divmod(earliest.month - 1 + ahead, 12)
        found = _day(earliest.year + years, at + 1, day)
        if found is not None and found >= earliest and month in (None, found.month):
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
