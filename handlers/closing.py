"""Closing: what stands open on a screen, a question or an offer, and how it loses its buttons."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.actions.submit import posts
from bot.actions.turn import Turn
from bot.core.flow import Flow, Known
from bot.core.flows import FLOWS
from bot.core.words import Label
from bot.texts.catalog import Speech
from bot.texts.message import Message
from handlers.questions import answered
from storage.tables import Draft


def flow_of(draft: Draft) -> Flow:
    """The conversation that a draft belongs to."""
    return FLOWS[draft.flow]


def speech_of(turn: Turn, draft: Draft) -> Speech:
    """The language of a conversation: that of its chat, where it covers this one."""
    return turn.speech(draft.chat_id).within(draft.flow)


def known(turn: Turn, chat_id: int) -> Known:
    """What a flow knows of the world in this turn, and of the person in this chat."""
    return replace(turn.house.known, now=turn.now, posts=partial(posts, turn, chat_id))


@dataclass(frozen=True, slots=True)
class Open:
    """The question that stands open while something answers it, with the answers it was asked with."""

    uid: str | None
    name: str | None
    answers: Mapping[str, Any]
    bubble: int | None = None
    """The bubble of it that was pressed."""
    copy: int | None = None
    """An older copy of it that was pressed: the newer one is closed, and this one loses its buttons too."""


def standing(draft: Draft, answers: Mapping[str, Any], bubble: int | None = None, copy: int | None = None) -> Open:
    """The question of a draft as it stands open now."""
    return Open(draft.question_uid, draft.step, answers, bubble, copy)


def close(turn: Turn, draft: Draft, was: Open, shown: Label | None) -> None:
    """A question that was open loses its buttons and shows the answer; a press names its bubble."""
    step, which = flow_of(draft).step(was.name), was.uid if was.bubble is None else was.bubble
    if which is not None and step is not None:
        question = step.ask(was.answers, known(turn, draft.chat_id))
        if not question.keyboard:
            turn.edit(draft.chat_id, which, answered(speech_of(turn, draft), question, shown))
    if was.copy is not None:
        turn.edit(draft.chat_id, was.copy, None)


def take_offer(turn: Turn, draft: Draft) -> tuple[str, Message] | None:
    """The offer that what is said next answers or overtakes: its uid, and its words without buttons."""
    uid, draft.offer_uid = draft.offer_uid, None
    return None if uid is None else (uid, Message(proposal(turn, draft)))


def close_offer(turn: Turn, chat_id: int, offer: tuple[str, Message] | None) -> None:
    """It loses its buttons, once the next thing is said."""
    if offer is not None:
        turn.edit(chat_id, *offer)


def proposal(turn: Turn, draft: Draft) -> str:
    """The words that offer to begin a draft, or to go on with it."""
    script, speech = flow_of(draft).script, speech_of(turn, draft)
    words = script.unfinished if draft.question_uid is not None or script.offer is None else script.offer
    return with_numbers(turn, draft.chat_id, speech.html(words)) if script.danger else speech.html(words)


def with_numbers(turn: Turn, chat_id: int, text: str) -> str:
    """A greeting or an offer, and below it whom to phone if there is danger (rows 5, 66)."""
    speech = turn.speech(chat_id)
    phone = speech.word(turn.house.known.knowledge.emergency_key(None))
    return f"{text}\n{speech.say('sapa_bahaya', telepon=phone)}"
