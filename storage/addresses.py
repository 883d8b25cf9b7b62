"""Real ids of chats at Telegram, and the references that stand for them: the one place where the two meet.

A chat's row holds its address (the real id), sealed, and a blind index by which it is found. Every other table and
every payload knows the reference alone: random, negative for a group as at Telegram, never 0.
"""

import secrets
from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.session import Session
from storage.tables import Chat

NOBODY = 0
"""Stands for whoever has no row: they have no role, no report and no draft."""

_chat: Any = Chat.__table__  # type: ignore[attr-defined]

_FOUND = select(_chat.c.address_index, _chat.c.id).where(
    _chat.c.address_index.in_(bindparam("indexes", expanding=True))
)
_SEALED = select(_chat.c.address_sealed).where(_chat.c.id == bindparam("of_chat"))
_READDRESS = update(_chat).where(_chat.c.id == bindparam("of_chat"))
_ONCE: Any = {"index_elements": ["address_index"]}
_MAKE = {
    "sqlite": sqlite.insert(_chat).on_conflict_do_nothing(**_ONCE),
    "postgresql": postgresql.insert(_chat).on_conflict_do_nothing(**_ONCE),
}


def references(session: Session, addresses: Collection[int]) -> dict[int, int]:
    """The references of these addresses; whoever is new gets a row. One statement where all are known."""
    indexes = {_index(session, address): address for address in addresses}
    found = _find(session, indexes)
    if fresh := [index for index in indexes if indexes[index] not in found]:
        made = [_fresh(session, index, indexes[index]) for index in fresh]
        session.core(_MAKE[session.get_bind().dialect.name], made)
        found |= _find(session, {index: indexes[index] for index in fresh})  # another replica may have been first
    return found


def reference(session: Session, address: int) -> int:
    """The reference of one address; its row is made if it is missing."""
    return references(session, (address,))[address]


def named(session: Session, address: int | None) -> int | None:
    """The reference of an address that the settings name, if they do."""
    return None if address is None else reference(session, address)


def known(session: Session, address: int) -> int:
    """The reference of an address, or NOBODY; no row is made."""
    return _find(session, {_index(session, address): address}).get(address, NOBODY)


def address_of(session: Session, reference: int) -> int | None:
    """The address of a reference; None when its row is no longer there."""
    return opened(session, reference, session.core(_SEALED, {"of_chat": reference}).scalar_one_or_none())


def opened(session: Session, reference: int, sealed: bytes | None) -> int | None:
    """The address in a row that was read along with something else."""
    if sealed is None:
        return None
    return int(session.vault.open(session, "chat", "address", str(reference), sealed))


def readdress(session: Session, reference: int, address: int) -> None:
    """The row of a chat that has another address now."""
    session.core(_READDRESS, {"of_chat": reference, **addressed(session, reference, address)})


def _find(session: Session, indexes: dict[str, int]) -> dict[int, int]:
    if not indexes:
        return {}
    rows = session.core(_FOUND, {"indexes": list(indexes)})
    return {indexes[index]: reference for index, reference in rows}


def _fresh(session: Session, index: str, address: int) -> dict[str, Any]:
    reference = (secrets.randbelow(2**63 - 1) + 1) * (-1 if address < 0 else 1)
    return {"id": reference, "language": "id", "reachable": True, **addressed(session, reference, address)}


def addressed(session: Session, reference: int, address: int) -> dict[str, Any]:
    """The columns of a chat's row that hold its address."""
    sealed = session.vault.seal(session, "chat", "address", str(reference), str(address))
    return {"address_index": _index(session, address), "address_sealed": sealed}


def _index(session: Session, address: int) -> str:
    return session.vault.index("chat", str(address))
