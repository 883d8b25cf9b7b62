"""*Alasan lain*: one question, asked of whoever passed a case on for a reason that no button names (row 41)."""

from datetime import timedelta
from typing import Any

from bot.core.addition import Addition, from_json, more
from bot.core.buttons import Go
from bot.core.flow import Answers, Flow, Known, Script, Step
from bot.core.inputs import Input, Media, Picked, Typed
from bot.core.pictures import spoken
from bot.core.question import Again, Answered, Choice, Question, Result
from bot.core.story_step import says_something
from bot.core.words import Literal, Words

REASON_GIVEN = "sebab"
OF_CASE, IN_ROUND, NUMBERED = "_kasus", "_putaran", "_nomor"
"""Notes of the draft: which case was passed on, in which round, and its number."""
_SKIP = Choice("lewati", Words("b-lewati"))


def knowing(case_id: str, round_: int, number: str) -> dict[str, Any]:
    """The draft before its question."""
    return {OF_CASE: case_id, IN_ROUND: round_, NUMBERED: number}


def case_of(answers: Answers) -> tuple[str, int]:
    """The id of the case that was passed on, and the round of that."""
    return str(answers[OF_CASE]), int(answers[IN_ROUND])


def reason_of(answers: Answers) -> Addition | None:
    """What was said; None where nothing was."""
    given = answers[REASON_GIVEN]
    return from_json(given) if given else None


def _ask(answers: Answers, _: Known) -> Question:
    return Question(Words("alasan_apa", {"nomor": Literal(str(answers[NUMBERED]))}), (_SKIP,), typing="label")


def _read(_: Answers, given: Input, __: Known) -> Result:
    if given == Picked(_SKIP.value):
        return Answered({REASON_GIVEN: {}}, shown=_SKIP.label)
    told = more(Addition(), given) if isinstance(given, Typed | Media) else None
    if told is None or spoken(told.media) != told.media or not (told.media or says_something(told.text)):
        return Again(Words("alasan_lagi"))
    shown = Literal(told.text) if told.text else Words("b-suara")
    return Answered({REASON_GIVEN: told.to_json()}, shown=shown)


REASON = Flow(
    "alasan",
    (Step(REASON_GIVEN, _ask, _read, readers=("card", "owner")),),
    Script(
        unclear=Words("alasan_lagi"),
        unfinished=Words("alasan_lagi"),
        cancelled=Words("alasan_tidak_jadi"),
        first=Words("pertanyaan_pertama"),
    ),
    leads_to=(Go.TASKS,),
    workers_only=True,
    nudged_after=timedelta(minutes=30),
    forgotten_after=timedelta(minutes=30),
)
"""It does not wait long: what a worker says an hour later is about something else."""
