"""The way into a conversation: begin it, go on with it, or offer it."""

from collections.abc import Mapping
from typing import Any

from bot.actions.turn import Turn
from bot.core.flow import Flow
from bot.core.report_facts import taken_out
from handlers import asking, greeting, offers
from handlers.acts import Who
from handlers.closing import flow_of
from storage import chats, drafts
from storage.tables import Draft


def open_flow(turn: Turn, who: Who, flow: Flow, answers: Mapping[str, Any] | None = None) -> None:
    """The way into a conversation: a new one begins with `answers`, an unfinished one goes on or is offered."""
    draft = drafts.named(turn.session, (who.chat_id, flow.name))
    if draft is None:
        first(turn, begin(turn, who, flow, answers or {}))
    elif draft.question_uid is None:
        first(turn, draft)
    else:
        come_back(turn, who, draft)


def begin(turn: Turn, who: Who, flow: Flow, answers: Mapping[str, Any]) -> Draft:
    """A new draft, of which nothing was asked yet."""
    due = turn.now + flow.lives(answers, nudged=False)
    return drafts.begin(turn.session, who.chat_id, flow.name, answers, turn.now, due)


def first(turn: Turn, draft: Draft) -> None:
    """The first question; consent given before to this very text is not asked for again."""
    given = chats.consented(turn.session, draft.chat_id)
    answers = taken_out(drafts.answers_of(turn.session, draft))
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
