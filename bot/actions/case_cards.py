"""The cards of a case on everybody's phone: each shows what is true now (rows 40, 59)."""

from dataclasses import replace

from bot.actions import deadlines, replies
from bot.actions.asked_before import LOST, asked_before
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.escalation import AskState
from bot.core.moves import Status
from bot.core.roles import LADDER_ROLES
from bot.core.standing import Given
from bot.texts import case_card as cards
from bot.texts.case_facts import Handling
from bot.texts.message import Message
from storage import kinds, outbox, register
from storage.standing import GROUP
from storage.tables import Ask


def refresh(turn: Turn, file: CaseFile, _: Given | None = None) -> None:
    """Every card of the round shows what is true now, and no line under it has buttons (one card edits when taken)."""
    for ask in file.asks:
        render(turn, file, ask)
        replies.close(turn, ask)


def draw(turn: Turn, file: CaseFile, _: Given | None = None) -> None:
    """Every card of the round shows what is true now."""
    for ask in file.asks:
        render(turn, file, ask)


def refresh_own(turn: Turn, file: CaseFile, given: Given) -> None:
    """The cards of whoever did it, alone."""
    for ask in file.asks:
        if ask.person in given.people:
            render(turn, file, ask)
            replies.close(turn, ask)


def render(turn: Turn, file: CaseFile, ask: Ask) -> None:
    """Edit one card to the present state of its case."""
    if ask.card_uid:
        turn.edit(ask.chat_id, ask.card_uid, current(turn, file, ask), kinds.REDRAW)


def draw_taken(turn: Turn, file: CaseFile) -> None:
    """The card by which its owner took it shows what is true now: a button whose time is over is gone."""
    owner, since = file.owner, file.case.acknowledged_at
    if owner is None or owner.chat_id is None or since is None:
        return
    for uid in outbox.held(turn.session, file.case.id, owner.chat_id, since)[:1]:
        card = cards.owner_card(turn.speech(owner.chat_id), file.facts, file.case.next_due_at)
        turn.edit(owner.chat_id, uid, card, kinds.REDRAW)


def part(turn: Turn, file: CaseFile, ask: Ask) -> None:
    """The card of somebody who is asked no more, for the case is elsewhere now."""
    if ask.card_uid:
        group = ask.person == GROUP
        message = cards.over_card(turn.speech(ask.chat_id), file.facts, "c_dilepas", group=group)
        turn.edit(ask.chat_id, ask.card_uid, message, kinds.REDRAW)
    replies.close(turn, ask)


def current(turn: Turn, file: CaseFile, ask: Ask, *, fresh: bool = False) -> Message:
    """The card of an ask as it should read now; `fresh` when it is sent for the first time."""
    case, owner = file.case, file.owner
    speech, group = turn.speech(ask.chat_id), ask.person == GROUP
    if owner is not None:
        assert case.acknowledged_at is not None
        # In a group a worker is a role, no name.
        name = None if group else register.name_at(turn.session, owner, case.acknowledged_at)
        return cards.taken_card(speech, file.facts, owner.role, name, case.acknowledged_at, group=group)
    if case.status == Status.WITHDRAWN:
        return cards.over_card(speech, file.facts, "c_ditarik", group=group)
    if case.status != Status.OPEN or ask.round != case.round:
        return cards.over_card(speech, file.facts, "c_berakhir", group=group)
    if ask.state == AskState.DECLINED:
        if ask.reason in LOST:
            return cards.over_card(speech, file.facts, "c_dilepas", group=group)
        return cards.passed_card(speech, file.facts, group=group)
    if group:
        card = cards.group_card(speech, file.facts)
        return card if fresh else replace(card, silent=False)
    until, then = deadlines.ahead(turn, file) if case.rung >= 0 else (None, None)
    before = asked_before(turn, file, ask.role)
    here = Handling(reader=ask.role, until=until, then=then, before=before, also=_above(file, ask))
    return cards.ping(speech, file.facts, here)


def _above(file: CaseFile, ask: Ask) -> str | None:
    """The highest role that is asked on a higher rung than this one."""
    others = [one for one in file.asks if one.rung > ask.rung and one.state == AskState.WAITING and one.person != GROUP]
    top = max((one.role for one in others), key=LADDER_ROLES.index, default=ask.role)
    return top if top != ask.role else None
