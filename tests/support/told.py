"""What a resident has answered at the review, played on the flow itself by the labels they would press.

Stories about what happens to a report begin here, and not with thirteen presses each; that both ways make the same
report is a test (tests/stories/test_report_flow.py).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from bot.core.inputs import Picked, Typed
from bot.core.question import Answered, Question
from bot.core.report_flow import REPORT
from bot.core.walk import apply, current
from bot.data.known import load_known
from bot.texts.catalog import Texts

KNOWN = load_known()
SPEECH = Texts().of(None)
REVIEW = "tinjau"
LITTLE = (
    "Hari ini",
    "Tidak bisa telepon",
    "Tidak tahu",
    "Tanpa foto",
    "Lewati",
    "Tidak usah menelepon",
    "Jangan telepon",
    "Tidak usah",
)


@cache
def told(*labels: str, story: str = "") -> dict[str, Any]:
    """The answers of a resident who presses, at each question, the first of `labels` it offers, and types `story`.

    Where none of them is offered they say as little as possible.
    """
    answers: dict[str, Any] = {}
    while (step := current(REPORT, answers)) is not None and step.name != REVIEW:
        given = Typed(story) if story and step.name == "cerita" else _pick(step.ask(answers, KNOWN), (*labels, *LITTLE))
        result = step.read(answers, given, KNOWN)
        assert isinstance(result, Answered), (step.name, result)
        answers = apply(REPORT, answers, result.updates)
    return answers


def _pick(question: Question, labels: Sequence[str]) -> Picked:
    for label in labels:
        for choice in question.choices:
            if label in SPEECH.label(choice.label):
                return Picked(choice.value)
    raise AssertionError(f"none of {labels} answers {question.words}")
