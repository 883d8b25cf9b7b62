"""*Salah tempat*, *Salah jenis*: the question of the report once more, for a report that has its number (row 16)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.core.buttons import Go
from bot.core.correction import Correction
from bot.core.danger_steps import DANGER
from bot.core.flow import Answers, Flow, Known, Script, Step
from bot.core.inputs import Input, Typed
from bot.core.place_step import PLACE
from bot.core.question import Again, Answered
from bot.core.report_facts import landmark
from bot.core.service_step import beyond
from bot.core.story_step import SAID, few_words
from bot.core.unasked import names_something
from bot.core.words import Words

WHAT, OF, WHO = "_salah", "_laporan", "siapa"
"""Notes of the draft: what is wrong, and of which report; whom it is about decides the words of some questions."""
BY_WORKER = "_petugas"
"""The note that a worker corrects it: what they write besides is no word of its reporter."""
WHERE, KIND = WHATS = ("tempat", "jenis")


def knowing(report_id: str, what: str, who: str) -> dict[str, Any]:
    """The draft before its first question."""
    return {WHAT: what, OF: report_id, WHO: who}


def report_of(answers: Answers) -> str:
    """The id of the report that is corrected."""
    return str(answers[OF])


def said_besides(answers: Answers) -> str:
    """What was written besides the answers."""
    return str(answers.get(SAID) or "")


def _keeps(answers: Answers, given: Input, asked: Step | None, _: Known) -> Answered | Again | None:
    """A few words that answer nothing go to the workers with the correction."""
    if asked is None or answers.get(BY_WORKER) or not isinstance(given, Typed) or not names_something(given.text):
        return None
    return few_words(answers, given.text)


def corrected(answers: Answers) -> Correction:
    """What these answers correct."""
    if answers[WHAT] == KIND:
        return Correction(answers["jenis"], answers["bahaya"])
    place = answers["tempat"]
    pin = place.get("pin")
    point = (pin[0], pin[1]) if pin else None
    return Correction(None, None, place["kab"], place["kec"], place["desa"], point, landmark(answers))


def _about(what: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get(WHAT) == what


CORRECT = Flow(
    "betulkan",
    (
        replace(PLACE, when=_about(WHERE)),
        beyond(Words("betul_batal")),
        *(replace(step, when=_about(KIND)) for step in DANGER[:2]),
    ),
    Script(
        unclear=Words("tak_paham"),
        numbers=Words("ketik_nomor"),
        unfinished=Words("betul_tertunda"),
        cancelled=Words("betul_batal"),
        first=Words("pertanyaan_pertama"),
        left=Words("tinggal_nomor"),
        kept=Words("betul_ikut"),
    ),
    keeps=_keeps,
    leads_to=(Go.OWN_REPORTS,),
)
