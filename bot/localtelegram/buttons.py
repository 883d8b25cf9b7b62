"""What people do with buttons: press them by what stands on them, or forge a press."""

from __future__ import annotations

from typing import Any

from .acts import Acts
from .records import Chat, Query, User
from .refused import NoSuchThing

Wire = dict[str, Any]


class Buttons(Acts):
    """Presses, on inline buttons and on the reply keyboard."""

    def press(
        self,
        user: int,
        label: str,
        message_id: int | None = None,
        chat: int | None = None,
        data: str | None = None,
    ) -> Wire:
        """Press the newest button with this label, inline or on the keyboard; a part of it will do.

        `data` tells apart buttons of one message that look alike.
        """
        person = self.state.user(user)
        where = self._chat(person, chat)
        for exact in (True, False):
            found = self._inline(where, label, message_id, exact, data)
            if found is not None:
                return self._pressed(person, where, *found)
            if message_id is None and (button := self._key(where, label, exact)) is not None:
                return self._typed(person, where, button)
        shown = [b["text"] for m in where.messages.values() for row in _rows(m.wire) for b in row]
        keys = [b["text"] for row in (where.keyboard or {}).get("keyboard", ()) for b in row]
        raise NoSuchThing(f"no button {label!r}; there are {[*shown[-20:], *keys]}")

    def _inline(
        self, chat: Chat, label: str, message_id: int | None, exact: bool, data: str | None
    ) -> tuple[int, Wire] | None:
        for number in reversed(chat.messages) if message_id is None else [message_id]:
            for row in _rows(self.message(chat, number).wire):
                for button in row:
                    if data is not None and data != button.get("callback_data"):
                        continue
                    if label == button["text"] or (not exact and label in button["text"]):
                        return number, button
        return None

    @staticmethod
    def _key(chat: Chat, label: str, exact: bool) -> Wire | None:
        for row in (chat.keyboard or {}).get("keyboard", ()):
            for button in row:
                if label == button["text"] or (not exact and label in button["text"]):
                    return dict(button)
        return None

    def _pressed(self, person: User, chat: Chat, message_id: int, button: Wire) -> Wire:
        if "callback_data" in button:
            return self.forge(person.id, button["callback_data"], message_id, chat.id)
        if "copy_text" in button:
            return {"copied": button["copy_text"]["text"]}
        return {"opened": button.get("url", "")}

    def _typed(self, person: User, chat: Chat, button: Wire) -> Wire:
        if button.get("request_contact"):
            return self.contact(person.id, chat=chat.id)
        if button.get("request_location"):
            return self.pin(person.id, *person.position, chat=chat.id)
        return self.say(person.id, button["text"], chat.id)

    def forge(self, user: int, data: str, message_id: int | None = None, chat: int | None = None) -> Wire:
        """Send any callback, as a changed app could: any data, any message; else below the newest one of a bot."""
        person = self.state.user(user)
        where = self.state.private(person) if chat is None else self.state.chats[chat]
        if message_id is None:
            of_bots = (n for n, old in reversed(where.messages.items()) if old.wire.get("from", {}).get("is_bot"))
            message_id = next(of_bots, next(reversed(where.messages), 1))
        message = where.messages.get(message_id)
        query = Query(self.state.fresh_id(), person.id, where.id, message_id, data, self.state.clock.timestamp())
        self.state.queries[query.id] = query
        gone = {"chat": where.wire(), "message_id": message_id, "date": 0}
        content = {
            "id": query.id,
            "from": person.wire(),
            "message": gone if message is None else message.wire,
            "chat_instance": str(where.id * 7919),
            "data": data,
        }
        update_id = self.state.updates.push("callback_query", content, where.id)
        self.state.event("press", where.id, user_id=user, message_id=message_id)
        return {"query_id": query.id, "update_id": update_id}


def _rows(wire: Wire) -> list[list[Wire]]:
    made: list[list[Wire]] = wire.get("reply_markup", {}).get("inline_keyboard", [])
    return made
