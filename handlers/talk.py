"""The conversation: one handler drives every step of every flow, and names none."""

from collections.abc import Mapping
from typing import Any

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.albums import of_same_album, with_album
from bot.core.inputs import Input, Picked, Typed, Unclear
from bot.core.question import Again, Answered, Leave, Result
from bot.core.walk import apply, back, current
from handlers import asking, flows, greeting, opening
from handlers.acts import Who
from handlers.asking import flow_of
from handlers.questions import typed_choice, typed_nav
from storage import chats, drafts
from storage.tables import Draft


def answer(turn: Turn, who: Who, draft: Draft, given: Input) -> None:
    """The question shown last is given something: a choice, an answer, a way to steer, or nothing it can use."""
    answers, flow, speech = drafts.answers_of(turn.session, draft), flow_of(draft), turn.speech(who.chat_id)
    if rest_of_album(turn, draft, answers, given):
        return
    if isinstance(given, Unclear):
        asking.resume(turn, draft, given.why or flow.script.unclear)
        return
    step, known = current(flow, answers), asking.known(turn)
    assert step is not None
    if isinstance(given, Typed):
        if act := typed_nav(speech, given.text):
            steer(turn, who, draft, act)
            return
        if value := typed_choice(speech, step.ask(answers, known), given.text):
            given = Picked(value)
    result = step.read(answers, given, known)
    kept = flow.keeps(answers, given, step, known) if isinstance(result, Again) else None
    if isinstance(kept, Answered):
        _keep(turn, draft, apply(flow, answers, kept.updates))
        return
    if isinstance(result, Again):
        answers, result = with_album(answers, given), kept or result
    _follow(turn, who, draft, answers, result)


def rest_of_album(turn: Turn, draft: Draft, answers: Mapping[str, Any], given: Input) -> bool:
    """Whether this is one more picture of the album at hand: it is kept, or refused, without a word of its own."""
    if not of_same_album(answers, given):
        return False
    more = flow_of(draft).keeps(answers, given, None, asking.known(turn))
    if isinstance(more, Answered):
        asking.keep(turn, draft, apply(flow_of(draft), answers, more.updates))
    return True


def pick(turn: Turn, who: Who, button: b.Pick) -> str:
    """A button of a question; a stale one says what is true now."""
    draft = drafts.by_id(turn.session, who.chat_id, button.draft)
    if draft is None:
        return flows.over(turn, who.chat_id, button.draft) or stale(turn, who)
    answers, known = drafts.answers_of(turn.session, draft), asking.known(turn)
    step = current(flow_of(draft), answers)
    assert step is not None
    if step.name != button.step and answers.get(button.step) is not None:
        return turn.speech(who.chat_id).word("sudah_dijawab")
    offered = step.ask(answers, known).choices
    if step.name != button.step or all(choice.value != button.value for choice in offered):
        return stale(turn, who)
    _follow(turn, who, draft, answers, step.read(answers, Picked(button.value), known), pressed=True)
    return ""


def nav(turn: Turn, who: Who, button: b.Nav) -> str:
    """Back, cancel, resume, throw away."""
    draft = drafts.by_id(turn.session, who.chat_id, button.draft)
    if draft is None:
        return flows.over(turn, who.chat_id, button.draft) or stale(turn, who)
    steer(turn, who, draft, button.act)
    return ""


def steer(turn: Turn, who: Who, draft: Draft, act: str) -> None:
    """Back, cancel, resume, throw away, pressed or typed."""
    flow, answers = flow_of(draft), drafts.answers_of(turn.session, draft)
    if act in ("batal", "buang"):
        _end(turn, who, draft, answers, Leave(flow.script.cancelled, flow.leads_to))
    elif draft.question_uid is None:
        opening.first(turn, draft)
    elif act == "kembali":
        before = back(flow, answers)
        asking.close(turn, draft, answers, None)
        asking.ask(turn, draft, answers if before is None else before, (flow.script.first,) if before is None else ())
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


def _follow(
    turn: Turn, who: Who, draft: Draft, answers: dict[str, Any], result: Result, *, pressed: bool = False
) -> None:
    match result:
        case Again(why):
            asking.close(turn, draft, answers, None)
            asking.ask(turn, draft, answers, (why,))
        case Leave():
            _end(turn, who, draft, answers, result)
        case Answered(updates, in_place, shown):
            flow = flow_of(draft)
            new = apply(flow, answers, updates)
            if flow.consents(updates):
                chats.consent(turn.session, who.chat_id, flow.consent, turn.now)
            if current(flow, new) is None:
                asking.close(turn, draft, answers, shown)
                flows.ENDS[flow.name].finish(turn, draft, new)
                _go_on(turn, who)
            elif in_place and pressed and draft.question_uid is not None and not draft.keyboard:
                asking.ask_in_place(turn, draft, new)
            else:
                old = draft.question_uid, draft.step
                asking.ask(turn, draft, new)
                asking.close_old(turn, draft, *old, answers, shown)


def _keep(turn: Turn, draft: Draft, answers: dict[str, Any]) -> None:
    """What answered nothing was kept: that is said, and the question is asked again."""
    old, before = (draft.question_uid, draft.step), drafts.answers_of(turn.session, draft)
    kept = flow_of(draft).script.kept
    asking.ask(turn, draft, answers, (kept,) if kept else ())
    asking.close_old(turn, draft, *old, before, None)


def _end(turn: Turn, who: Who, draft: Draft, answers: Mapping[str, Any], leave: Leave) -> None:
    asking.close(turn, draft, answers, None)
    asking.close_offer(turn, draft)
    bare = asking.take_keyboard(turn, drafts.all_of(turn.session, who.chat_id))
    drafts.drop(turn.session, draft)
    greeting.goodbye(turn, who, leave.words, leave.menu, bare=bare)
    _go_on(turn, who)


def _go_on(turn: Turn, who: Who) -> None:
    """One conversation is over: another one that waits for an answer asks its question again."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None and draft.question_uid is not None:
        asking.resume(turn, draft)
