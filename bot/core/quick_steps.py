"""The quick path (row 9): danger, one picture or recording, a place, and consent with the sending itself.

It is the same flow: what a report cannot be without is asked, and the rest is left out by the `when` of its step.
"""

from bot.core.choosing import option
from bot.core.flow import Answers, Known, Step
from bot.core.inputs import Input, Picked
from bot.core.knowledge import PHOTO as PICTURES
from bot.core.question import Answered, Choice, Question, Result
from bot.core.report_facts import QUICK, is_grave, is_quick, is_skipped
from bot.core.story_step import STORY, told
from bot.core.walk import MEDIA
from bot.core.words import Words

QUICKLY, WHOLE = {QUICK: True}, {QUICK: None}
"""How a report begins: with as few questions as there can be, or with all of them."""
SEND, TAKE = "kirim", "tangani"
"""The answers of the review that send the report: to whoever is asked, or to its own reporter."""
SHOW, WHOLLY = "rekam", "lengkap"
"""The step for what was seen, and the answers that lead to all of the questions, or of the consent."""
CONSENT, READ = "setuju", "_lengkap"
"""The answer and the note of the consent, which the quick path asks for with the sending."""


def _show_asked(answers: Answers) -> bool:
    """Whoever is in danger is not asked for pictures; whoever showed or told something did so already."""
    shown = answers.get(MEDIA) or answers.get(STORY)
    return is_quick(answers) and not is_grave(answers) and (SHOW in answers or not shown)


def _show_ask(answers: Answers, _: Known) -> Question:
    words = Words("cepat_suara" if is_skipped(PICTURES, answers) else "cepat_rekam")
    return Question(words, (option(WHOLLY, "b-isi-lengkap"),), typing="label")


def _show_read(answers: Answers, given: Input, _: Known) -> Result:
    if given == Picked(WHOLLY):
        return Answered({**WHOLE, "jenis": None}, shown=Words("b-isi-lengkap"))
    return told(SHOW, answers, given, {SHOW: {}})


def sends(*, mine: bool) -> tuple[Choice, ...]:
    """The button that sends; the worker of the kecamatan (`mine`) takes the case with it, or sends it on."""
    if mine:
        return option(TAKE, "b-langsung-tangani", main=True), option(SEND, "b-teruskan")
    return (option(SEND, "b-kirim", main=True),)


def sending(answers: Answers, *, mine: bool) -> tuple[Words, tuple[Choice, ...]]:
    """The words and the choices above and below what is about to be sent; to send it is to agree."""
    change = option("ubah", "b-ubah")
    if CONSENT in answers:
        return Words("tinjau_petugas" if mine else "tinjau"), (*sends(mine=mine), change)
    if answers.get(READ):
        agreeing = sends(mine=mine) if mine else (option(SEND, "b-setuju-kirim", main=True),)
        return Words("setuju_lengkap"), (*agreeing, change)
    words = Words("cepat_kirim_petugas" if mine else "cepat_kirim")
    return words, (*sends(mine=mine), change, option(WHOLLY, "b-baca-lengkap"))


SEEN = Step(SHOW, _show_ask, _show_read, when=_show_asked, readers=("review", "owner"))
