"""Until when: the ladder that a case keeps, until when it waits for whom, and what its reporter is promised."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.actions.turn import Turn
from bot.config import policy_from_json, policy_json
from bot.core.escalation import Policy, goes_on_at
from bot.core.hours import Hours
from bot.core.roles import LADDER_ROLES
from storage import cases
from storage.session import Session
from storage.tables import Case
from storage.tables import Policy as StoredPolicy

MARGIN = timedelta(minutes=10)
"""Between what the ladder plans and what the reporter is promised; in darurat there is none."""
NEWS_EVERY = {"darurat": timedelta(hours=1), "mendesak": timedelta(hours=6), "biasa": timedelta(hours=24)}
"""At the end of the ladder, which repeats more often than a reporter wants to read the same."""


def policy_of(session: Session, case: Case) -> Policy:
    """The ladder the case began with."""
    row = session.get(StoredPolicy, case.policy_id)
    assert row is not None, "a case keeps its policy"
    return policy_from_json(row.body)


def new_policy(turn: Turn, urgency: str, place: str | None, *, always: bool = False) -> str:
    """Keep the present ladder of `urgency` at a kecamatan (or kabupaten/kota, if no more is known); returns its id.

    `always` lets it ring at any hour.
    """
    policy = turn.house.policy(urgency, place)
    policy_id, body = policy_json(replace(policy, hours=Hours()) if always else policy)
    cases.keep_policy(turn.session, policy_id, body)
    return policy_id


def deadline(session: Session, case: Case, policy: Policy) -> tuple[datetime, str | None]:
    """Until when the present rung may answer, and which role is asked after it (None: it repeats)."""
    until = goes_on_at(cases.view(session, case), policy)
    if case.rung + 1 < len(policy.rungs):
        roles = [role for role in policy.rungs[case.rung + 1].ask if role != "jsc2"]
        return until, (roles or ["jsc"])[-1]
    return until, None


def answer_by(session: Session, case: Case) -> datetime:
    """Until when the people asked about an open case may answer before somebody else is asked."""
    return deadline(session, case, policy_of(session, case))[0]


def promise(session: Session, case: Case, policy: Policy) -> datetime:
    """Until when the reporter hears the next news at the latest: the next step, and a margin to be honest."""
    until = deadline(session, case, policy)[0]
    if case.rung >= len(policy.rungs) - 1 and case.fired_at is not None:
        until = max(until, case.fired_at + NEWS_EVERY[case.urgency])
    if case.urgency == "darurat":
        return until
    until += MARGIN
    return until.replace(second=0, microsecond=0) + timedelta(minutes=-until.minute % 5)


def asked_role(session: Session, case: Case) -> str:
    """The highest role that is asked now: what the reporter may know of who is."""
    asked = {ask.role for ask in cases.asks(session, case) if ask.rung == case.rung}
    return max(asked, key=LADDER_ROLES.index, default="jsc")
