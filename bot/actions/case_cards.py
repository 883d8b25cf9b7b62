"""The cards of a case on everybody's phone: each shows what is true now (rows 40, 59)."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.actions import deadlines, replies
from bot.actions.house import House
from bot.actions.speak import edit, facts, speech_for
from bot.core.escalation import AskState
from bot.core.moves import Status
from bot.texts import case_card as cards
from bot.texts.message import Message
from storage import cases, outbox, roster
from storage.tables import Ask, Case, Member


def refresh(session: Session, house: House, case: Case, now: datetime) -> None:
    """Every card of the round shows what is true now, and no line under it has buttons (one card edits when taken)."""
    owner = session.get(Member, case.owner_id) if case.owner_id else None
    for ask in cases.asks(session, case):
        render(session, house, case, ask, owner, now)
        replies.close(session, ask, now)


def render(session: Session, house: House, case: Case, ask: Ask, owner: Member | None, now: datetime) -> None:
    """Edit one card to the present state of its case."""
    edit(
        session,
        ask.chat_id,
        ask.card_uid,
        current(session, house, case, ask, owner, now),
        now,
        priority=outbox.RECEIPT,
    )


def current(session: Session, house: House, case: Case, ask: Ask, owner: Member | None, now: datetime) -> Message:
    """The card of an ask as it should read now."""
    speech, told = speech_for(session, house, ask.chat_id), facts(session, house, case)
    group = ask.person == cases.GROUP
    if owner is not None:
        assert case.acknowledged_at is not None
        name = None if group else roster.name_of(session, owner)  # in a group a worker is a role, no name
        return cards.taken_card(speech, told, owner.role, name, case.acknowledged_at, group=group)
    if case.status != Status.OPEN or ask.round != case.round:
        return cards.over_card(speech, told, "c_berakhir", group=group)
    if ask.state == AskState.DECLINED:
        return cards.over_card(speech, told, "c_diteruskan", group=group)
    if group:
        return replace(cards.group_card(speech, told), silent=False)
    policy = deadlines.policy_of(session, case)
    until, then = deadlines.deadline(session, case, policy) if case.rung >= 0 else (None, None)
    return cards.ping(speech, told, ask.role, until=until, then=then)
