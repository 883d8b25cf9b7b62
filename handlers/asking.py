"""Asking: the current question, once; an answered one loses its buttons; offers and nudges (rows 3-5)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.actions.house import House
from bot.actions.speak import edit, say, speech_for
from bot.core import buttons as b
from bot.core.flow import current, step_named
from bot.core.report_flow import REPORT
from bot.core.words import Label, Words
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from handlers.questions import answered, render
from storage import drafts
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


def keep(session: Session, draft: Draft, answers: Mapping[str, Any], now: datetime) -> None:
    """Store the answers, and when the draft is looked at next."""
    drafts.keep(session, draft, answers, now, due(draft, answers, now))


def ask(
    session: Session,
    house: House,
    draft: Draft,
    answers: dict[str, Any],
    now: datetime,
    before: Iterable[Words] = (),
) -> None:
    """Ask the question that follows from the answers, and remember which message asks it."""
    step = current(REPORT, answers)
    assert step is not None, "a complete draft is submitted, not asked"
    speech = speech_for(session, house, draft.chat_id)
    close_offer(session, house, draft, answers, now)
    question, said = step.ask(answers, house.known), tuple(before)
    if answers.pop("_papan", None) and not question.keyboard:
        thanks = Message(speech.html(said[0] if said else Words("baik")), bare=True)
        say(session, draft.chat_id, thanks, now, kind="question")
        said = said[1:]
    if question.keyboard:
        answers["_papan"] = True
    message = render(speech, question, step, draft.id, said)
    draft.question_uid = say(session, draft.chat_id, message, now, kind="question")
    draft.step = step.name
    keep(session, draft, answers, now)


def resume(session: Session, house: House, draft: Draft, now: datetime, *before: Words) -> None:
    """The current question again, at the bottom of the screen; its older copy loses its buttons."""
    answers = drafts.answers_of(session, draft)
    close(session, house, draft, answers, None, now)
    ask(session, house, draft, answers, now, before)


def ask_in_place(session: Session, house: House, draft: Draft, answers: dict[str, Any], now: datetime) -> None:
    """The bubble that was just pressed turns into the next question (a page, the list of a review)."""
    step = current(REPORT, answers)
    assert step is not None and draft.question_uid is not None
    question = step.ask(answers, house.known)
    if question.keyboard:
        ask(session, house, draft, answers, now)
        return
    message = render(speech_for(session, house, draft.chat_id), question, step, draft.id)
    edit(session, draft.chat_id, draft.question_uid, message, now)
    draft.step = step.name
    keep(session, draft, answers, now)


def close(
    session: Session, house: House, draft: Draft, answers: Mapping[str, Any], shown: Label | None, now: datetime
) -> None:
    """The question that is open loses its buttons and shows the answer."""
    close_old(session, house, draft.chat_id, draft.question_uid, draft.step, answers, shown, now)


def close_old(
    session: Session,
    house: House,
    chat_id: int,
    uid: str | None,
    name: str | None,
    answers: Mapping[str, Any],
    shown: Label | None,
    now: datetime,
) -> None:
    """The same for a question that is no longer the draft's; `answers` are those it was asked with."""
    step = step_named(REPORT, name or "")
    if uid is None or step is None:
        return
    question = step.ask(answers, house.known)
    if not question.keyboard:
        edit(session, chat_id, uid, answered(speech_for(session, house, chat_id), question, shown), now)


def offer(session: Session, house: House, draft: Draft, now: datetime) -> None:
    """A picture or recording came before anything else: shall it become a report?"""
    speech = speech_for(session, house, draft.chat_id)
    keys = (
        Key(speech.word("b-ya-lapor"), b.Nav(draft.id, "lanjut")),
        Key(speech.word("b-bahaya"), b.Menu("bahaya")),
        Key(speech.word("b-hapus"), b.Nav(draft.id, "buang")),
    )
    _propose(session, house, draft, keys, now)


def nudge(session: Session, house: House, draft: Draft, now: datetime) -> None:
    """An unfinished report is mentioned."""
    speech = speech_for(session, house, draft.chat_id)
    keys = (
        Key(speech.word("b-lanjutkan"), b.Nav(draft.id, "lanjut")),
        Key(speech.word("b-buang"), b.Nav(draft.id, "buang")),
    )
    _propose(session, house, draft, keys, now)


def _propose(session: Session, house: House, draft: Draft, keys: tuple[Key, ...], now: datetime) -> None:
    answers = drafts.answers_of(session, draft)
    close_offer(session, house, draft, answers, now)
    begun = draft.question_uid is not None
    text = _proposal(house, speech_for(session, house, draft.chat_id), begun)
    uid = say(session, draft.chat_id, Message(text, column(keys)), now, kind="question")
    keep(session, draft, {**answers, OFFER: {"uid": uid, "begun": begun}}, now)


def close_offer(session: Session, house: House, draft: Draft, answers: dict[str, Any], now: datetime) -> None:
    """An offer that was answered, or overtaken, loses its buttons."""
    if (made := answers.pop(OFFER, None)) is not None:
        text = _proposal(house, speech_for(session, house, draft.chat_id), made["begun"])
        edit(session, draft.chat_id, made["uid"], Message(text), now)


def _proposal(house: House, speech: Speech, begun: bool) -> str:
    return with_numbers(house, speech, speech.say("tertunda" if begun else "media_awal"))


def with_numbers(house: House, speech: Speech, text: str) -> str:
    """A greeting or an offer, and below it whom to phone if there is danger (rows 5, 66)."""
    phone = speech.word(house.known.knowledge.emergency_key(None))
    return f"{text}\n{speech.say('sapa_bahaya', telepon=phone)}"
