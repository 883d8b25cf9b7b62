"""*Ganti nama*: one question, asked of whoever keeps the roster (row 44)."""

from typing import Any

from bot.core.buttons import Go
from bot.core.flow import Answers, Flow, Known, Script, Step
from bot.core.inputs import Input, Typed
from bot.core.leave_flow import LONGEST_NAME
from bot.core.question import Again, Answered, Question, Result
from bot.core.story_step import says_something
from bot.core.words import Literal, Words

NAME = "nama_baru"
OF, BEFORE = "_anggota", "_nama"
"""Notes of the draft: the id of the member, and the name that they have."""


def knowing(member_id: str, before: str) -> dict[str, Any]:
    """The draft before its question."""
    return {OF: member_id, BEFORE: before}


def _ask(answers: Answers, _: Known) -> Question:
    return Question(Words("ganti_nama", {"nama": Literal(str(answers.get(BEFORE, "")))}))


def _read(_: Answers, given: Input, __: Known) -> Result:
    if isinstance(given, Typed) and says_something(given.text):
        name = " ".join(given.text.split())[:LONGEST_NAME]
        return Answered({NAME: name}, shown=Literal(name))
    return Again(Words("ganti_nama_apa"))


RENAME = Flow(
    "ganti-nama",
    (Step(NAME, _ask, _read, unread="it changes the roster"),),
    Script(
        unclear=Words("ganti_nama_apa"),
        unfinished=Words("ganti_nama_tertunda"),
        cancelled=Words("ganti_nama_batal"),
        first=Words("pertanyaan_pertama"),
    ),
    leads_to=(Go.STAFF,),
)
