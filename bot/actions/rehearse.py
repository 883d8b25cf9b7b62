"""Gather what a rehearsal of the ladder needs: the settings' ladder, and the roster as it will be."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.config import Settings
from bot.core.escalation import People, Policy
from bot.core.hours import Hours
from bot.core.knowledge import Knowledge
from bot.core.rehearsal import Absent, Company, Kind, Line, Made, Rehearsal, Step, owners_clock, rehearse
from bot.core.roles import LADDER_ROLES, PLACES
from bot.core.workdays import Calendar
from storage import attendance, roster
from storage.roll import areas, roll
from storage.session import Session
from storage.standing import GROUP

Why = Callable[[str, datetime], Absent]
"""Why nobody of a role can be asked at a moment."""


def rehearsal(
    settings: Settings, field: Knowledge, calendar: Calendar, session: Session | None, made: Made
) -> Rehearsal:
    """What happens to a report that nobody answers; without a session one made-up person has each role."""
    ladder, override = settings.escalation.ladder(made.urgency, made.kecamatan, made.sort)
    policy, group = ladder.policy(), settings.jsc.chat_id  # only whether there is one
    if made.urgency == "mendesak" and field.always(made.sort):
        policy = replace(policy, hours=Hours())
    company, why = _imaginary(group) if session is None else _real(session, made.kecamatan, group, made.began)
    steps = rehearse(policy, made.began, company)
    lines = tuple(Line(step, tuple(_absent(policy, step, company, why))) for step in steps)
    rung = next((step for step in steps if step.kind is Kind.ASK), None)
    clock = owners_clock(made.urgency, rung.rings_at, policy.hours, calendar) if rung else None
    return Rehearsal(made, override, session is None, lines, clock, calendar)


def _absent(policy: Policy, step: Step, company: Company, why: Why) -> Iterator[Absent]:
    """The roles of this step's rung, and of those it skipped, that are not asked in it."""
    if step.kind is Kind.STUCK:
        roles = [role for rung in policy.rungs for role in rung.ask]
    elif step.kind is Kind.ASK:
        roles = [role for rung in (*step.skipped, step.rung) for role in policy.rungs[rung].ask]
    else:
        roles = []
    people = company.people_at(step.at)
    for role in dict.fromkeys(roles):
        if role not in step.asked.values():
            yield Absent(role, "asked") if people.get(role) else why(role, step.at)


def _imaginary(group: int | None) -> tuple[Company, Why]:
    people: People = {role: [role] for role in LADDER_ROLES}
    if group is not None:
        people = {**people, "jsc": ["jsc", GROUP]}
    return Company(lambda _: people, listeners=frozenset((GROUP,))), lambda role, _: Absent(role, "vacant")


def _real(session: Session, kecamatan: str, group: int | None, began: datetime) -> tuple[Company, Why]:
    spot = kecamatan, kecamatan[:5]
    seats = roster.seats(session, areas(spot))
    leaves = attendance.leaves(session, [seat.person for seat in seats], began)

    def people_at(now: datetime) -> People:
        return roll(session, (spot,), now).at(spot, group)

    def away(now: datetime) -> dict[str, datetime]:
        return {leave.member_id: leave.until for leave in leaves if leave.since <= now < leave.until}

    def why(role: str, now: datetime) -> Absent:
        team, rank = PLACES[role]
        here = [seat for seat in seats if seat.role == team.code]
        if len(here) <= rank:
            return Absent(role, "vacant")
        back = [until for person, until in away(now).items() if person in {seat.person for seat in here}]
        if back:
            return Absent(role, "leave", min(back))
        return Absent(role, "unreachable" if any(seat.bound for seat in here if not seat.reachable) else "unbound")

    turns = tuple(moment for leave in leaves for moment in (leave.since, leave.until))
    return Company(people_at, away, turns, frozenset((GROUP,))), why
