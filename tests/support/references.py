"""From a phone or group to its reference, the only thing that the database knows it by; and back."""

from collections.abc import Iterable
from typing import Protocol

from sqlmodel import select

from storage import addresses
from storage.session import Session
from storage.tables import Chat


class Spoken(Protocol):
    """A phone or a group at the local Telegram."""

    @property
    def id(self) -> int:
        """Its real id."""


def chat_of(session: Session, who: Spoken) -> int:
    """The reference of a phone or group; it gets a row if it has not spoken yet."""
    return addresses.reference(session, who.id)


def chats_of(session: Session, people: Iterable[Spoken]) -> list[int]:
    """The same for many, in their order."""
    ids = [who.id for who in people]
    found = addresses.references(session, ids)
    return [found[one] for one in ids]


def real_ids(session: Session) -> dict[int, int]:
    """Every chat that has a row: its real id by its reference."""
    rows = session.exec(select(Chat.id, Chat.address_sealed)).all()
    return {reference: addresses.opened(session, reference, sealed) or 0 for reference, sealed in rows}
