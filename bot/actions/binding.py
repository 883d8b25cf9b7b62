"""Coming in: an invite link gives a person their role; nobody declares it (row 26)."""

from dataclasses import dataclass

from bot.actions.speak import tell_admins
from bot.actions.turn import Turn
from bot.core.phones import normal
from bot.core.words import Words
from storage import chats, kinds, outbox, roster
from storage.cases import reopen_vacant
from storage.outbox import Outgoing
from storage.roster import Refused
from storage.tables import Member


@dataclass(frozen=True, slots=True)
class Bound:
    """The person now has this role."""

    member: Member


def redeem(turn: Turn, token: str, chat_id: int) -> Bound | Refused:
    """Bind by a one-time link; the admins of the province hear of it, and waiting cases are looked at again."""
    found = roster.redeem(turn.session, token, chat_id, turn.now)
    if isinstance(found, Refused):
        return found
    _came_in(turn, found, chat_id)
    return Bound(found)


def by_phone(turn: Turn, phone: str, chat_id: int) -> list[Member]:
    """Bind whoever is on the roster with this number, shared by Telegram's own contact button."""
    number = normal(phone if phone.startswith(("+", "0")) else f"+{phone}")
    members = list(roster.listed(turn.session, number)) if number else []
    for member in members:
        if member.chat_id != chat_id:
            roster.bind(turn.session, member, chat_id, turn.now)
            _came_in(turn, member, chat_id)
    return members


def _came_in(turn: Turn, member: Member, chat_id: int) -> None:
    """Each binding gets a second look: the admins hear of it; waiting cases are looked at again."""
    chats.reachable(turn.session, chat_id, True, turn.now)
    place = turn.house.known.places.get(member.area)
    tell_admins(turn, "a_terikat", peran=Words(f"peran-{member.role}"), tempat=place.label if place else "Jawa Timur")
    _show_commands(turn, chat_id)
    reopen_vacant(turn.session, turn.now)


def _show_commands(turn: Turn, chat_id: int) -> None:
    """A worker's own menu of commands, in their language."""
    speech = turn.speech(chat_id)
    names = ("tugas", "cuti", "ringkasan", "lapor", "status", "bahasa", "bantuan")
    commands = [{"command": name, "description": speech.word(f"perintah-{name}")} for name in names]
    scope = {"type": "chat", "chat_id": chat_id}
    payload = {"method": "setMyCommands", "params": {"commands": commands, "scope": scope}}
    outbox.put(turn.session, Outgoing(outbox.MENUS, chat_id, kinds.MENU, payload), turn.now)
