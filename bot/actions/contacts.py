"""The contact book in the chat: who may add to it, and where a case looks for whom to phone (row 136)."""

from collections.abc import Sequence

from bot.actions.turn import Turn
from bot.core.contact_book import Entry
from bot.core.roles import ROLES
from storage import contacts, roster
from storage.tables import Case, Member

ADDS = frozenset({"tksk", "koordinator"})
"""Who knows the numbers of a place."""


def areas_of(case: Case) -> list[str]:
    """Where a case is, the smallest area that has a book first."""
    return [area for area in (case.kecamatan, case.kabupaten) if area]


def may_add(turn: Turn, chat_id: int, area: str) -> Member | None:
    """The role by which this person may add to the book of this area, or None."""
    for member in roster.roles_of(turn.session, chat_id):
        if member.role in ADDS and (member.area == area or area.startswith(f"{member.area}.")):
            return member
    return None


def own_area(turn: Turn, chat_id: int) -> str | None:
    """The area of somebody's first role that has a book, or None."""
    found = roster.roles_of(turn.session, chat_id)
    return next((one.area for one in found if ROLES[one.role].level != "provinsi" and ROLES[one.role].opens), None)


def add(turn: Turn, chat_id: int, area: str, told: tuple[str, str, str]) -> bool:
    """Write a contact (kind, name, number) down; False for somebody who may not."""
    member = may_add(turn, chat_id, area)
    if member is None:
        return False
    contacts.put(turn.session, Entry(area, *told, turn.now), member.id)
    return True


def book(turn: Turn, areas: Sequence[str]) -> list[Entry]:
    """What is written down for these areas."""
    return contacts.of_places(turn.session, areas) if areas else []
