"""What people do on their phones: write, press, send, block, gather in groups."""

from __future__ import annotations

import base64
from typing import Any

from .about import bot_member
from .content import media
from .files import PIXEL
from .records import Chat, Message, User
from .refused import NoSuchThing
from .state import State
from .text import tidy

Wire = dict[str, Any]


class Acts:
    """Deeds of people, by name; every argument is plain JSON, so that they can also come over HTTP."""

    def __init__(self, state: State) -> None:
        self.state = state

    # People ----------------------------------------------------------------------------------------------

    def user(self, id: int, **more: Any) -> Wire:
        """Make a person or change one: first_name, last_name, username, language_code, position …"""
        if isinstance(position := more.get("position"), list):
            more["position"] = tuple(position)
        if (old := self.state.users.get(id)) is not None:
            for name, value in more.items():
                setattr(old, name, value)
            return old.wire()
        known = {"first_name": "Siti", "phone_number": f"+62812{id % 10**8:08d}"}
        user = self.state.users[id] = User(id, **{**known, **more})
        self.state.private(user)
        self.state.event("chat", id)
        return user.wire()

    def start(self, user: int, payload: str = "") -> Wire:
        """Open the chat with the bot and press START, with the payload of a deep link."""
        chat = self.state.private(self.state.user(user))
        if chat.bot == "kicked":
            self.unblock(user)
        chat.bot = "member"
        return self.say(user, f"/start {payload}".strip())

    def block(self, user: int) -> None:
        """Block the bot."""
        self._private_status(user, "kicked")

    def unblock(self, user: int) -> None:
        """Unblock the bot."""
        self._private_status(user, "member")

    def deactivate(self, user: int) -> None:
        """Delete the person's account."""
        self.state.user(user).deactivated = True

    def _private_status(self, user: int, status: str) -> None:
        person = self.state.user(user)
        chat = self.state.private(person)
        if chat.bot in (status, "never"):
            return
        self.bot_status(chat, person, status)

    def bot_status(self, chat: Chat, by: User, status: str) -> None:
        """Change the bot's place in a chat and tell the bot."""
        change = {
            "chat": chat.wire(),
            "from": by.wire(),
            "date": int(self.state.clock.timestamp()),
            "old_chat_member": bot_member(self.state, chat),
            "new_chat_member": bot_member(self.state, chat, status),
        }
        chat.bot = status
        self.state.updates.push("my_chat_member", change, chat.id)
        self.state.event("chat", chat.id)

    # Messages --------------------------------------------------------------------------------------------

    def say(self, user: int, text: str, chat: int | None = None, reply_to: int | None = None) -> Wire:
        """Write a text."""
        plain, entities = tidy(text, [])
        if not plain:
            raise NoSuchThing("Telegram's apps send no empty message")
        content: Wire = {"text": plain, "entities": entities} if entities else {"text": plain}
        return self.send(user, content, chat, reply_to)

    def send(self, user: int, content: Wire, chat: int | None = None, reply_to: int | None = None) -> Wire:
        """Put a message of a person into a chat and tell the bot, if it may see it."""
        person = self.state.user(user)
        where = self._chat(person, chat)
        if reply_to is not None:
            wire = self.message(where, reply_to).wire
            content = {
                "reply_to_message": {k: v for k, v in wire.items() if k != "reply_to_message"},
                **content,
            }
        message = self.state.place(where, person.wire(), content)
        if self.sees(where, message):
            self.state.updates.push("message", message.wire, where.id)
        if where.keyboard and where.keyboard.get("one_time_keyboard"):
            where.keyboard = None
        return message.wire

    def _chat(self, person: User, chat_id: int | None) -> Chat:
        if chat_id is None or chat_id == person.id:
            chat = self.state.private(person)
            if chat.bot != "member":
                raise NoSuchThing("this person has not started the bot, or has blocked it")
            return chat
        chat = self.state.chats[chat_id]
        if chat.members.get(person.id, "left") in ("left", "kicked"):
            raise NoSuchThing("this person is not in that group")
        return chat

    def message(self, chat: Chat, message_id: int) -> Message:
        """A message that is still there."""
        if (message := chat.messages.get(message_id)) is None:
            raise NoSuchThing(f"no message {message_id} in chat {chat.id}")
        return message

    def sees(self, chat: Chat, message: Message) -> bool:
        """Whether the bot gets this message: in groups, privacy mode shows it commands and replies only."""
        if chat.user is not None:
            return chat.bot == "member"
        if chat.bot == "administrator" or (chat.bot == "member" and not self.state.privacy):
            return True
        if chat.bot != "member":
            return False
        wire = message.wire
        if wire.get("reply_to_message", {}).get("from", {}).get("id") == self.state.bot["id"]:
            return True
        entity = next(iter(wire.get("entities", ())), None)
        if entity is None or entity["type"] != "bot_command" or entity["offset"] != 0:
            return False
        _, _, to = wire["text"][: entity["length"]].partition("@")
        return to.lower() in ("", self.state.bot["username"].lower())

    def media(
        self,
        user: int,
        kind: str,
        data: str | None = None,
        size: int | None = None,
        name: str | None = None,
        mime: str | None = None,
        caption: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
        group: str | None = None,
    ) -> Wire:
        """Send a photo, voice, audio, video, video_note, animation, document or sticker; `data` is base64."""
        raw = PIXEL if data is None else base64.b64decode(data)
        file = self.state.files.add(kind, raw, size=size, name=name, mime=mime)
        content = media(self.state.files, file)
        if group is not None:
            content["media_group_id"] = group
        plain, entities = tidy(caption, [])
        if plain:
            content["caption"] = plain
        if entities:
            content["caption_entities"] = entities
        return self.send(user, content, chat, reply_to)

    def album(self, user: int, count: int, caption: str = "", chat: int | None = None) -> list[Wire]:
        """Send photos together; they reach the bot as separate messages with one media_group_id."""
        group = str(self.state.random.randrange(10**16, 10**17))
        return [
            self.media(user, "photo", caption=caption if n == 0 else "", chat=chat, group=group) for n in range(count)
        ]

    def pin(
        self,
        user: int,
        latitude: float,
        longitude: float,
        accuracy: float | None = None,
        live_period: int | None = None,
        title: str | None = None,
        address: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
    ) -> Wire:
        """Send a place: a pin, a live location, or with a title a venue."""
        place: Wire = {"latitude": latitude, "longitude": longitude}
        if accuracy is not None:
            place["horizontal_accuracy"] = accuracy
        if live_period is not None:
            place["live_period"] = live_period
        content: Wire = {"location": place}
        if title is not None:
            content = {"venue": {"location": place, "title": title, "address": address}, "location": place}
        return self.send(user, content, chat, reply_to)

    def contact(
        self,
        user: int,
        phone_number: str | None = None,
        first_name: str | None = None,
        user_id: int | None = None,
        chat: int | None = None,
    ) -> Wire:
        """Share a contact: the person's own, or with a number somebody else's."""
        person = self.state.user(user)
        contact: Wire = {"phone_number": phone_number or person.phone_number}
        contact["first_name"] = first_name or person.first_name
        if phone_number is None:
            user_id = person.id
            if person.last_name is not None:
                contact["last_name"] = person.last_name
        if user_id is not None:
            contact["user_id"] = user_id
        return self.send(user, {"contact": contact}, chat)
