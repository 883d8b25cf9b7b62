"""Coming in: an invite link gives a person his role; nobody declares it himself (row 26)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.actions.house import House
from bot.actions.speak import tell_admins
from storage import chats, roster
from storage.cases import reopen_vacant
from storage.roster import Refused
from storage.tables import Member


@dataclass(frozen=True, slots=True)
class Bound:
    """The person now has this role."""

    member: Member


def redeem(session: Session, house: House, token: str, chat_id: int, now: datetime) -> Bound | Refused:
    """Bind by a one-time link; the admins of the province hear of it, and waiting cases are looked at again."""
    found = roster.redeem(session, token, chat_id, now)
    if isinstance(found, Refused):
        return found
    chats.reachable(session, chat_id, True, now)
    place = house.known.places.get(found.area)
    tell_admins(
        session,
        house,
        "a_terikat",
        now,
        peran=house.texts.of(None).word(f"peran-{found.role}"),
        tempat=place.label if place else "Jawa Timur",
    )
    reopen_vacant(session, now)
    return Bound(found)
