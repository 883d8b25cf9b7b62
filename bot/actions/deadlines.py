"""Until when: the ladder that a case keeps, until when it waits for whom, and what its reporter is promised."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.config import policy_json
from bot.core.escalation import AskState, goes_on_at
from bot.core.hours import Hours
from bot.core.roles import LADDER_ROLES
from bot.core.service import GRAVE, of_the_province
from storage import cases
from storage.standing import GROUP
from storage.tables import Case

MARGIN = timedelta(minutes=10)
"""Between what the ladder plans and what the reporter is promised; in darurat only the minute is full."""
NEWS_EVERY = {"darurat": timedelta(hours=1), "mendesak": timedelta(hours=6), "biasa": timedelta(hours=24)}
"""At the end of the ladder, which repeats more often than a reporter wants to read the same;"""
RARER = timedelta(hours=6)
"""the longer nobody has the case the rarer, up to this."""


def new_policy(turn: Turn, urgency: str, place: str | None, category: str, danger: str) -> str:
    """Keep the present ladder of `urgency` at a kecamatan (or kabupaten/kota, if no more is known); returns its id.

    What it is about may choose another ladder, and lets it ring at any hour. Where the service has not begun only JSC
    is asked about what is darurat; what is calm keeps the ladder that it begins with when the service has come.
    """
    field = turn.house.known.knowledge
    policy = turn.house.policy(urgency, place, field.sort(category, danger))
    if not turn.house.known.service.has_begun(place) and urgency == GRAVE:
        policy = of_the_province(policy)
    always = field.rings_always(category, danger)
    policy_id, body = policy_json(replace(policy, hours=Hours()) if always else policy)
    cases.keep_policy(turn.session, policy_id, body)
    return policy_id


def regrade(turn: Turn, case: Case, urgency: str) -> None:
    """A case has another urgency from now on, and the present ladder of that."""
    place = case.kecamatan or case.kabupaten
    case.urgency, case.policy_id = urgency, new_policy(turn, urgency, place, case.category, case.danger)
    turn.session.add(case)
    turn.session.flush()


def deadline(file: CaseFile) -> tuple[datetime, str | None]:
    """Until when the present rung may answer, and which role is asked after it (None: it repeats)."""
    until, policy, rung = goes_on_at(file.view, file.policy), file.policy, file.case.rung
    if rung + 1 < len(policy.rungs) and not policy.rungs[rung + 1].again:
        roles = [role for role in policy.rungs[rung + 1].ask if role != "jsc2"]
        return until, (roles or ["jsc"])[-1]
    return until, None


def ahead(turn: Turn, file: CaseFile) -> tuple[datetime | None, str | None]:
    """The deadline as a card may still say it: nothing once it has passed, or while nobody was asked."""
    if file.case.fired_at is None:
        return None, None
    until, then = deadline(file)
    return (until, then) if until > turn.now else (None, None)


def answer_by(turn: Turn, case: Case) -> datetime:
    """Until when the people asked about an open case may answer before somebody else is asked."""
    return deadline(CaseFile(turn, case))[0]


def promise(file: CaseFile, now: datetime) -> datetime:
    """Until when the reporter hears the next news at the latest: the next step, and a margin to be honest.

    Where no further step is news, the promise itself brings it.
    """
    case, until = file.case, deadline(file)[0]
    if case.next_due_at is not None and not any(ask.state == AskState.WAITING for ask in file.asks):
        until = max(until, case.next_due_at)  # nobody is asked before that
    if all(rung.again for rung in file.policy.rungs[case.rung + 1 :]) or until <= now:
        assert case.fired_at is not None
        wait = max(NEWS_EVERY[case.urgency], min(now - case.round_at, RARER))
        until = max(until, max(case.fired_at, now) + wait)
    if case.urgency == "darurat":
        return until.replace(second=0, microsecond=0) + timedelta(minutes=1)
    until += MARGIN
    return until.replace(second=0, microsecond=0) + timedelta(minutes=-until.minute % 5)


def awaited_role(file: CaseFile) -> str | None:
    """The highest role that may answer now, if anybody but the group and whoever had it last can."""
    nobody = (GROUP, file.case.former_id)
    named = {ask.role for ask in file.asks if ask.state == AskState.WAITING and ask.person not in nobody}
    return max(named, key=LADDER_ROLES.index, default=None)


def role_after(file: CaseFile) -> str | None:
    """The role that is asked if the owner lets the case go: who was asked with them, or the next one above, if any."""
    case, me = file.case, file.case.owner_id
    asked = {ask.role for ask in file.asks if ask.person not in (me, GROUP) and ask.state == AskState.OVER}
    if asked:
        return max(asked, key=LADDER_ROLES.index)
    known = {ask.person for ask in file.asks} | {me}
    for rung in file.policy.rungs[case.rung + 1 :]:
        for role in rung.ask:
            if set(file.people.get(role, ())) - known - {GROUP}:
                return "jsc" if role == "jsc2" else role
    return None


def asked_role(file: CaseFile) -> str:
    """The highest role that is asked now: what the reporter may know of who is."""
    asked = {ask.role for ask in file.asks if ask.rung == file.case.rung}
    return max(asked, key=LADDER_ROLES.index, default="jsc")
