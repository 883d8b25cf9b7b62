"""Asking: the current question of a draft, once; an answered one loses its buttons (rows 3-5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.actions.turn import Turn
from bot.core.flow import Flow, Known
from bot.core.flows import FLOWS
from bot.core.walk import current
from bot.core.words import Label, Words
from bot.texts.message import Message
from handlers.questions import answered, render
from storage import drafts, kinds
from storage.tables import Draft


def flow_of(draft: Draft) -> Flow:
    """The conversation that a draft belongs to."""
    return FLOWS[draft.flow]


def known(turn: Turn) -> Known:
    """What a flow knows of the world in this turn."""
    return replace(turn.house.known, now=turn.now)


def keep(turn: Turn, draft: Draft, answers: Mapping[str, Any]) -> None:
    """Store the answers, and when the draft is looked at next."""
    due = turn.now + flow_of(draft).lives(answers, nudged=draft.nudged)
    drafts.keep(turn.session, draft, answers, turn.now, due)


def ask(turn: Turn, draft: Draft, answers: Mapping[str, Any], before: Iterable[Words] = ()) -> None:
    """Ask the question that follows from the answers, and remember which message asks it."""
    step = current(flow_of(draft), answers)
    assert step is not None, "a complete draft is submitted, not asked"
    speech = turn.speech(draft.chat_id)
    close_offer(turn, draft)
    question, said = step.ask(answers, known(turn)), tuple(before)
    there = drafts.all_of(turn.session, draft.chat_id)
    if not question.keyboard and take_keyboard(turn, there):
        turn.say(draft.chat_id, Message(speech.html(said[0] if said else Words("baik")), bare=True), kinds.QUESTION)
        said = said[1:]
    message = render(speech, question, step, draft.id, said)
    draft.question_uid = turn.say(draft.chat_id, message, kinds.QUESTION)
    draft.step, draft.keyboard = step.name, question.keyboard is not None
    draft.shown = 1 + max(other.shown for other in there)
    keep(turn, draft, answers)


def resume(turn: Turn, draft: Draft, *before: Words) -> None:
    """The current question again, at the bottom of the screen; its older copy loses its buttons."""
    answers = drafts.answers_of(turn.session, draft)
    close(turn, draft, answers, None)
    ask(turn, draft, answers, before)


def ask_in_place(turn: Turn, draft: Draft, answers: Mapping[str, Any]) -> None:
    """The bubble that was just pressed turns into the next question (a page, the list of a review)."""
    step = current(flow_of(draft), answers)
    assert step is not None and draft.question_uid is not None
    question = step.ask(answers, known(turn))
    if question.keyboard:
        ask(turn, draft, answers)
        return
    turn.edit(draft.chat_id, draft.question_uid, render(turn.speech(draft.chat_id), question, step, draft.id))
    draft.step = step.name
    draft.shown = 1 + max(other.shown for other in drafts.all_of(turn.session, draft.chat_id))
    keep(turn, draft, answers)


def close(turn: Turn, draft: Draft, answers: Mapping[str, Any], shown: Label | None) -> None:
    """The question that is open loses its buttons and shows the answer."""
    close_old(turn, draft, draft.question_uid, draft.step, answers, shown)


def close_old(
    turn: Turn, draft: Draft, uid: str | None, name: str | None, answers: Mapping[str, Any], shown: Label | None
) -> None:
    """The same for a question that is no longer the draft's; `answers` are those it was asked with."""
    step = flow_of(draft).step(name)
    if uid is None or step is None:
        return
    question = step.ask(answers, known(turn))
    if not question.keyboard:
        turn.edit(draft.chat_id, uid, answered(turn.speech(draft.chat_id), question, shown))


def close_offer(turn: Turn, draft: Draft) -> None:
    """An offer that was answered, or overtaken, loses its buttons."""
    if draft.offer_uid is not None:
        turn.edit(draft.chat_id, draft.offer_uid, Message(proposal(turn, draft)))
        draft.offer_uid = None


def proposal(turn: Turn, draft: Draft) -> str:
    """The words that offer to begin a draft, or to go on with it."""
    script, speech = flow_of(draft).script, turn.speech(draft.chat_id)
    words = script.unfinished if draft.question_uid is not None or script.offer is None else script.offer
    return with_numbers(turn, draft.chat_id, speech.html(words)) if script.danger else speech.html(words)


def with_numbers(turn: Turn, chat_id: int, text: str) -> str:
    """A greeting or an offer, and below it whom to phone if there is danger (rows 5, 66)."""
    speech = turn.speech(chat_id)
    phone = speech.word(turn.house.known.knowledge.emergency_key(None))
    return f"{text}\n{speech.say('sapa_bahaya', telepon=phone)}"


def take_keyboard(turn: Turn, there: Sequence[Draft]) -> bool:
    """Whether one of a chat's drafts had put a keyboard on the phone; it is to be taken away now."""
    shown = [draft for draft in there if draft.keyboard]
    for draft in shown:
        draft.keyboard = False
        turn.session.add(draft)
    return bool(shown)
