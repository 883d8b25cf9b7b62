"""The cards of a case on everybody's phone: each shows what is true now (rows 40, 59)."""

from dataclasses import replace

from bot.actions import deadlines, replies
from bot.actions.speak import facts
from bot.actions.turn import Turn
from bot.core.escalation import AskState
from bot.core.moves import Status
from bot.texts import cards
from bot.texts.message import Message
from storage import cases, kinds, roster
from storage.tables import Ask, Case, Member


def refresh(turn: Turn, case: Case) -> None:
    """Every card of the round shows what is true now, and no line under it has buttons (one card edits when taken)."""
    owner = turn.session.get(Member, case.owner_id) if case.owner_id else None
    for ask in cases.asks(turn.session, case):
        render(turn, case, ask, owner)
        replies.close(turn, ask)


def render(turn: Turn, case: Case, ask: Ask, owner: Member | None) -> None:
    """Edit one card to the present state of its case."""
    turn.edit(ask.chat_id, ask.card_uid, current(turn, case, ask, owner), kinds.REDRAW)


def current(turn: Turn, case: Case, ask: Ask, owner: Member | None) -> Message:
    """The card of an ask as it should read now."""
    speech, told = turn.speech(ask.chat_id), facts(turn, case)
    if owner is not None:
        assert case.acknowledged_at is not None
        group = ask.person == cases.GROUP
        name = None if group else roster.name_of(turn.session, owner)  # in a group a worker is a role, no name
        back = group and owner.role == "jsc"
        return cards.taken_card(speech, told, owner.role, name, case.acknowledged_at, back=back)
    if case.status != Status.OPEN or ask.round != case.round:
        return cards.over_card(speech, told, "c_berakhir")
    if ask.state == AskState.DECLINED:
        return cards.over_card(speech, told, "c_diteruskan")
    if ask.person == cases.GROUP:
        return replace(cards.group_card(speech, told), silent=False)
    policy = deadlines.policy_of(turn.session, case)
    until, then = deadlines.deadline(turn.session, case, policy) if case.rung >= 0 else (None, None)
    return cards.ping(speech, told, ask.role, until=until, then=then)
