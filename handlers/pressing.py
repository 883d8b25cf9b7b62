"""Presses on the questions of a conversation; the press itself tells which bubble was pressed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.flow import Known, Step
from bot.core.inputs import Picked
from bot.core.question import Answered
from bot.core.walk import current
from handlers import asking, closing, flows, talk
from handlers.acts import Who
from handlers.closing import Open, flow_of
from storage import drafts, outbox
from storage.drafts import Asked
from storage.tables import Draft

SECOND_TAP = timedelta(seconds=10)
"""So soon after an answer another press on its question is a second tap."""


def pick(turn: Turn, who: Who, button: b.Pick, bubble: int | None) -> str:
    """A button of a question; a stale one says what is true now."""
    found = drafts.pressed(turn.session, who.chat_id, button.draft)
    if found is None:
        return flows.over(turn, who.chat_id, button.draft) or talk.stale(turn, who)
    draft, asked = found
    answers, known = drafts.answers_of(turn.session, draft), closing.known(turn, draft.chat_id)
    step = current(flow_of(draft), answers)
    assert step is not None
    given = Picked(button.value)
    if step.name != button.step and button.step in answers:
        again = flow_of(draft).step(button.step)
        same = again is not None and _answers_so(again, answers, given, known)
        return _late(turn, draft, asked, bubble, "sudah_dijawab" if same else "sudah_berganti")
    offered = step.name == button.step and _offers(step, answers, button.value, known)
    if _changed(draft, button.shown, asked, bubble) or (not offered and 0 < button.shown == draft.shown - 1):
        return _late(turn, draft, asked, bubble, "sudah_berganti")
    if not offered:
        return talk.stale(turn, who)
    talk.follow(turn, who, draft, _pressed(turn, draft, answers, asked, bubble), step.read(answers, given, known))
    return ""


def nav(turn: Turn, who: Who, button: b.Nav, bubble: int | None) -> str:
    """Back, cancel, resume, throw away."""
    found = drafts.pressed(turn.session, who.chat_id, button.draft)
    if found is None:
        return flows.over(turn, who.chat_id, button.draft) or talk.stale(turn, who)
    draft, asked = found
    late = _changed(draft, button.shown, asked, bubble) or 0 < button.shown == draft.shown - 1
    if button.act == "kembali" and late:
        return _late(turn, draft, asked, bubble, "sudah_berganti")
    answers = drafts.answers_of(turn.session, draft)
    was = _pressed(turn, draft, answers, asked, bubble if button.shown else None)
    talk.steer(turn, who, draft, button.act, was)
    return ""


def _late(turn: Turn, draft: Draft, asked: Asked, bubble: int | None, word: str) -> str:
    """A press on a question that was answered.

    One below the open question, or one that is no second tap, brings the open question to the bottom of the screen:
    its bubble may be out of sight, or deleted by its reader.
    """
    elsewhere = bubble is not None and not asked.stands_in(bubble)
    if asked.doubtful and draft.question_uid is not None:  # who presses looks at the bubble that is to turn into it
        outbox.try_now(turn.session, draft.chat_id, draft.question_uid)
    if asked.above(bubble) or (elsewhere and turn.now - draft.updated_at >= SECOND_TAP):
        answers = drafts.answers_of(turn.session, draft)
        asking.follow(turn, draft, answers, closing.standing(draft, answers, copy=bubble))
    return turn.speech(draft.chat_id).word(word)


def _pressed(turn: Turn, draft: Draft, answers: Mapping[str, Any], asked: Asked, bubble: int | None) -> Open:
    """The question that was pressed. A bubble that nobody knew to have arrived is known now: it was shown."""
    if bubble is None:
        return closing.standing(draft, answers)
    if asked.elsewhere(bubble):
        return closing.standing(draft, answers, copy=bubble)
    if asked.doubtful and draft.question_uid is not None:
        outbox.pressed(turn.session, draft.chat_id, draft.question_uid, bubble, turn.now)
    return closing.standing(draft, answers, bubble)


def _answers_so(step: Step, answers: Mapping[str, Any], given: Picked, known: Known) -> bool:
    """Whether this very button gave the answer that is kept."""
    if not _offers(step, answers, given.value, known):
        return False
    result = step.read(answers, given, known)
    return isinstance(result, Answered) and result.updates.get(step.name) == answers[step.name]


def _offers(step: Step, answers: Mapping[str, Any], value: str, known: Known) -> bool:
    return any(choice.value == value for choice in step.ask(answers, known).choices)


def _changed(draft: Draft, shown: int, asked: Asked, bubble: int | None) -> bool:
    """Whether the bubble shows another question by now than the one whose button was pressed, as at a second tap."""
    return shown not in (0, draft.shown) and asked.stands_in(bubble)
