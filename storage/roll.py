"""Who can be asked about a case now: the members at its place, of Dinsos and JSC the one on duty (row 135)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.core.roles import ROLES
from storage import attendance, roster
from storage.session import Session
from storage.standing import GROUP
from storage.tables import Case, Member, Report

Spot = tuple[str | None, str | None]
"""A kecamatan and a kabupaten/kota, as far as they are known."""
_member: Any = Member.__table__  # type: ignore[attr-defined]
_report: Any = Report.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Roll:
    """Who can be asked at some places at one moment, first the one to be asked first, and who is on duty there."""

    members: Mapping[tuple[str, str], Sequence[str]]
    """By role and area."""
    duties: Mapping[str, str]
    """By area."""

    def at(self, spot: Spot, group: int | None, without: Collection[str] = ()) -> dict[str, list[str]]:
        """Who can be asked about a case there, per role of the ladder; at JSC also a second name.

        `group` is the JSC group's chat, if there is one; these people are left out: they reported it.
        """
        found: dict[str, list[str]] = {}
        for role, area in areas(spot):
            team = [person for person in self.members.get((role, area), ()) if person not in without]
            post = ROLES[role]
            if post.piket:
                named = self.duties.get(area)
                team.sort(key=lambda member_id: member_id != named)
                found |= {place: team[rank : rank + 1] for rank, place in enumerate(post.ladder)}
            elif team:
                found[role] = team
        if group:
            found["jsc"].append(GROUP)
        return found


def roll(session: Session, spots: Iterable[Spot], now: datetime) -> Roll:
    """Whom a message can reach at these places now; two statements, however many places there are."""
    codes = sorted({area for spot in spots for _, area in areas(spot)})
    return Roll(roster.teams(session, codes, now), attendance.duties(session, codes, now))


def people(session: Session, case: Case, group: int | None, now: datetime) -> dict[str, list[str]]:
    """Who can be asked about one case now, per role of the ladder."""
    spot = spot_of(case)
    return roll(session, (spot,), now).at(spot, group, reporters(session, (case.id,)).get(case.id, ()))


def reporters(session: Session, case_ids: Sequence[str]) -> dict[str, set[str]]:
    """The members who reported these cases, by case, in every role they have: nobody is asked on an own report."""
    query = select(_report.c.case_id, _member.c.id).join(_member, _member.c.chat_id == _report.c.chat_id)
    found: dict[str, set[str]] = {}
    for case_id, member_id in session.execute(query.where(_report.c.case_id.in_(case_ids))):
        found.setdefault(case_id, set()).add(member_id)
    return found


def spot_of(case: Case) -> Spot:
    """Where the people of a case are: not in its kecamatan, if they are kin of who is reported."""
    return (None if case.skip_kecamatan else case.kecamatan), case.kabupaten


def areas(spot: Spot) -> list[tuple[str, str]]:
    """The (role, area) that answer for a place."""
    kecamatan, kabupaten = spot
    codes = {"provinsi": roster.PROVINCE, "kabupaten": kabupaten, "kecamatan": kecamatan}
    return [(role.code, code) for role in ROLES.values() if role.ladder and (code := codes[role.level])]
