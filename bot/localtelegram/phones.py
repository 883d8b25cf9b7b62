"""Phones and groups for tests and campaigns: what people do."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .desk import Desk
from .shown import Screen

Wire = dict[str, Any]


class Phone(Screen):
    """One person's phone, in the private chat with the bot; `chat=` acts in a group instead."""

    def __init__(self, desk: Desk, id: int, **who: Any) -> None:
        super().__init__(desk, id)
        self.id = id
        desk.ask("user", id=id, **who)

    async def _do(self, deed: str, /, **args: Any) -> Any:
        return await self.desk.do(deed, user=self.id, **args)

    async def start(self, payload: str = "") -> Wire:
        """Press START, with the payload of a deep link."""
        return dict(await self._do("start", payload=payload))

    async def open(self, link: str) -> Wire:
        """Follow a `t.me/…?start=…` link."""
        return await self.start(parse_qs(urlsplit(link).query).get("start", [""])[0])

    async def say(self, text: str, **where: Any) -> Wire:
        """Write a text; `reply_to=` a message."""
        return dict(await self._do("say", text=text, **where))

    async def press(self, label: str, message_id: int | None = None, **where: Any) -> Wire:
        """Press the newest button that shows this label."""
        return dict(await self._do("press", label=label, message_id=message_id, **where))

    async def forge(self, data: str, message_id: int | None = None, **where: Any) -> Wire:
        """Send any callback data for any message."""
        return dict(await self._do("forge", data=data, message_id=message_id, **where))

    async def _media(self, kind: str, data: bytes | None, more: Wire) -> Wire:
        if data is not None:
            more["data"] = base64.b64encode(data).decode()
        return dict(await self._do("media", kind=kind, **more))

    async def photo(self, data: bytes | None = None, **more: Any) -> Wire:
        """Send a photo; `caption=`, `size=`, `reply_to=`."""
        return await self._media("photo", data, more)

    async def voice(self, data: bytes | None = None, **more: Any) -> Wire:
        """Send a voice message."""
        return await self._media("voice", data, more)

    async def video_note(self, data: bytes | None = None, **more: Any) -> Wire:
        """Send a round video."""
        return await self._media("video_note", data, more)

    async def audio(self, data: bytes | None = None, **more: Any) -> Wire:
        """Send a piece of music, or a recording that was forwarded as one."""
        return await self._media("audio", data, more)

    async def animation(self, data: bytes | None = None, **more: Any) -> Wire:
        """Send a moving picture without sound."""
        return await self._media("animation", data, more)

    async def video(self, data: bytes | None = None, **more: Any) -> Wire:
        """Send a video."""
        return await self._media("video", data, more)

    async def document(self, data: bytes | None = None, name: str = "surat.pdf", **more: Any) -> Wire:
        """Send a file; `mime=` is its type, `size=` may be larger than its bytes."""
        return await self._media("document", data, {"name": name, **more})

    async def sticker(self, **more: Any) -> Wire:
        """Send a sticker."""
        return await self._media("sticker", None, more)

    async def album(self, count: int = 3, **more: Any) -> list[Wire]:
        """Send photos together."""
        return list(await self._do("album", count=count, **more))

    async def pin(self, latitude: float, longitude: float, **more: Any) -> Wire:
        """Send a place; `accuracy=` in metres, `live_period=` in seconds, `title=` for a venue."""
        return dict(await self._do("pin", latitude=latitude, longitude=longitude, **more))

    async def move(self, message_id: int, latitude: float, longitude: float) -> Wire:
        """Go on with a live location."""
        return dict(await self._do("move", message_id=message_id, latitude=latitude, longitude=longitude))

    async def contact(self, phone_number: str | None = None, **more: Any) -> Wire:
        """Share the own number, or with a number somebody else's."""
        return dict(await self._do("contact", phone_number=phone_number, **more))

    async def edit(self, message_id: int, text: str, **where: Any) -> Wire:
        """Change an own message."""
        return dict(await self._do("edit", message_id=message_id, text=text, **where))

    async def forward(self, text: str = "", message_id: int | None = None, **more: Any) -> Wire:
        """Forward a message of this chat, or a text of somebody else's."""
        return dict(await self._do("forward", text=text, message_id=message_id, **more))

    async def delete(self, message_id: int, **where: Any) -> None:
        """Delete a message for everyone."""
        await self._do("delete", message_id=message_id, **where)

    async def react(self, message_id: int, emoji: str | None, **where: Any) -> None:
        """Put a reaction on a message."""
        await self._do("react", message_id=message_id, emoji=emoji, **where)

    async def block(self) -> None:
        """Block the bot."""
        await self._do("block")

    async def unblock(self) -> None:
        """Unblock the bot."""
        await self._do("unblock")

    async def deactivate(self) -> None:
        """Delete the account."""
        await self._do("deactivate")

    def toasts(self) -> list[str]:
        """The texts of toasts and alerts, oldest first."""
        return [toast["text"] for toast in self.desk.ask("toasts", user=self.id)]

    def alerts(self) -> list[str]:
        """The texts of those that had to be closed."""
        return [toast["text"] for toast in self.desk.ask("toasts", user=self.id) if toast["alert"]]

    def unanswered(self) -> list[str]:
        """Presses whose button still spins."""
        return list(self.desk.ask("unanswered", user=self.id))


class Group(Screen):
    """A group of people, with or without the bot."""

    def __init__(
        self, desk: Desk, title: str, members: Sequence[Phone], *, bot: bool = True, admin: bool = False
    ) -> None:
        made = desk.ask("group", title=title, members=[member.id for member in members])
        super().__init__(desk, made["id"])
        self.members = list(members)
        if bot:
            desk.ask("add_bot", chat=self.chat, admin=admin)

    @property
    def id(self) -> int:
        """The chat id, which changes when the group becomes a supergroup."""
        return self.chat

    def __iter__(self) -> Iterator[Phone]:
        return iter(self.members)

    async def say(self, member: Phone, text: str, **more: Any) -> Wire:
        """A member writes; the bot sees commands and replies to it only, unless it is administrator."""
        return await member.say(text, chat=self.chat, **more)

    async def press(self, member: Phone, label: str, message_id: int | None = None) -> Wire:
        """A member presses a button in the group."""
        return await member.press(label, message_id, chat=self.chat)

    async def add_bot(self, admin: bool = False) -> None:
        """Add the bot, or make it administrator."""
        await self.desk.do("add_bot", chat=self.chat, admin=admin)

    async def remove_bot(self) -> None:
        """Take the bot out."""
        await self.desk.do("remove_bot", chat=self.chat)

    async def upgrade(self) -> int:
        """Become a supergroup; returns the new id."""
        self.chat = int(await self.desk.do("upgrade", chat=self.chat))
        return self.chat
