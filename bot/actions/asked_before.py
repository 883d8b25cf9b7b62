"""Who was asked about a case before somebody: on the card that climbs, with their number (row 136)."""

from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.asks import OTHER
from bot.core.escalation import AskState
from bot.core.roles import LADDER_ROLES
from bot.texts.case_facts import AskedBefore
from storage import roster
from storage.standing import GROUP

LOST = frozenset({"silence", "absent", "left", OTHER})
"""Reasons for which nobody waits for somebody, without a word of theirs."""
MOST = 4
"""Of so many a card tells; those who are nearest to the reader on the ladder come last."""


def asked_before(turn: Turn, file: CaseFile, role: str) -> tuple[AskedBefore, ...]:
    """Everybody who stands below this role on the ladder and was asked in this round, in the order of the ladder."""
    if role not in LADDER_ROLES:
        return ()
    found = []
    for ask in file.asks:
        if ask.person == GROUP or LADDER_ROLES.index(ask.role) >= LADDER_ROLES.index(role):
            continue
        member = roster.member(turn.session, ask.person)
        if member is not None and member.active:
            name, phone = roster.name_of(turn.session, member), roster.phone_of(turn.session, member)
            declined = ask.state == AskState.DECLINED and ask.reason not in LOST
            found.append(AskedBefore(ask.role, name, phone, declined))
    return tuple(sorted(found, key=lambda one: LADDER_ROLES.index(one.role))[:MOST])
