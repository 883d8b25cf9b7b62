"""Somebody with a phone in the campaign: they see their screen, press, say; every press is kept for the audit."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.localtelegram.refused import NoSuchThing
from tests.campaign.desk import RemoteTelegram

Wire = dict[str, Any]
TRIES = 12


class Silent(Exception):
    """Nobody answered, although the person tried again and again."""


@dataclass(frozen=True, slots=True)
class Press:
    """One press of an inline button, as Telegram took it."""

    user: int
    query_id: str
    update_id: int
    data: str

    @property
    def takes(self) -> bool:
        """Whether it is a wish to take a case."""
        return self.data.startswith("t:")


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message of the bot on a screen."""

    number: int
    text: str
    buttons: tuple[tuple[str, str], ...]
    """(label, callback data); buttons that copy or open something are left out."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands on the buttons."""
        return tuple(label for label, _ in self.buttons)

    def button(self, needle: str) -> tuple[str, str] | None:
        """The first button whose label holds `needle`."""
        return next((button for button in self.buttons if needle in button[0]), None)


class Person:
    """One phone."""

    def __init__(self, telegram: RemoteTelegram, user: int, name: str, presses: list[Press], patience: float) -> None:
        self.telegram, self.user, self._name, self._presses = telegram, user, name, presses
        self.changed = telegram.changed(user)
        self.patience = patience
        self.repeats = 0

    async def arrive(self, payload: str = "") -> None:
        """Take the phone out and press START."""
        await self.telegram.ask("user", id=self.user, first_name=self._name)
        await self.telegram.ask("start", user=self.user, payload=payload)

    async def look(self, last: int = 8) -> list[Bubble]:
        """The bot's newest messages, newest first."""
        screen: list[Wire] = await self.telegram.ask("screen", chat=self.user, last=last)
        return [_bubble(raw) for raw in reversed(screen) if raw["sender"] == "bot"]

    async def say(self, text: str) -> None:
        """Write a text."""
        await self.telegram.ask("say", user=self.user, text=text)

    async def photo(self) -> None:
        """Send a photo."""
        await self.telegram.ask("media", user=self.user, kind="photo")

    async def press(self, bubble: Bubble, needle: str) -> bool:
        """Press a button of a message; False when it is gone by now."""
        button = bubble.button(needle)
        return button is not None and await self.forge(button[1], bubble.number)

    async def forge(self, data: str, message: int | None = None) -> bool:
        """Send any callback data; False when the message is gone by now."""
        try:
            made = await self.telegram.ask("forge", user=self.user, data=data, message_id=message)
        except NoSuchThing:
            return False
        self._presses.append(Press(self.user, made["query_id"], made["update_id"], data))
        return True

    async def erase(self, bubble: Bubble) -> None:
        """Delete a message of the bot, for both sides."""
        with suppress(NoSuchThing):
            await self.telegram.ask("delete", user=self.user, message_id=bubble.number)

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait until something changes in this chat; False when nothing did."""
        try:
            await asyncio.wait_for(self.changed.wait(), seconds or self.patience)
        except TimeoutError:
            return False
        await asyncio.sleep(0.02)  # what was said together comes together
        return True


def _bubble(raw: Wire) -> Bubble:
    keys = [button for row in raw["keyboard"] for button in row if "callback_data" in button]
    buttons = tuple((key["text"], key["callback_data"]) for key in keys)
    return Bubble(raw["message_id"], raw["text"] or raw["caption"], buttons)
