"""What the rows of a roster file mean: a member each, or every fault of a line with its remedy (row 45)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.actions import roster_words
from bot.actions.roster_columns import ID
from bot.actions.table_file import Row
from bot.core.phones import normal
from bot.core.places import Places
from bot.core.roles import ROLES
from storage import roster

AREAS = {
    "provinsi": "the province (35)",
    "kabupaten": "a kabupaten/kota such as 35.07",
    "kecamatan": "a kecamatan such as 35.07.24",
}
ALSO = {"wakil": "deputy", "relawan": "volunteer", "pengelola": "admin"}
"""Roles by the names that people here give them."""
MASK = "•••"


@dataclass(frozen=True, slots=True)
class Line:
    """One member that the file wants; no number: the one that is registered stays."""

    number: int
    role: str
    name: str
    phone: str
    area: str
    id: str = ""


def read(rows: Sequence[Row], places: Places) -> tuple[list[Line], list[str]]:
    """The members of a file, and all its faults, each naming its line and what is expected."""
    lines: list[Line] = []
    faults: list[str] = []
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        found = list(_members(row, places))
        said = [one for one in found if isinstance(one, str)]
        if said:
            faults.append(f"line {row.number}: {'. '.join(said)}")
        for line in found:
            if isinstance(line, str):
                continue
            key = (line.role, line.area, line.phone or line.id)
            if key in seen:
                faults.append(f"line {row.number}: the same role, area and phone as line {seen[key]}; leave one out")
            seen.setdefault(key, row.number)
            lines.append(line)
    return lines, faults


def _members(row: Row, places: Places) -> Iterator[Line | str]:
    """The member of a row and their deputy, or what is wrong with each cell."""
    cells, known = row.cells, bool(row.cells[ID])
    role = ALSO.get(cells["role"].casefold(), cells["role"].casefold())
    faults: list[str] = []
    if role not in ROLES:
        faults.append(f"role {cells['role']!r}: one of {', '.join(ROLES)} is expected")
    area = _area(cells["area"], role, places)
    if isinstance(area, Wrong):
        faults.append(area.why)
    phone, masked = _phone(cells["phone"]), known and (MASK in cells["phone"] or not cells["phone"])
    if phone is None and not masked:
        faults.append(_expects_number("phone", cells["phone"]))
    if not cells["name"] and role != "deputy" and not known:
        faults.append("name: missing")
    deputy = _phone(cells["deputy_phone"])
    if cells["deputy_phone"] and role != "tksk":
        faults.append("deputy_phone: only a tksk has a deputy; write the deputy in a line of their own")
    elif cells["deputy_phone"] and deputy is None:
        faults.append(_expects_number("deputy_phone", cells["deputy_phone"]))
    if faults or isinstance(area, Wrong):
        yield from faults
        return
    yield Line(row.number, role, cells["name"], phone or "", area, cells[ID])
    if deputy is not None:
        yield Line(row.number, "deputy", "", deputy, area)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell means no place."""

    why: str


def _area(said: str, role: str, places: Places) -> str | Wrong:
    """The code of a place that is named by its code or by its name, at the level of a role."""
    if role not in ROLES:
        known = not said or isinstance(roster_words.place_of(places, said), str)
        return said if known else Wrong(f"area {said!r}: no place is called so")
    level = ROLES[role].level
    if level == "provinsi":
        return roster.PROVINCE if said in ("", roster.PROVINCE, "Jawa Timur") else Wrong(_expected(said, role))
    code = f"{said}0" if re.fullmatch(r"\d\d\.\d", said) and level == "kabupaten" else said  # 35.10, as Excel keeps it
    found = roster_words.place_of(places, code, level) if said else ()
    if isinstance(found, str):
        return found
    near = ", ".join(f"{place.label} ({place.code})" for place in found)
    return Wrong(_expected(said, role) + (f"; is it {near}?" if near else ""))


def _expected(said: str, role: str) -> str:
    return f"area {said!r}: {role} needs the code of {AREAS[ROLES[role].level]}, or its name"


def _phone(said: str) -> str | None:
    """The number in one form; Excel takes the 0 at its beginning."""
    return normal(f"0{said}" if re.fullmatch(r"8[\d\s-]{8,14}", said) else said)


def _expects_number(cell: str, said: str) -> str:
    remedy = "; in Excel format the column as text" if re.search(r"[eE]\+", said) else ""
    return f"{cell} {said!r}: a mobile number such as 0812-3456-7890 is expected{remedy}"
