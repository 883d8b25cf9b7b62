"""The roster as a file: what it changes is planned, applied whole or not at all, and it is written again (row 45)."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.actions import taking_out
from bot.actions.roster_columns import HEADER, ID
from bot.actions.roster_lines import MASK, Line
from bot.actions.turn import Turn
from bot.core.places import Places
from bot.core.roles import ROLES
from storage import register, roster
from storage.session import Session
from storage.tables import Member


@dataclass(slots=True)
class Changes:
    """What a file means for the roster."""

    added: list[Line] = field(default_factory=list)
    renamed: list[tuple[Line, Member]] = field(default_factory=list)
    """Whose name or number is another one."""
    same: int = 0
    missing: list[Member] = field(default_factory=list)
    """Whom the file no longer names, however they came in, where it speaks for their place."""
    unspoken: int = 0
    """Members of places that the file does not name at all."""
    faults: list[str] = field(default_factory=list)


def plan(session: Session, lines: Sequence[Line]) -> Changes:
    """What would change: who is new, who has another name or number, whom the file no longer names.

    A file speaks for every kabupaten/kota that it names, and for the roles of the province that it names.
    """
    changes, known = Changes(), list(register.everybody(session))
    wanted: set[str] = set()
    for line in lines:
        member = _find(session, line, [one for one in known if one.id not in wanted])
        if member is None and line.id and not line.phone:
            changes.faults.append(
                f"line {line.number}: id {line.id!r} is on the roster no more; write the whole number"
            )
        elif member is None:
            changes.added.append(line)
        else:
            wanted.add(member.id)
            if _differs(session, member, line):
                changes.renamed.append((line, member))
            else:
                changes.same += 1
    spoken = {_realm(line.role, line.area) for line in lines}
    missing = [one for one in known if one.id not in wanted]
    changes.missing = [one for one in missing if _realm(one.role, one.area) in spoken]
    changes.unspoken = len(missing) - len(changes.missing)
    return changes


def locks_out(session: Session, changes: Changes) -> bool:
    """Whether nobody would be left who may keep the roster."""
    left = {member.id for member in changes.missing}
    bound = {one.id for one in register.everybody(session) if one.role == "admin" and one.chat_id is not None}
    return bool(bound) and bound <= left


def apply(turn: Turn, lines: Sequence[Line], *, leave: bool) -> Changes:
    """Bring the roster to the file; whoever it lacks is only taken out when `leave` says so."""
    session = turn.session
    changes = plan(session, lines)
    for line in changes.added:
        member = Member(role=line.role, area=line.area, priority=len(roster.members(session, line.role, line.area)))
        session.add(member)
        register.set_phone(session, member, line.phone)
        if line.name:
            roster.set_name(session, member, line.name)
        session.flush()
    for line, member in changes.renamed:
        if line.name and line.name != roster.name_of(session, member):
            register.rename(session, member, line.name, turn.now)
        if line.phone:
            register.set_phone(session, member, line.phone)
        session.flush()
    if leave:
        for member in changes.missing:
            taking_out.take_out(turn, [member])
    return changes


def write(session: Session, *, phones: bool) -> str:
    """The roster as the CSV it is read from; without `phones` the numbers are masked, which changes none."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow((*HEADER, ID))
    order = list(ROLES)
    for member in sorted(register.everybody(session), key=lambda one: (one.area, order.index(one.role), one.priority)):
        phone = register.phone_of(session, member) or ""
        shown = phone if phones or not phone else phone[:5] + MASK + phone[-2:]
        rows.writerow((member.role, roster.name_of(session, member) or "", shown, member.area, "", member.id))
    return out.getvalue()


def template(places: Places, areas: Iterable[str]) -> str:
    """An empty roster: a line for each post of these areas, with its code and the name of the place to its right."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow((*HEADER, "(place)"))
    rows.writerows((role, "", "", roster.PROVINCE, "", "Jawa Timur") for role in ("admin", "jsc"))
    for kabupaten in places.kabupaten():
        if not any(kabupaten.code.startswith(area) for area in areas):
            continue
        rows.writerows((role, "", "", kabupaten.code, "", kabupaten.label) for role in ("koordinator", "ppa", "dinsos"))
        for kecamatan in places.children(kabupaten.code):
            rows.writerow(("tksk", "", "", kecamatan.code, "", f"{kecamatan.label}, {kabupaten.label}"))
    return out.getvalue()


def _realm(role: str, area: str) -> str:
    """What a file speaks for when it names this post."""
    return role if ROLES[role].level == "provinsi" else area[:5]


def _find(session: Session, line: Line, known: Sequence[Member]) -> Member | None:
    """Who is meant: by the id of an export, else by number, else by the name in the same post."""
    if line.id and (same := next((one for one in known if one.id == line.id), None)) is not None:
        return same if (same.role, same.area) == (line.role, line.area) else None
    post = [one for one in known if (one.role, one.area) == (line.role, line.area)]
    index = session.vault.index("phone", line.phone) if line.phone else None
    numbered = next((one for one in post if index is not None and one.phone_index == index), None)
    if numbered is not None or not line.name:
        return numbered
    named = [one for one in post if (roster.name_of(session, one) or "").casefold() == line.name.casefold()]
    return named[0] if len(named) == 1 else None


def _differs(session: Session, member: Member, line: Line) -> bool:
    other_name = bool(line.name) and (roster.name_of(session, member) or "") != line.name
    return other_name or (bool(line.phone) and member.phone_index != session.vault.index("phone", line.phone))
