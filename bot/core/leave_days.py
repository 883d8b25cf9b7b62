"""The days of a leave: since when, and on which day somebody is back; pressed, picked from a list, or typed."""

import re
from datetime import date, timedelta

from bot.core.choosing import option
from bot.core.days import date_words, day_of, read_day
from bot.core.flow import Answers, Known, Step
from bot.core.inputs import Input, Picked, Typed
from bot.core.question import Again, Answered, Choice, Question, Result
from bot.core.walk import LAST
from bot.core.words import Words

LENGTHS = (1, 3, 7, 14)
"""Days that are offered for a leave."""
LISTED, FURTHEST = 14, 180
"""How many days a list shows, and how many days from now a leave may begin or end."""
SINCE, UNTIL = "sejak", "hingga"
SINCE_LIST, UNTIL_LIST = "_sejak", "_hingga"
"""The notes that a list of days is shown."""
OTHER_DAY = "lain"
_COUNT = re.compile(r"(\d{1,3})\s*(?:hari|dina|dino|days?)?", re.ASCII)
SPELT = {
    words: days
    for days, said in (
        (1, "sehari, satu hari, sedina, one day"),
        (2, "dua hari, rong dina, two days"),
        (3, "tiga hari, telung dina, three days"),
        (7, "seminggu, sepekan, satu minggu, 1 minggu, sakminggu, a week, one week, 1 week"),
        (14, "dua minggu, 2 minggu, rong minggu, dua pekan, two weeks, 2 weeks"),
    )
    for words in said.split(", ")
}
"""Lengths as people write them; "minggu" alone is a Sunday."""


def _since_ask(answers: Answers, known: Known) -> Question:
    today = day_of(known.now)
    if SINCE_LIST in answers:
        return _list(Words("cuti_sejak_daftar"), today + timedelta(days=2))
    tomorrow = today + timedelta(days=1)
    near = (
        Choice(today.isoformat(), Words("b-hari-ini", {"hari": date_words(today)})),
        Choice(tomorrow.isoformat(), Words("b-besok", {"hari": date_words(tomorrow)})),
    )
    return Question(Words("cuti_sejak"), (*near, option(OTHER_DAY, "b-tanggal-lain")))


def _since_read(answers: Answers, given: Input, known: Known) -> Result:
    today = day_of(known.now)
    return _day(SINCE, SINCE_LIST, _given(given, today, today), today, today, answers)


def _until_ask(answers: Answers, _: Known) -> Question:
    since = date.fromisoformat(answers[SINCE])
    if UNTIL_LIST in answers:
        return _list(Words("cuti_hingga_daftar"), since + timedelta(days=1))
    days = tuple(_length(since, length) for length in LENGTHS)
    return Question(Words("cuti_hingga"), (*days, option(OTHER_DAY, "b-tanggal-lain")), typing="label")


def _length(since: date, days: int) -> Choice:
    back = since + timedelta(days=days)
    return Choice(back.isoformat(), Words("b-lama-cuti", {"jumlah": str(days), "hari": date_words(back)}))


def _until_read(answers: Answers, given: Input, known: Known) -> Result:
    since, today = date.fromisoformat(answers[SINCE]), day_of(known.now)
    earliest = since + timedelta(days=1)
    length = _days(given.text.strip().casefold()) if isinstance(given, Typed) else None
    found = since + timedelta(days=length) if length is not None else _given(given, earliest, today)
    return _day(UNTIL, UNTIL_LIST, found, earliest, today, answers)


def _days(text: str) -> int | None:
    """How many days a text means, in digits or in words."""
    count = _COUNT.fullmatch(text)
    return int(count[1]) if count else SPELT.get(text)


def _given(given: Input, earliest: date, today: date) -> date | str | None:
    """The day that was pressed or typed; the wish for a list; None when it is neither."""
    match given:
        case Picked(value) if value == OTHER_DAY:
            return OTHER_DAY
        case Picked(value):
            return date.fromisoformat(value)
        case Typed(text):
            return read_day(text, earliest, today)
    return None


def _day(name: str, note: str, found: date | str | None, earliest: date, today: date, answers: Answers) -> Result:
    """The answer of a day from `earliest` on, and not too far away; the list of days when that was asked for."""
    match found:
        case None:
            return Again(Words("cuti_tak_paham"))
        case str():
            return Answered({note: True})
    if not earliest <= found <= today + timedelta(days=FURTHEST):
        latest = date_words(today + timedelta(days=FURTHEST))
        return Again(Words("cuti_hari_luar", {"awal": date_words(earliest), "akhir": latest}))
    back_to = {note: True} if note in answers else None
    return Answered({name: found.isoformat(), note: None, LAST: back_to}, shown=date_words(found))


def _list(words: Words, first: date) -> Question:
    days = (first + timedelta(days=ahead) for ahead in range(LISTED))
    choices = tuple(Choice(day.isoformat(), date_words(day), columns=2) for day in days)
    return Question(words, choices, typing="label")


DAYS_OF_LEAVE: tuple[Step, ...] = (
    Step(SINCE, _since_ask, _since_read, drops=(UNTIL, UNTIL_LIST), notes=(SINCE_LIST,), readers=("review", "notice")),
    Step(UNTIL, _until_ask, _until_read, notes=(UNTIL_LIST,), readers=("review", "notice")),
)
