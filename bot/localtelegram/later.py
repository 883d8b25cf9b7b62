"""What people do with messages that are already there, and in groups."""

from __future__ import annotations

from typing import Any

from .buttons import Buttons
from .editing import remove
from .records import Chat, User
from .refused import NoSuchThing
from .text import tidy

Wire = dict[str, Any]


class AllActs(Buttons):
    """Every deed of people: the simple ones, changes, and groups."""

    def edit(self, user: int, message_id: int, text: str, chat: int | None = None) -> Wire:
        """Change one's own earlier message."""
        where = self._chat(self.state.user(user), chat)
        message = self.message(where, message_id)
        if message.wire.get("from", {}).get("id") != user:
            raise NoSuchThing("people can only edit their own messages")
        plain, entities = tidy(text, [])
        words, marks = ("text", "entities") if "text" in message.wire else ("caption", "caption_entities")
        wire = {name: value for name, value in message.wire.items() if name != marks}
        wire.update({words: plain, "edit_date": int(self.state.clock.timestamp())})
        if entities:
            wire[marks] = entities
        return self._edited(where, message_id, wire)

    def move(self, user: int, message_id: int, latitude: float, longitude: float) -> Wire:
        """Go on with a live location; the bot hears of it as an edited message."""
        where = self._chat(self.state.user(user), None)
        wire = dict(self.message(where, message_id).wire)
        wire["location"] = {**wire["location"], "latitude": latitude, "longitude": longitude}
        wire["edit_date"] = int(self.state.clock.timestamp())
        return self._edited(where, message_id, wire)

    def _edited(self, chat: Chat, message_id: int, wire: Wire) -> Wire:
        message = chat.messages[message_id]
        message.wire = wire
        if self.sees(chat, message):
            self.state.updates.push("edited_message", wire, chat.id)
        self.state.event("edited", chat.id, message_id=message_id)
        return wire

    def forward(
        self,
        user: int,
        text: str = "",
        message_id: int | None = None,
        hidden_name: str | None = None,
        chat: int | None = None,
    ) -> Wire:
        """Forward a message of this chat, or a text that came from somebody else."""
        person = self.state.user(user)
        now = int(self.state.clock.timestamp())
        content: Wire = {"text": text}
        origin: Wire = {"type": "hidden_user", "sender_user_name": hidden_name or "Budi", "date": now}
        if message_id is not None:
            message = self.message(self._chat(person, chat), message_id)
            if message.protected:
                raise NoSuchThing("a protected message can't be forwarded")
            own = ("message_id", "from", "chat", "date", "edit_date", "reply_to_message", "reply_markup")
            content = {name: value for name, value in message.wire.items() if name not in own}
            origin = {"type": "user", "sender_user": message.wire["from"], "date": message.wire["date"]}
        return self.send(user, {"forward_origin": origin, **content}, chat)

    def delete(self, user: int, message_id: int, chat: int | None = None) -> None:
        """Delete a message for everyone; the bot is not told."""
        where = self._chat(self.state.user(user), chat)
        self.message(where, message_id)
        remove(self.state, where, message_id)

    def react(self, user: int, message_id: int, emoji: str | None, chat: int | None = None) -> None:
        """Put a reaction on a message; the bot hears of it only if it asked for that."""
        person = self.state.user(user)
        where = self._chat(person, chat)
        self.message(where, message_id)
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        change = {
            "chat": where.wire(),
            "message_id": message_id,
            "user": person.wire(),
            "date": int(self.state.clock.timestamp()),
            "old_reaction": [],
            "new_reaction": new,
        }
        self.state.updates.push("message_reaction", change, where.id)

    # Groups ----------------------------------------------------------------------------------------------

    def group(self, title: str, members: list[int], id: int | None = None, supergroup: bool = False) -> Wire:
        """Make a group of people; the first one owns it. The bot is added separately."""
        kind = "supergroup" if supergroup else "group"
        if id is None:
            id = -self.state.random.randrange(10**9, 5 * 10**9) - (10**12 if supergroup else 0)
        for member in members:
            self.state.user(member)
        chat = Chat(id, kind, title=title, members=dict.fromkeys(members, "member"))
        if members:
            chat.members[members[0]] = "creator"
        self.state.chats[id] = chat
        self.state.event("chat", id)
        return chat.wire()

    def _who(self, chat: Chat, user: int | None) -> User:
        return self.state.user(next(iter(chat.members)) if user is None else user)

    def add_bot(self, chat: int, user: int | None = None, admin: bool = False) -> None:
        """Add the bot to a group, or make it an administrator there."""
        where = self.state.chats[chat]
        person = self._who(where, user)
        joins = where.bot not in ("member", "administrator")
        self.bot_status(where, person, "administrator" if admin else "member")
        if joins:
            self._service(where, person, {"new_chat_members": [self.state.bot]})

    def remove_bot(self, chat: int, user: int | None = None) -> None:
        """Take the bot out of a group."""
        where = self.state.chats[chat]
        self.bot_status(where, self._who(where, user), "kicked")

    def join(self, chat: int, user: int) -> None:
        """A person joins a group."""
        where = self.state.chats[chat]
        where.members[user] = "member"
        self._service(where, self.state.user(user), {"new_chat_members": [self.state.user(user).wire()]})

    def leave(self, chat: int, user: int) -> None:
        """A person leaves a group."""
        where = self.state.chats[chat]
        where.members[user] = "left"
        self._service(where, self.state.user(user), {"left_chat_member": self.state.user(user).wire()})

    def upgrade(self, chat: int, user: int | None = None) -> int:
        """Turn a group into a supergroup with another id; both sides get a service message."""
        old = self.state.chats[chat]
        person = self._who(old, user)
        made = self.group(old.title, list(old.members), supergroup=True)
        new = self.state.chats[made["id"]]
        new.members, new.bot = dict(old.members), old.bot
        self._service(old, person, {"migrate_to_chat_id": new.id})
        old.migrated_to = new.id
        self._service(new, person, {"migrate_from_chat_id": old.id})
        return new.id

    def _service(self, chat: Chat, by: User, content: Wire) -> None:
        message = self.state.place(chat, by.wire(), content)
        if chat.bot in ("member", "administrator"):
            self.state.updates.push("message", message.wire, chat.id)
