"""*Cuti* from-to as a tuple of steps: since when, back when, who stands in (row 46)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.core.buttons import Go
from bot.core.choosing import option
from bot.core.days import date_words
from bot.core.flow import Answers, Flow, Known, Script, Step
from bot.core.hours import WIB
from bot.core.inputs import Input, Picked, Typed
from bot.core.leave_days import DAYS_OF_LEAVE, LENGTHS, SINCE, UNTIL
from bot.core.question import Again, Answered, Question, Result
from bot.core.story_step import says_something
from bot.core.words import Label, Literal, Words

BACK_AT = time(6)
"""When somebody is asked again, in WIB, on the day they are back: no greeting rings at midnight."""
LONGEST_NAME = 60
STAND_IN, SURE = "pengganti", "yakin"
HAS_DEPUTY = "_wakil"
"""The note whether the roster has a deputy to name."""
DEPUTY, NOBODY, UNKNOWN = STAND_INS = "wakil", "tidakada", "tidaktahu"
YES = "ya"


@dataclass(frozen=True, slots=True)
class Leaving:
    """A leave as it was agreed: aware moments, and who stands in."""

    since: datetime
    until: datetime
    stand_in: Label
    by_deputy: bool = False
    """The deputy on the roster stands in."""


def knowing(*, has_deputy: bool) -> dict[str, Any]:
    """The draft of a leave before its first question: whether the roster has a deputy who can be named."""
    return {HAS_DEPUTY: has_deputy}


def agreed(answers: Answers, now: datetime) -> Leaving | None:
    """The leave that these answers make at `now`; None when the day of the return has come already."""
    begins = datetime.combine(date.fromisoformat(answers[SINCE]), time(0), WIB)
    until = datetime.combine(date.fromisoformat(answers[UNTIL]), BACK_AT, WIB)
    if until <= now:
        return None
    return Leaving(max(begins, now), until, _stand_in(answers), answers[STAND_IN] == DEPUTY)


def for_days(now: datetime, days: int) -> Leaving | None:
    """A leave of so many days from `now` on, as it is offered after a refusal; None for a length nobody offers."""
    if days not in LENGTHS:
        return None
    return Leaving(now, now + timedelta(days=days), Words(f"pengganti-{UNKNOWN}"))


def _stand_in_ask(answers: Answers, _: Known) -> Question:
    values = STAND_INS if answers.get(HAS_DEPUTY) else (NOBODY, UNKNOWN)
    return Question(Words("cuti_pengganti"), tuple(option(v, f"b-pengganti-{v}") for v in values), typing="number")


def _stand_in_read(answers: Answers, given: Input, known: Known) -> Result:
    match given:
        case Picked(value):
            return Answered({STAND_IN: value}, shown=Words(f"b-pengganti-{value}"))
        case Typed(text) if says_something(text):
            name = " ".join(text.split())[:LONGEST_NAME]
            return Answered({STAND_IN: {"nama": name}}, shown=Literal(name))
    return Again(Words("cuti_tak_paham"))


def _stand_in(answers: Answers) -> Label:
    value = answers[STAND_IN]
    return Words(f"pengganti-{value}") if isinstance(value, str) else Literal(value["nama"])


def _sure_ask(answers: Answers, _: Known) -> Question:
    since, until = (date_words(date.fromisoformat(answers[name])) for name in (SINCE, UNTIL))
    rows = (
        (Words("baris-sejak"), since),
        (Words("baris-hingga"), until),
        (Words("baris-pengganti"), _stand_in(answers)),
    )
    return Question(Words("cuti_yakin"), (option(YES, "b-ya-cuti", main=True),), rows=rows)


def _sure_read(answers: Answers, given: Input, known: Known) -> Result:
    if given != Picked(YES):
        return Again(Words("cuti_tak_paham"))
    if agreed(answers, known.now) is None:
        return Again(Words("cuti_lewat"))
    return Answered({SURE: YES}, shown=Words("b-ya-cuti"))


LEAVE = Flow(
    "cuti",
    (
        *DAYS_OF_LEAVE,
        Step(STAND_IN, _stand_in_ask, _stand_in_read, readers=("review", "notice")),
        Step(SURE, _sure_ask, _sure_read, unread="it takes the leave"),
    ),
    Script(
        unclear=Words("cuti_tak_paham"),
        unfinished=Words("cuti_tertunda"),
        cancelled=Words("cuti_tidak_jadi"),
        first=Words("pertanyaan_pertama"),
        opened_by=Words("kata-cuti"),
    ),
    leads_to=(Go.TASKS,),
    workers_only=True,
    nudged_after=timedelta(hours=1),
)
