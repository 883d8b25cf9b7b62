"""Which person of the roster is meant: by a name, a number, or the id that the list shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from bot.core.phones import normal
from storage import register
from storage.register import Entry
from storage.session import Session

NEAR, MOST = 0.5, 3


@dataclass(frozen=True, slots=True)
class Found:
    """The people that may be meant, each with all their roles; where nobody is, the nearest names."""

    people: tuple[tuple[Entry, ...], ...]
    nearest: tuple[str, ...] = ()


def find(session: Session, said: str, areas: Sequence[str], now: datetime) -> Found:
    """Everybody in these areas whose id, number or name that is; of one person every role."""
    known = register.entries(session, areas, now)
    meant = [entry for entry in known if _is(session, entry, said)]
    people: dict[frozenset[str], tuple[Entry, ...]] = {}
    by_id = {entry.member.id: entry for entry in known}
    for entry in meant:
        ids = [member.id for member in register.same_person(session, entry.member) if member.id in by_id]
        people[frozenset(ids)] = tuple(by_id[one] for one in ids)
    if people:
        return Found(tuple(people.values()))
    names = {(entry.name or "").casefold(): entry.name for entry in known if entry.name}
    near = get_close_matches(said.casefold(), list(names), n=MOST, cutoff=NEAR)
    return Found((), tuple(name for one in near if (name := names[one]) is not None))


def _is(session: Session, entry: Entry, said: str) -> bool:
    if said == entry.member.id:
        return True
    phone = normal(said)
    if phone is not None:
        return entry.member.phone_index == session.vault.index("phone", phone)
    return _plain(entry.name or "") == _plain(said) != ""


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
