"""*Tambah kontak* as a tuple of steps: what kind, whose name, which number (row 136)."""

from typing import Any

from bot.core.buttons import Go
from bot.core.choosing import choose, option
from bot.core.contact_book import KINDS, LONGEST_NAME
from bot.core.flow import Answers, Flow, Known, Script, Step
from bot.core.inputs import Contact, Input, Typed
from bot.core.phones import dialled
from bot.core.question import Again, Answered, Question, Result
from bot.core.story_step import says_something
from bot.core.words import Literal, Words

KIND, NAME, NUMBER = "macamkontak", "namakontak", "nomorkontak"
AREA = "_wilayah"
"""The note for which area it is."""
_UNREAD = "it stands in the contact book"


def knowing(area: str) -> dict[str, Any]:
    """The draft before its first question."""
    return {AREA: area}


def area_of(answers: Answers) -> str:
    """For which area the contact is."""
    return str(answers[AREA])


def noted(answers: Answers) -> tuple[str, str, str]:
    """Kind, name and number, as they were answered."""
    return answers[KIND], answers[NAME], answers[NUMBER]


def _name_ask(_: Answers, __: Known) -> Question:
    return Question(Words("kontak_nama"), typing="label")


def _name_read(_: Answers, given: Input, __: Known) -> Result:
    if isinstance(given, Typed) and says_something(given.text):
        name = " ".join(given.text.split())[:LONGEST_NAME]
        return Answered({NAME: name}, shown=Literal(name))
    return Again(Words("kontak_nama_lagi"))


def _number_ask(_: Answers, __: Known) -> Question:
    return Question(Words("kontak_nomor"), typing="label")


def _number_read(_: Answers, given: Input, __: Known) -> Result:
    text = given.text if isinstance(given, Typed) else given.phone if isinstance(given, Contact) else ""
    number = dialled(text)
    if number is None:
        return Again(Words("kontak_nomor_lagi"))
    return Answered({NUMBER: number}, shown=Literal(number))


CONTACT = Flow(
    "kontak",
    (
        choose(KIND, "kontak_macam", *(option(kind, f"kontak-{kind}") for kind in KINDS), readers=_UNREAD),
        Step(NAME, _name_ask, _name_read, unread=_UNREAD),
        Step(NUMBER, _number_ask, _number_read, unread=_UNREAD),
    ),
    Script(
        unclear=Words("tak_paham"),
        numbers=Words("ketik_nomor"),
        unfinished=Words("kontak_tertunda"),
        cancelled=Words("kontak_tidak_jadi"),
        first=Words("pertanyaan_pertama"),
    ),
    leads_to=(Go.TASKS,),
    workers_only=True,
)
