"""The contact book as a CSV: read with an error per line, written down whole or not at all (row 136)."""

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime, time

from bot.actions import table_file
from bot.actions.roster_words import place_of
from bot.actions.table_file import Columns
from bot.core.contact_book import KINDS, LONGEST_NAME, Entry
from bot.core.figures import moment, today
from bot.core.phones import dialled
from bot.core.places import Places
from storage import contacts
from storage.session import Session

HEADER = ("area", "kind", "name", "phone", "noted")
COLUMNS = Columns(
    HEADER[:-1],
    HEADER[-1:],
    {"wilayah": "area", "jenis": "kind", "nama": "name", "nomor": "phone", "telepon": "phone", "dicatat": "noted"},
)
OPERATOR = "operator"


def read(content: bytes, places: Places, now: datetime) -> tuple[list[Entry], list[str]]:
    """The entries of a file and its errors, each naming its line and what is expected; no date means today."""
    try:
        rows = table_file.rows(content, COLUMNS)
    except table_file.Unreadable as error:
        return [], [str(error)]
    entries, errors = [], []
    for row in rows:
        found = _entry(row.cells, places, now)
        if isinstance(found, Entry):
            entries.append(found)
        else:
            errors += [f"line {row.number}: {fault}" for fault in found]
    return entries, errors


def _entry(row: Mapping[str, str], places: Places, now: datetime) -> Entry | list[str]:
    area, phone, noted = place_of(places, row["area"]), dialled(row["phone"]), _noted(row["noted"], now)
    faults = []
    if not isinstance(area, str):
        nearest = f"; did you mean {' or '.join(f'{place.code} {place.label}' for place in area)}?" if area else ""
        faults.append(f"area {row['area']!r}: a kecamatan (35.07.24) or kabupaten/kota (35.07) is expected{nearest}")
    if row["kind"] not in KINDS:
        faults.append(f"kind {row['kind']!r}: one of {', '.join(KINDS)} is expected")
    if not row["name"] or len(row["name"]) > LONGEST_NAME:
        faults.append(f"name: 1 to {LONGEST_NAME} characters are expected")
    if phone is None:
        faults.append("phone: a number such as 0341-458110 or 0812-3456-7890 is expected")
    if noted is None:
        faults.append(f"noted {row['noted']!r}: a day that is not ahead, such as 2026-03-02, is expected")
    if faults or phone is None or noted is None or not isinstance(area, str):
        return faults
    return Entry(area, row["kind"], row["name"], phone, noted)


def _noted(text: str, now: datetime) -> datetime | None:
    if not text:
        return now
    try:
        at = moment(date.fromisoformat(text), time(0))
    except ValueError:
        return None
    return at if at <= now else None


def apply(session: Session, entries: list[Entry]) -> tuple[int, int]:
    """Write them down; how many are new, and how many replace an older one."""
    fresh = [contacts.put(session, entry, OPERATOR) for entry in entries]
    return sum(fresh), len(fresh) - sum(fresh)


def write(session: Session, *, phones: bool) -> str:
    """The book as the CSV it is read from; without `phones` the numbers are masked."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEADER)
    for one in contacts.every(session):
        shown = one.phone if phones else one.phone[:4] + "•••"
        rows.writerow((one.area, one.kind, one.name, shown, today(one.noted_at).isoformat()))
    return out.getvalue()
