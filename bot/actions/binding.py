"""Coming in: an invite link gives a person his role; nobody declares it himself (row 26)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.actions.house import House
from bot.actions.speak import speech_for, tell_admins
from bot.core.phones import normal
from bot.core.words import Words
from storage import chats, outbox, roster
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
    _came_in(session, house, found, chat_id, now)
    return Bound(found)


def by_phone(session: Session, house: House, phone: str, chat_id: int, now: datetime) -> list[Member]:
    """Bind whoever is on the roster with this number, shared by Telegram's own contact button."""
    number = normal(phone if phone.startswith(("+", "0")) else f"+{phone}")
    members = list(roster.listed(session, number)) if number else []
    for member in members:
        if member.chat_id != chat_id:
            roster.bind(session, member, chat_id, now)
            _came_in(session, house, member, chat_id, now)
    return members


def _came_in(session: Session, house: House, member: Member, chat_id: int, now: datetime) -> None:
    """Each binding gets a second look: the admins hear of it; waiting cases are looked at again."""
    chats.reachable(session, chat_id, True, now)
    place = house.known.places.get(member.area)
    tell_admins(
        session,
        house,
        "a_terikat",
        now,
        peran=Words(f"peran-{member.role}"),
        tempat=place.label if place else "Jawa Timur",
    )
    _show_commands(session, house, chat_id, now)
    reopen_vacant(session, now)


def _show_commands(session: Session, house: House, chat_id: int, now: datetime) -> None:
    """A worker's own menu of commands, in his language."""
    speech = speech_for(session, house, chat_id)
    names = ("tugas", "ringkasan", "lapor", "status", "bahasa", "bantuan")
    commands = [{"command": name, "description": speech.word(f"perintah-{name}")} for name in names]
    scope = {"type": "chat", "chat_id": chat_id}
    payload = {"method": "setMyCommands", "params": {"commands": commands, "scope": scope}}
    outbox.put(
        session,
        channel=outbox.TELEGRAM,
        dest=chat_id,
        kind="menu",
        payload=payload,
        priority=outbox.DIGEST,
        now=now,
    )
