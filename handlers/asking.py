"""Asking: the current question, once; an answered one loses its buttons; offers and nudges (rows 3-5)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.actions.house import House
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.flow import current, step_named
from bot.core.report_flow import REPORT
from bot.core.words import Label, Words
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from handlers.questions import answered, render
from storage import drafts, kinds
from storage.tables import Draft

BEFORE_CONSENT = timedelta(hours=1)
NUDGE, FORGET = timedelta(hours=3), timedelta(hours=24)
OFFER = "_tawaran"
"""The note of an open offer or nudge: its message and words, so that its buttons go once it is answered."""


def due(draft: Draft | None, answers: Mapping[str, Any], now: datetime) -> datetime:
    """When an unfinished report is forgotten, or mentioned if that was not done yet."""
    if "setuju" not in answers:
        return now + BEFORE_CONSENT
    return now + (FORGET if draft is not None and draft.nudged else NUDGE)


def keep(turn: Turn, draft: Draft, answers: Mapping[str, Any]) -> None:
    """Store the answers, and when the draft is looked at next."""
    drafts.keep(turn.session, draft, answers, turn.now, due(draft, answers, turn.now))


def ask(turn: Turn, draft: Draft, answers: dict[str, Any], before: Iterable[Words] = ()) -> None:
    """Ask the question that follows from the answers, and remember which message asks it."""
    step = current(REPORT, answers)
    assert step is not None, "a complete draft is submitted, not asked"
    speech = turn.speech(draft.chat_id)
    close_offer(turn, draft, answers)
    question, said = step.ask(answers, turn.house.known), tuple(before)
    if answers.pop("_papan", None) and not question.keyboard:
        thanks = Message(speech.html(said[0] if said else Words("baik")), bare=True)
        turn.say(draft.chat_id, thanks, kinds.QUESTION)
        said = said[1:]
    if question.keyboard:
        answers["_papan"] = True
    message = render(speech, question, step, draft.id, said)
    draft.question_uid = turn.say(draft.chat_id, message, kinds.QUESTION)
    draft.step = step.name
    keep(turn, draft, answers)


def resume(turn: Turn, draft: Draft, *before: Words) -> None:
    """The current question again, at the bottom of the screen; its older copy loses its buttons."""
    answers = drafts.answers_of(turn.session, draft)
    close(turn, draft, answers, None)
    ask(turn, draft, answers, before)


def ask_in_place(turn: Turn, draft: Draft, answers: dict[str, Any]) -> None:
    """The bubble that was just pressed turns into the next question (a page, the list of a review)."""
    step = current(REPORT, answers)
    assert step is not None and draft.question_uid is not None
    question = step.ask(answers, turn.house.known)
    if question.keyboard:
        ask(turn, draft, answers)
        return
    message = render(turn.speech(draft.chat_id), question, step, draft.id)
    turn.edit(draft.chat_id, draft.question_uid, message)
    draft.step = step.name
    keep(turn, draft, answers)


def close(turn: Turn, draft: Draft, answers: Mapping[str, Any], shown: Label | None) -> None:
    """The question that is open loses its buttons and shows the answer."""
    close_old(turn, draft.chat_id, draft.question_uid, draft.step, answers, shown)


def close_old(
    turn: Turn, chat_id: int, uid: str | None, name: str | None, answers: Mapping[str, Any], shown: Label | None
) -> None:
    """The same for a question that is no longer the draft's; `answers` are those it was asked with."""
    step = step_named(REPORT, name or "")
    if uid is None or step is None:
        return
    question = step.ask(answers, turn.house.known)
    if not question.keyboard:
        turn.edit(chat_id, uid, answered(turn.speech(chat_id), question, shown))


def offer(turn: Turn, draft: Draft) -> None:
    """A picture or recording came before anything else: shall it become a report?"""
    speech = turn.speech(draft.chat_id)
    keys = (
        Key(speech.word("b-ya-lapor"), b.Nav(draft.id, "lanjut")),
        Key(speech.word("b-bahaya"), b.Menu("bahaya")),
        Key(speech.word("b-hapus"), b.Nav(draft.id, "buang")),
    )
    _propose(turn, draft, keys)


def nudge(turn: Turn, draft: Draft) -> None:
    """An unfinished report is mentioned."""
    speech = turn.speech(draft.chat_id)
    keys = (
        Key(speech.word("b-lanjutkan"), b.Nav(draft.id, "lanjut")),
        Key(speech.word("b-buang"), b.Nav(draft.id, "buang")),
    )
    _propose(turn, draft, keys)


def _propose(turn: Turn, draft: Draft, keys: tuple[Key, ...]) -> None:
    answers = drafts.answers_of(turn.session, draft)
    close_offer(turn, draft, answers)
    begun = draft.question_uid is not None
    text = _proposal(turn.house, turn.speech(draft.chat_id), begun)
    uid = turn.say(draft.chat_id, Message(text, column(keys)), kinds.QUESTION)
    keep(turn, draft, {**answers, OFFER: {"uid": uid, "begun": begun}})


def close_offer(turn: Turn, draft: Draft, answers: dict[str, Any]) -> None:
    """An offer that was answered, or overtaken, loses its buttons."""
    if (made := answers.pop(OFFER, None)) is not None:
        text = _proposal(turn.house, turn.speech(draft.chat_id), made["begun"])
        turn.edit(draft.chat_id, made["uid"], Message(text))


def _proposal(house: House, speech: Speech, begun: bool) -> str:
    return with_numbers(house, speech, speech.say("tertunda" if begun else "media_awal"))


def with_numbers(house: House, speech: Speech, text: str) -> str:
    """A greeting or an offer, and below it whom to phone if there is danger (rows 5, 66)."""
    phone = speech.word(house.known.knowledge.emergency_key(None))
    return f"{text}\n{speech.say('sapa_bahaya', telepon=phone)}"
