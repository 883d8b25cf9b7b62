"""What the local Telegram remembers: people, chats, messages, presses."""

from __future__ import annotations

import random
import secrets
import time
from collections import deque
from typing import Any

from .clock import Clock, Pulse
from .faults import Faults
from .files import Files
from .limits import Limits
from .records import Call, Chat, Message, Query, User, Webhook
from .refused import Refused, bad, forbidden
from .updates import Updates

Wire = dict[str, Any]


class State:
    """Everything one local Telegram knows."""

    def __init__(self, token: str, clock: Clock, *, username: str = "tersapa_bot", seed: int | None = None) -> None:
        self.token = token
        self.clock = clock
        self.speed = 1.0
        self.revoked = False
        self.privacy = True
        self.faults = Faults()
        self.limits = Limits()
        self.files = Files()
        self.updates = Updates(clock, seed)
        self.webhook = Webhook()
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[tuple[str, str], list[Wire]] = {}
        self.names: dict[tuple[str, str], str] = {}
        self.calls: deque[Call] = deque(maxlen=500_000)
        self.call_count = 0
        self.in_flight = 0
        self.last_call = time.monotonic()
        self.drops: list[str] = []
        self.events: deque[Wire] = deque(maxlen=20_000)
        self.event_pulse = Pulse()
        self.random = random.Random(seed)
        self._last_id = self.random.randrange(10, 2000)
        self.bot: Wire = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Tersapa",
            "username": username,
        }

    def event(self, kind: str, chat_id: int | None = None, **more: Any) -> None:
        """Note for a page that something changed."""
        number = self.event_pulse.version + 1
        self.events.append({"n": number, "kind": kind, "chat_id": chat_id, **more})
        self.event_pulse.bump()

    def user(self, user_id: int) -> User:
        """The person with this id; a LookupError when nobody made them."""
        if (user := self.users.get(user_id)) is None:
            raise LookupError(f"no such user: {user_id}")
        return user

    def private(self, user: User) -> Chat:
        """The private chat of a person with the bot, begun or not."""
        chat = self.chats.get(user.id)
        if chat is None:
            chat = self.chats[user.id] = Chat(user.id, "private", user, members={user.id: "member"})
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """Private chats and groups share one count, a supergroup has its own."""
        if chat.kind == "supergroup":
            chat.last_id += 1
            return chat.last_id
        self._last_id += 1
        return self._last_id

    def place(self, chat: Chat, sender: Wire | None, content: Wire, **flags: Any) -> Message:
        """Put a new message into a chat."""
        message_id = self.next_message_id(chat)
        wire: Wire = {"message_id": message_id}
        if sender is not None:
            wire["from"] = sender
        wire["chat"] = chat.wire()
        born = self.clock.timestamp()
        wire["date"] = int(born)
        wire.update(content)
        message = Message(wire, sender is self.bot, born, **flags)
        chat.messages[message_id] = message
        self.event("message", chat.id, message_id=message_id)
        return message

    def reachable(self, raw: str | int | None) -> Chat:
        """The chat a call names, if the bot may write there now."""
        chat = self.known(raw)
        if chat.user is not None:
            if chat.user.deactivated:
                raise forbidden("user is deactivated")
            if chat.bot == "never":
                raise forbidden("bot can't initiate conversation with a user")
            if chat.bot == "kicked":
                raise forbidden("bot was blocked by the user")
            return chat
        if chat.migrated_to is not None:
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        if chat.bot == "kicked":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        if chat.bot not in ("member", "administrator"):
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    def known(self, raw: str | int | None) -> Chat:
        """The chat a call names, reachable or not."""
        if raw is None or raw == "":
            raise bad("chat_id is empty")
        try:
            chat_id = int(raw)
        except ValueError:
            raise bad("chat not found") from None
        if (chat := self.chats.get(chat_id)) is not None:
            return chat
        if (user := self.users.get(chat_id)) is not None:
            return self.private(user)
        raise bad("chat not found")

    def fresh_id(self) -> str:
        """An id for a press: a number beyond 32 bits, as Telegram's are."""
        return str(1 << 60 | secrets.randbits(59))
