"""The menu of commands of one chat: a worker's own, or a resident's again."""

from bot.actions.turn import Turn
from storage import kinds, outbox
from storage.outbox import Outgoing


def show(turn: Turn, chat_id: int) -> None:
    """A worker's own menu of commands, in their language."""
    speech = turn.speech(chat_id)
    names = ("tugas", "cuti", "ringkasan", "lapor", "status", "bahasa", "bantuan")
    commands = [{"command": name, "description": speech.word(f"perintah-{name}")} for name in names]
    scope = {"type": "chat", "chat_id": chat_id}
    payload = {"method": "setMyCommands", "params": {"commands": commands, "scope": scope}}
    outbox.put(turn.session, Outgoing(outbox.MENUS, chat_id, kinds.MENU, payload), turn.now)


def hide(turn: Turn, chat_id: int) -> None:
    """The menu of commands is a resident's again."""
    payload = {"method": "deleteMyCommands", "params": {"scope": {"type": "chat", "chat_id": chat_id}}}
    outbox.put(turn.session, Outgoing(outbox.MENUS, chat_id, kinds.MENU, payload), turn.now)
