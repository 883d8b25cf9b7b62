"""What phones show, and what the local Telegram noted down."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Any

from .content import MEDIA
from .records import Chat, Message
from .refused import NoSuchThing
from .state import State
from .text import to_html

Wire = dict[str, Any]

_SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "group_chat_created",
)


class Looks:
    """Views by name; every answer is plain JSON."""

    def __init__(self, state: State) -> None:
        self.state = state

    def _chat(self, chat: int) -> Chat:
        if (found := self.state.chats.get(chat)) is None:
            raise NoSuchThing(f"no such chat: {chat}")
        return found

    def screen(self, chat: int, last: int | None = None) -> list[Wire]:
        """The messages of a chat, oldest first; `last` keeps only that many from the end."""
        where = self._chat(chat)
        messages = list(where.messages.values())
        return [self._shown(where, message) for message in (messages[-last:] if last else messages)]

    def last(self, chat: int) -> Wire | None:
        """The newest message from the bot."""
        where = self._chat(chat)
        for message in reversed(where.messages.values()):
            if message.by_bot:
                return self._shown(where, message)
        return None

    def _shown(self, chat: Chat, message: Message) -> Wire:
        wire = message.wire
        text = wire.get("text", "")
        entities = wire.get("entities", [])
        caption = wire.get("caption", "")
        if caption and not text:
            entities = wire.get("caption_entities", [])
        kind = next((name for name in (*MEDIA, "venue", "location", "contact") if name in wire), None)
        service = next((name for name in _SERVICE if name in wire), None)
        sender = "bot" if message.by_bot else "service" if service else "user"
        return {
            "message_id": wire["message_id"],
            "chat_id": chat.id,
            "sender": sender,
            "from_id": wire.get("from", {}).get("id"),
            "date": wire["date"],
            "text": text,
            "caption": caption,
            "html": to_html(text or caption, entities),
            "media": kind or service,
            "detail": wire.get(kind or service or ""),
            "group": wire.get("media_group_id"),
            "keyboard": wire.get("reply_markup", {}).get("inline_keyboard", []),
            "edited": "edit_date" in wire,
            "reply_to": wire.get("reply_to_message", {}).get("message_id"),
            "silent": message.silent,
            "protected": message.protected,
            "pinned": wire["message_id"] in chat.pinned,
            "reaction": [one["emoji"] for one in message.reaction],
        }

    def keyboard(self, chat: int) -> Wire | None:
        """The reply keyboard under the chat, or the request to reply."""
        return self._chat(chat).keyboard

    def toasts(self, user: int) -> list[Wire]:
        """Toasts and alerts a person saw, oldest first."""
        return [asdict(toast) for toast in self.state.user(user).toasts]

    def unanswered(self, user: int) -> list[str]:
        """Presses of a person that still show a spinning button."""
        queries = self.state.queries.values()
        return [query.id for query in queries if query.user_id == user and not query.answered]

    def phone(self, user: int, last: int | None = 50) -> Wire:
        """Everything a page needs to draw one phone."""
        chat = self.state.private(self.state.user(user))
        return {
            "user": self.state.user(user).wire(),
            "bot": chat.bot,
            "screen": self.screen(chat.id, last),
            "keyboard": chat.keyboard,
            "toasts": self.toasts(user),
            "unanswered": self.unanswered(user),
        }

    def chats(self) -> list[Wire]:
        """Every chat with the bot's place in it and its newest message."""
        return [
            {
                **chat.wire(),
                "bot": chat.bot,
                "members": chat.members,
                "migrated_to": chat.migrated_to,
                "count": len(chat.messages),
                "last_message_id": next(reversed(chat.messages), None),
            }
            for chat in self.state.chats.values()
        ]

    def people(self) -> list[Wire]:
        """Everyone who has a phone here."""
        return [user.wire() for user in self.state.users.values()]

    def calls(self, after: int = 0, method: str | None = None, chat: int | None = None) -> list[Wire]:
        """Bot API calls after a number; params as they came, uploads by name and size."""
        return [
            asdict(call)
            for call in self.state.calls
            if call.number > after
            and (method is None or call.method.lower() == method.lower())
            and (chat is None or str(call.params.get("chat_id", "")) == str(chat))
        ]

    def deliveries(self, update_id: int | None = None) -> list[Wire]:
        """Every time an update was handed over."""
        return [asdict(one) for one in self.state.updates.deliveries if update_id is None or one.update_id == update_id]

    def quiet(self) -> Wire:
        """Whether the bot seems to have nothing left to do."""
        state = self.state
        return {
            "pending": state.updates.pending(),
            "in_flight": state.in_flight,
            "polling": state.updates.polling,
            "calls": state.call_count,
            "idle_for": time.monotonic() - state.last_call,
            "unanswered": sum(not query.answered for query in state.queries.values()),
            "expired": list(state.updates.expired),
            "events": state.event_pulse.version,
            "webhook": bool(state.webhook.url),
        }

    def events(self, after: int = 0, limit: int = 1000) -> list[Wire]:
        """What changed after a number, for a page that follows."""
        return [event for event in self.state.events if event["n"] > after][:limit]

    def bot(self) -> Wire:
        """The bot as people meet it: name, descriptions, commands by scope and language."""
        state = self.state
        return {
            **state.bot,
            "names": [[*key, value] for key, value in state.names.items()],
            "commands": [[*key, value] for key, value in state.commands.items()],
            "drops": list(state.drops),
        }
