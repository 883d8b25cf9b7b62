"""The conversation: one handler drives every step of every flow, and names none."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.actions import greetings
from bot.actions.turn import Turn
from bot.core.albums import of_same_album, with_album
from bot.core.inputs import Input, Picked, Typed, Unclear
from bot.core.question import Again, Answered, Leave, Result
from bot.core.unasked import is_worth_keeping
from bot.core.walk import CONFUSED, answered, apply, back, current
from bot.core.words import Label, Words
from handlers import asking, closing, flows, greeting, opening
from handlers.acts import Who
from handlers.closing import Open, flow_of
from handlers.questions import listed, tells_more, typed_choice, typed_nav
from storage import chats, drafts
from storage.tables import Draft


def answer(turn: Turn, who: Who, draft: Draft, given: Input, *, instead: tuple[Words, ...] | None = None) -> None:
    """The question shown last is given something: a choice, an answer, a way to steer, or nothing it can use.

    `instead`: said above the question if it is nothing that it can use, since something else was done with it.
    """
    answers, flow, speech = drafts.answers_of(turn.session, draft), flow_of(draft), closing.speech_of(turn, draft)
    if rest_of_album(turn, draft, answers, given):
        return
    if isinstance(given, Unclear):
        asking.resume(turn, draft, given.why or flow.script.unclear)
        return
    step, known = current(flow, answers), closing.known(turn, draft.chat_id)
    assert step is not None
    if isinstance(given, Typed):
        if act := typed_nav(speech, given.text):
            steer(turn, who, draft, act)
            return
        question = step.ask(answers, known)
        if value := typed_choice(speech, question, given.text):
            if tells_more(speech, question, value, given.text):
                answers = answered(flow, answers, flow.beside(answers, given.text, step), known)
            given = Picked(value)
    result = step.read(answers, given, known)
    why = result.why if isinstance(result, Again) and isinstance(given, Typed) else None
    short = isinstance(given, Typed) and why != flow.script.unclear and not is_worth_keeping(given.text)
    kept = flow.keeps(answers, given, step, known) if isinstance(result, Again) and not short else None
    if isinstance(kept, Answered):
        _keep(turn, draft, answered(flow, answers, kept.updates, known), why)
        return
    if isinstance(result, Again) and instead is not None:
        asking.follow(turn, draft, answers, closing.standing(draft, answers), instead)
        return
    if isinstance(result, Again):
        answers, result = with_album(answers, given), kept or result
    follow(turn, who, draft, closing.standing(draft, answers), result)


def rest_of_album(turn: Turn, draft: Draft, answers: Mapping[str, Any], given: Input) -> bool:
    """Whether this is one more picture of the album at hand: it is kept, or refused, without a word of its own."""
    if not of_same_album(answers, given):
        return False
    flow = flow_of(draft)
    asked = current(flow, answers) if draft.question_uid is not None else None
    more = flow.keeps(answers, given, asked, closing.known(turn, draft.chat_id))
    if isinstance(more, Answered):
        asking.keep(turn, draft, apply(flow, answers, more.updates))
    return True


def steer(turn: Turn, who: Who, draft: Draft, act: str, was: Open | None = None) -> None:
    """Back, cancel, resume, throw away, pressed or typed."""
    flow, answers = flow_of(draft), drafts.answers_of(turn.session, draft)
    was = was or closing.standing(draft, answers)
    if act in ("batal", "buang"):
        _end(turn, who, draft, was, Leave(flow.script.cancelled, flow.leads_to))
    elif draft.question_uid is None:
        opening.first(turn, draft)
    elif act == "kembali":
        before = back(flow, answers)
        words = (flow.script.first,) if before is None else ()
        asking.follow(turn, draft, answers if before is None else before, was, words)
    else:
        asking.resume(turn, draft)


def stale(turn: Turn, who: Who) -> str:
    """A button that means nothing: the current question again, or the way in."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None and draft.question_uid is not None:
        asking.resume(turn, draft)
    else:
        greeting.greet(turn, who)
    return turn.speech(who.chat_id).word("tombol_lama")


def follow(turn: Turn, who: Who, draft: Draft, was: Open, result: Result) -> None:
    """What the answer to an open question leads to: another question, the end, or the same question again."""
    match result:
        case Again(why):
            asking.follow(turn, draft, *_confused(turn, draft, was, why))
        case Leave():
            _end(turn, who, draft, was, result)
        case Answered(updates, shown):
            flow = flow_of(draft)
            new = answered(flow, was.answers, updates, closing.known(turn, draft.chat_id))
            if asking.remark(turn, draft, was.answers, new):
                was = replace(was, bubble=None)
            if flow.consents(updates):
                chats.consent(turn.session, who.chat_id, flow.consent, turn.now)
            if flow.greeted(updates):
                greetings.promise(turn, who.chat_id)
            if current(flow, new) is not None:
                asking.follow(turn, draft, new, was, shown=shown)
                return
            flows.ENDS[flow.name].finish(turn, draft, new)
            closing.close(turn, draft, was, shown)
            _go_on(turn, who)


def _confused(turn: Turn, draft: Draft, was: Open, why: Words) -> tuple[Mapping[str, Any], Open, tuple[Label, ...]]:
    """What is said to an answer that was not understood; the second time in a row the choices and their numbers too."""
    flow, step = flow_of(draft), flow_of(draft).step(was.name)
    numbers = flow.script.numbers
    if step is None or numbers is None or why != flow.script.unclear:
        return was.answers, was, (why,)
    choices = listed(closing.speech_of(turn, draft), step.ask(was.answers, closing.known(turn, draft.chat_id)))
    if was.answers.get(CONFUSED) != step.name or choices is None:
        return {**was.answers, CONFUSED: step.name}, was, (why,)
    return was.answers, was, (numbers, choices)


def _keep(turn: Turn, draft: Draft, answers: Mapping[str, Any], why: Words | None) -> None:
    """What answered nothing was kept: that is said, and the question asked again; the second time with its numbers."""
    was, script = closing.standing(draft, drafts.answers_of(turn.session, draft)), flow_of(draft).script
    said: tuple[Label, ...] = ()
    if not asking.remark(turn, draft, was.answers, answers) and script.kept:
        said = (script.kept,)
    if why is not None:
        answers, _, more = _confused(turn, draft, replace(was, answers=answers), why)
        left = (script.left if script.left and words == script.numbers else words for words in more)
        said = (*said, *(words for words in left if words != script.unclear))
    asking.follow(turn, draft, answers, was, said)


def _end(turn: Turn, who: Who, draft: Draft, was: Open, leave: Leave) -> None:
    offer = closing.take_offer(turn, draft)
    bare = asking.take_keyboard(turn, drafts.all_of(turn.session, who.chat_id))
    drafts.drop(turn.session, draft)
    greeting.goodbye(turn, who, leave.words, leave.menu, bare=bare)
    closing.close(turn, draft, was, None)
    closing.close_offer(turn, who.chat_id, offer)
    _go_on(turn, who)


def _go_on(turn: Turn, who: Who) -> None:
    """One conversation is over: another one that waits for an answer asks its question again."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None and draft.question_uid is not None:
        asking.resume(turn, draft)
