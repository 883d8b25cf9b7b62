"""The contact book: whom to phone in a kecamatan or a kabupaten/kota; names and numbers are sealed (row 136)."""

from collections.abc import Sequence

from sqlmodel import col, select

from bot.core.contact_book import KINDS, Entry
from storage.session import Session
from storage.tables import Contact


def of_places(session: Session, areas: Sequence[str]) -> list[Entry]:
    """The entries of these areas, by kind; those of the first area first."""
    rows = session.exec(select(Contact).where(col(Contact.area).in_(list(areas)))).all()
    found = [_open(session, row) for row in rows]
    return sorted(found, key=lambda one: (KINDS.index(one.kind), areas.index(one.area), one.name.casefold()))


def every(session: Session) -> list[Entry]:
    """The whole book, by area."""
    found = [_open(session, row) for row in session.exec(select(Contact)).all()]
    return sorted(found, key=lambda one: (one.area, KINDS.index(one.kind), one.name.casefold()))


def put(session: Session, entry: Entry, by: str) -> bool:
    """Write one down; of the same kind and name in an area the newer replaces the older. Whether it is a new one."""
    index = session.vault.index("contact", " ".join(entry.name.casefold().split()))
    query = select(Contact).where(Contact.area == entry.area, Contact.kind == entry.kind, Contact.name_index == index)
    row = session.exec(query.with_for_update()).one_or_none()
    fresh = row is None
    if row is None:
        row = Contact(area=entry.area, kind=entry.kind, name_index=index, noted_at=entry.noted_at, noted_by=by)
    row.name_sealed = session.vault.seal(session, "contact", "name", row.id, entry.name)
    row.phone_sealed = session.vault.seal(session, "contact", "phone", row.id, entry.phone)
    row.noted_at, row.noted_by = entry.noted_at, by
    session.add(row)
    session.flush()
    return fresh


def _open(session: Session, row: Contact) -> Entry:
    name = session.vault.open(session, "contact", "name", row.id, row.name_sealed)
    phone = session.vault.open(session, "contact", "phone", row.id, row.phone_sealed)
    return Entry(row.area, row.kind, name, phone, row.noted_at)
