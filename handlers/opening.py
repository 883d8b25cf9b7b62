"""The way into a conversation: begin it, go on with it, or offer it."""

from collections.abc import Mapping
from typing import Any

from bot.actions.turn import Turn
from bot.core.flow import Flow
from bot.core.put_away import still_away
from bot.core.walk import apply, is_said_aside
from handlers import asking, greeting, offers
from handlers.acts import Who
from handlers.closing import flow_of, known, standing
from storage import chats, drafts
from storage.tables import Draft


def open_flow(turn: Turn, who: Who, flow: Flow, how: Mapping[str, Any] | None = None) -> None:
    """The way into a conversation: one that is new, or of which nothing was answered, is asked with the notes `how`.

    An unfinished one is offered; one that was hidden begins anew, and is back once its beginning was told again.
    """
    draft = drafts.named(turn.session, (who.chat_id, flow.name))
    if draft is None:
        first(turn, begin(turn, who, flow, apply(flow, {}, how or {})))
        return
    answers = drafts.answers_of(turn.session, draft)
    if draft.question_uid is not None and flow.begun(answers):
        if is_said_aside(answers, draft.shown):
            asking.resume(turn, draft)
        else:
            come_back(turn, who, draft)
        return
    asked = flow.with_consent(apply(flow, answers, how or {}), chats.consented(turn.session, who.chat_id))
    asking.follow(turn, draft, asked, standing(draft, answers))


def begin(turn: Turn, who: Who, flow: Flow, answers: Mapping[str, Any]) -> Draft:
    """A new draft, of which nothing was asked yet; what was hidden waits in it."""
    answers = flow.storable(answers, known(turn, who.chat_id))
    due = turn.now + flow.lives(answers, nudged=False)
    old = drafts.named(turn.session, (who.chat_id, flow.name))
    if old is not None:
        answers = {**still_away(flow, drafts.answers_of(turn.session, old)), **answers}
    return drafts.begin(turn.session, who.chat_id, flow.name, answers, turn.now, due)


def first(turn: Turn, draft: Draft) -> None:
    """The first question; consent given before to this very text is not asked for again."""
    given = chats.consented(turn.session, draft.chat_id)
    answers = drafts.answers_of(turn.session, draft)
    asking.ask(turn, draft, flow_of(draft).with_consent(answers, given))


def come_back(turn: Turn, who: Who, draft: Draft) -> None:
    """Somebody comes back to an unfinished draft: nothing answered yet is asked again, the rest is offered."""
    answers = drafts.answers_of(turn.session, draft)
    if draft.question_uid is None:
        offer_again(turn, who, draft)
    elif flow_of(draft).begun(answers):
        offers.nudge(turn, draft)
    else:
        asking.resume(turn, draft)


def offer_again(turn: Turn, who: Who, draft: Draft) -> None:
    """What came before the first question is offered; where nothing was kept, the person is greeted."""
    if flow_of(draft).holds(drafts.answers_of(turn.session, draft)):
        offers.offer(turn, draft)
    else:
        greeting.greet(turn, who)
