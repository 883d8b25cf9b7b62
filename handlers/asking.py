"""Asking: the current question of a draft, once; a pressed bubble turns into the next (rows 3-5)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.actions.turn import Turn
from bot.core.put_away import brought_back, still_away
from bot.core.walk import current
from bot.core.words import Label, Words
from bot.texts.message import Message, call
from handlers.closing import Open, close, close_offer, flow_of, known, speech_of, standing, take_offer
from handlers.questions import Bubble, render, taken
from storage import drafts, kinds, outbox
from storage.outbox import Outgoing
from storage.tables import Draft


def keep(turn: Turn, draft: Draft, answers: Mapping[str, Any]) -> None:
    """Store the answers, and when the draft is looked at next."""
    flow = flow_of(draft)
    answers = flow.storable(answers, known(turn, draft.chat_id))
    due = turn.now + flow.lives(answers, nudged=draft.nudged)
    drafts.keep(turn.session, draft, answers, turn.now, due)


def done(turn: Turn, draft: Draft, answers: Mapping[str, Any]) -> None:
    """A draft was completed: it is dropped, and what was hidden before it waits on."""
    drafts.drop(turn.session, draft)
    flow = flow_of(draft)
    if hidden := still_away(flow, answers):
        due = turn.now + flow.lives(hidden, nudged=True)
        drafts.begin(turn.session, draft.chat_id, draft.flow, hidden, turn.now, due).nudged = True


def remark(turn: Turn, draft: Draft, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """What is said of what came, in a bubble of its own that no answer rewrites, above the question; whether it was."""
    words = flow_of(draft).remark(before, after, known(turn, draft.chat_id))
    if words is not None:
        turn.say(draft.chat_id, Message(speech_of(turn, draft).html(words)))
    return words is not None


def ask(turn: Turn, draft: Draft, answers: Mapping[str, Any], before: Iterable[Label] = ()) -> None:
    """Ask the question that follows from the answers, in a new bubble."""
    _ask(turn, draft, answers, tuple(before), None)


def follow(
    turn: Turn,
    draft: Draft,
    answers: Mapping[str, Any],
    was: Open,
    before: Iterable[Label] = (),
    shown: Label | None = None,
) -> None:
    """The next question: the bubble that was pressed turns into it, or it is a new one and the old one closes last."""
    step = flow_of(draft).step(was.name)
    asked = step.ask(was.answers, known(turn, draft.chat_id)) if step is not None else None
    place = was.bubble if asked is not None and not asked.phones else None
    done = step is not None and step.name in answers
    line = taken(speech_of(turn, draft), step, shown) if step is not None and shown is not None and done else None
    if not _ask(turn, draft, answers, tuple(before), place, line):
        close(turn, draft, was, shown)


def _ask(
    turn: Turn,
    draft: Draft,
    answers: Mapping[str, Any],
    said: tuple[Label, ...],
    place: int | None,
    line: Words | None = None,
) -> bool:
    """Ask it; whether in `place`, below a `line` of what was answered. A keyboard of the phone needs a new bubble."""
    answers = brought_back(flow_of(draft), answers)
    step = current(flow_of(draft), answers)
    assert step is not None, "a complete draft is submitted, not asked"
    speech = speech_of(turn, draft)
    question, offer = step.ask(answers, known(turn, draft.chat_id)), take_offer(turn, draft)
    there = drafts.all_of(turn.session, draft.chat_id)
    bare = not question.keyboard and take_keyboard(turn, there)
    if question.keyboard or bare:
        place = None
    if place is not None and line is not None and not question.rows:  # rows tell all that was answered
        said = (line, *said)
    if bare:
        turn.say(draft.chat_id, Message(speech.html(said[0] if said else Words("baik")), bare=True), kinds.QUESTION)
        said = said[1:]
    draft.shown = 1 + max(other.shown for other in there)
    bubble = Bubble(draft.id, draft.shown, hides=flow_of(draft).hides(answers))
    message = render(speech, question, step, bubble, said)
    slot = f"{draft.id}:{step.name}" if question.phones else draft.id
    draft.question_uid = put(turn, draft.chat_id, message, slot, place, draft.question_uid)
    draft.step, draft.keyboard = step.name, question.keyboard is not None
    close_offer(turn, draft.chat_id, offer)
    keep(turn, draft, answers)
    return place is not None


def put(
    turn: Turn, chat_id: int, message: Message, slot: str, in_place: int | None = None, was: str | None = None
) -> str:
    """Say a question, of whose `slot` only the newest leaves; returns its uid.

    The bubble `in_place` turns into it, which shows the question `was`.
    """
    payload, was = call(message, chat_id), was if in_place is not None else None
    outgoing = Outgoing(outbox.TELEGRAM, chat_id, kinds.QUESTION, payload, edits=was, in_place=in_place, slot=slot)
    return outbox.put(turn.session, outgoing, turn.now)


def resume(turn: Turn, draft: Draft, *before: Words) -> None:
    """The current question again, at the bottom of the screen; its older copy loses its buttons."""
    answers = drafts.answers_of(turn.session, draft)
    follow(turn, draft, answers, standing(draft, answers), before)


def take_keyboard(turn: Turn, there: Sequence[Draft]) -> bool:
    """Whether one of a chat's drafts had put a keyboard on the phone; it is to be taken away now."""
    shown = [draft for draft in there if draft.keyboard]
    for draft in shown:
        draft.keyboard = False
        turn.session.add(draft)
    return bool(shown)
