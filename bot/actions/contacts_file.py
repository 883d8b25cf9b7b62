"""The contact book as a CSV: read with an error per line, written down whole or not at all (row 136)."""

import csv
import io
from datetime import date, datetime, time

from bot.core.contact_book import KINDS, LONGEST_NAME, Entry
from bot.core.figures import moment, today
from bot.core.phones import dialled
from bot.core.places import Places
from storage import contacts
from storage.session import Session

HEADER = ("area", "kind", "name", "phone", "noted")
OPERATOR = "operator"


def read(text: str, places: Places, now: datetime) -> tuple[list[Entry], list[str]]:
    """The entries of a CSV and its errors, each naming its line and what is expected; no date means today."""
    text = text.removeprefix("\ufeff")
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if text.partition("\n")[0].count(";") else ",")
    missing = [name for name in HEADER if name not in (rows.fieldnames or ()) and name != "noted"]
    if missing:
        return [], [f"line 1: the header lacks {', '.join(missing)}; expected: {','.join(HEADER)}"]
    entries, errors = [], []
    for number, row in enumerate(rows, 2):
        found = _entry({key: (value or "").strip() for key, value in row.items() if key}, places, now)
        if isinstance(found, Entry):
            entries.append(found)
        else:
            errors += [f"line {number}: {fault}" for fault in found]
    return entries, errors


def _entry(row: dict[str, str], places: Places, now: datetime) -> Entry | list[str]:
    place, phone, noted = places.get(row["area"]), dialled(row["phone"]), _noted(row.get("noted", ""), now)
    faults = []
    if place is None or place.level not in ("kecamatan", "kabupaten"):
        faults.append(f"area {row['area']!r}: the code of a kecamatan (35.07.24) or kabupaten/kota (35.07) is expected")
    if row["kind"] not in KINDS:
        faults.append(f"kind {row['kind']!r}: one of {', '.join(KINDS)} is expected")
    if not row["name"] or len(row["name"]) > LONGEST_NAME:
        faults.append(f"name: 1 to {LONGEST_NAME} characters are expected")
    if phone is None:
        faults.append("phone: a number such as 0341-458110 or 0812-3456-7890 is expected")
    if noted is None:
        faults.append(f"noted {row['noted']!r}: a day that is not ahead, such as 2026-03-02, is expected")
    if faults or phone is None or noted is None:
        return faults
    return Entry(row["area"], row["kind"], row["name"], phone, noted)


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
