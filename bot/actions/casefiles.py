"""Many case files at once: what a group of due cases needs is read in a few statements, not in some for each."""

from collections.abc import Sequence

from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.config import policy_from_json
from bot.core.escalation import GRACE
from bot.core.moves import Status
from storage import ahead
from storage.ahead import Lock
from storage.roll import reporters, roll, spot_of


def open_all(turn: Turn, case_ids: Sequence[str], *, lock: Lock = "wait") -> list[CaseFile]:
    """The files of these cases in this order, held; with "skip", without those that another transaction holds."""
    group = turn.house.group
    held = ahead.hold(turn.session, case_ids, lock)
    unowned = [case for case in held.cases if case.status == Status.OPEN]
    company = roll(turn.session, {spot_of(case) for case in unowned}, turn.now)
    own = reporters(turn.session, [case.id for case in unowned]) if unowned else {}
    persons = {person for team in company.members.values() for person in team}
    persons |= {owner for case in held.cases for owner in (case.owner_id, case.former_id) if owner is not None}
    ahead.read_later(turn.session, held, persons, () if group is None else (group,))
    ladders = {policy_id: policy_from_json(body) for policy_id, body in held.ladders.items()}
    files = {}
    for case in held.cases:
        asked = held.pinged.get(case.id)
        again = case.grace_until is not None and (asked is None or asked < case.grace_until - GRACE)
        known = {"asks": held.asks[case.id], "policy": ladders[case.policy_id], "ask_again": again}
        if case.status == Status.OPEN:
            known["people"] = company.at(spot_of(case), group, own.get(case.id, ()))
        files[case.id] = CaseFile(turn, case)
        files[case.id].__dict__.update(known)
    return [files[case_id] for case_id in dict.fromkeys(case_ids) if case_id in files]
