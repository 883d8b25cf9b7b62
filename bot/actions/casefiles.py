"""Many case files at once: what a group of due cases needs is read in a few statements, not in some for each."""

from collections.abc import Sequence

from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.escalation import GRACE
from bot.core.moves import Status
from storage import ahead
from storage.roll import roll, spot_of
from storage.standing import GROUP


def hold_all(turn: Turn, case_ids: Sequence[str], *, skip: bool = False) -> list[CaseFile]:
    """The files of these cases in this order, held; with `skip`, without those that another transaction holds."""
    session, group = turn.session, turn.house.group
    found = ahead.read(session, case_ids, skip=skip)
    open_now = [case for case in found.cases if case.status == Status.OPEN]
    company = roll(session, {spot_of(case) for case in open_now}, turn.now)
    persons = {person for team in company.members.values() for person in team}
    persons |= {ask.person for asks in found.asks.values() for ask in asks if ask.person != GROUP}
    persons |= {owner for case in found.cases for owner in (case.owner_id, case.former_id) if owner is not None}
    chats = {report.chat_id for reports in found.reports.values() for report in reports}
    chats |= {ask.chat_id for asks in found.asks.values() for ask in asks} | ({group} if group is not None else set())
    found.held += ahead.people(session, persons, chats)
    session.ahead.held.append(found)
    files = {}
    for case in found.cases:
        file = files[case.id] = CaseFile(turn, case)
        known = {"asks": found.asks[case.id], "reports": found.reports[case.id]}
        if case.status == Status.OPEN:
            known["people"] = company.at(spot_of(case), group)
        if case.grace_until is not None:
            since = found.pinged.get(case.id)
            known["ask_again"] = since is None or since < case.grace_until - GRACE
        else:
            known["ask_again"] = False
        file.__dict__.update(known)
    return [files[case_id] for case_id in dict.fromkeys(case_ids) if case_id in files]
