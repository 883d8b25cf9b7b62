"""The roster as a CSV: read with an error per line, applied whole or not at all, and written again (row 45)."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlmodel import col, select

from bot.actions import taking_out
from bot.actions.turn import Turn
from bot.core.phones import normal
from bot.core.places import Places
from bot.core.roles import ROLES
from storage import roster
from storage.session import Session
from storage.tables import Member

HEADER = ("role", "name", "phone", "area", "deputy_phone")
AREAS = {
    "provinsi": "the province (35)",
    "kabupaten": "a kabupaten/kota such as 35.07",
    "kecamatan": "a kecamatan such as 35.07.24",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One member that the file wants."""

    number: int
    role: str
    name: str
    phone: str
    area: str


@dataclass(slots=True)
class Changes:
    """What a file means for the roster."""

    errors: list[str] = field(default_factory=list)
    added: list[Line] = field(default_factory=list)
    renamed: list[Line] = field(default_factory=list)
    same: int = 0
    missing: list[Member] = field(default_factory=list)


def read(text: str, places: Places) -> tuple[list[Line], list[str]]:
    """The members of a CSV and its errors, each naming its line and what is expected."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in HEADER if name not in (rows.fieldnames or ())]
    if missing:
        return [], [f"line 1: the header lacks {', '.join(missing)}; expected: {','.join(HEADER)}"]
    lines: list[Line] = []
    errors: list[str] = []
    seen: dict[tuple[str, str, str], int] = {}
    for number, row in enumerate(rows, 2):
        for found in _members(number, {key: (value or "").strip() for key, value in row.items() if key}, places):
            if isinstance(found, str):
                errors.append(f"line {number}: {found}")
                continue
            key = (found.role, found.area, found.phone)
            if key in seen:
                errors.append(f"line {number}: the same role, area and phone as line {seen[key]}")
            seen.setdefault(key, number)
            lines.append(found)
    return lines, errors


def _members(number: int, row: dict[str, str], places: Places) -> Iterator[Line | str]:
    role, area = row["role"].lower(), row["area"]
    if role not in ROLES:
        yield f"role {role!r}: one of {', '.join(ROLES)} is expected"
        return
    level = ROLES[role].level
    if level == "provinsi":
        area = area or roster.PROVINCE
    place = places.get(area)
    if place is None or place.level != level:
        yield f"area {area!r}: {role} needs the code of {AREAS[level]}"
        return
    phone = normal(row["phone"])
    if phone is None:
        yield f"phone {row['phone']!r}: a mobile number such as 0812-3456-7890 is expected"
        return
    if not row["name"]:
        yield "name: missing"
        return
    yield Line(number, role, row["name"], phone, area)
    if row["deputy_phone"]:
        deputy = normal(row["deputy_phone"])
        if role != "tksk":
            yield "deputy_phone: only a tksk has a deputy"
        elif deputy is None:
            yield f"deputy_phone {row['deputy_phone']!r}: a mobile number is expected"
        else:
            yield Line(number, "deputy", "", deputy, area)


def plan(session: Session, lines: list[Line]) -> Changes:
    """What would change: who is new, who has another name, who is no longer in the file."""
    changes = Changes()
    wanted: set[str] = set()
    for line in lines:
        member = _find(session, line)
        if member is None:
            changes.added.append(line)
            continue
        wanted.add(member.id)
        if (roster.name_of(session, member) or "") != line.name:
            changes.renamed.append(line)
        else:
            changes.same += 1
    covered = {(line.role, line.area) for line in lines}
    everybody = session.exec(select(Member).where(col(Member.active), col(Member.phone_index).is_not(None))).all()
    changes.missing = [m for m in everybody if m.id not in wanted and (m.role, m.area) in covered]
    return changes


def apply(turn: Turn, lines: list[Line], *, leave: bool) -> Changes:
    """Bring the roster to the file; members it lacks are only taken out when `leave` says so."""
    session = turn.session
    changes = plan(session, lines)
    for line in changes.added:
        priority = len(roster.members(session, line.role, line.area))
        member = Member(role=line.role, area=line.area, priority=priority)
        _write(session, member, line)
    for line in changes.renamed:
        found = _find(session, line)
        assert found is not None
        _write(session, found, line)
    if leave:
        for member in changes.missing:
            taking_out.take_out(turn, [member])
    return changes


def write(session: Session, *, phones: bool) -> str:
    """The roster as the CSV it is read from; without `phones` the numbers are masked."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEADER)
    for member in session.exec(select(Member).where(col(Member.active)).order_by(col(Member.area), col(Member.role))):
        phone = _phone(session, member)
        shown = phone if phones else (phone[:5] + "•••" + phone[-2:] if phone else "")
        rows.writerow((member.role, roster.name_of(session, member) or "", shown, member.area, ""))
    return out.getvalue()


def _find(session: Session, line: Line) -> Member | None:
    index = session.vault.index("phone", line.phone)
    query = select(Member).where(Member.role == line.role, Member.area == line.area, Member.phone_index == index)
    return session.exec(query.where(col(Member.active))).first()


def _write(session: Session, member: Member, line: Line) -> None:
    vault = session.vault
    member.phone_index = vault.index("phone", line.phone)
    member.phone_sealed = vault.seal(session, "member", "phone", member.id, line.phone)
    if line.name:
        roster.set_name(session, member, line.name)
    session.add(member)
    session.flush()


def _phone(session: Session, member: Member) -> str:
    if member.phone_sealed is None:
        return ""
    return session.vault.open(session, "member", "phone", member.id, member.phone_sealed)
