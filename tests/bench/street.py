"""The people under the bench: they wait for what their phone shows, with a limit, and know when it came."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from time import monotonic

from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from bot.localtelegram.shown import Button, Shown
from tests.bench.bots import Missing

LAST = 6
"""Messages from the end of a chat among which something new is looked for."""


LONGEST = 300.0
"""Seconds after which an answer is lost, however busy the bot is with others."""
Shows = Callable[[Shown], object]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed: in which message, and what is behind it."""

    message_id: int
    data: str | None


NOTHING = Pressed(0, "")


class Street:
    """Rings at the chats in which something appeared."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self.telegram = telegram
        self._waiting: dict[int, list[asyncio.Future[None]]] = defaultdict(list)

    def phone(self, person: int, name: str = "Siti") -> Phone:
        """A phone whose chat with the bot was begun long ago."""
        phone, state = self.telegram.phone(person, name), self.telegram.state
        state.private(state.user(person)).bot = "member"
        return phone

    @property
    def now(self) -> float:
        """The moment on the phones' clocks, in seconds."""
        return self.telegram.clock.timestamp()

    def came(self, message: Shown) -> float:
        """When a message came, by the same clocks."""
        return self.born(message.chat_id, message.message_id)

    def born(self, chat: int, message_id: int) -> float:
        """The same, of a message that is known by its ids."""
        return self.telegram.state.chats[chat].messages[message_id].born

    async def ring(self) -> None:
        """Ring until cancelled."""
        state = self.telegram.state
        seen = state.event_pulse.version
        while True:
            await state.event_pulse.wait(seen, 3600)
            chats = set()
            for event in reversed(state.events):
                if event["n"] <= seen:
                    break
                chats.add(event["chat_id"])
            seen = state.event_pulse.version
            for chat in chats:
                for waiter in self._waiting.pop(chat, ()):
                    if not waiter.done():
                        waiter.set_result(None)

    async def sees(self, phone: Phone, shown: Shows, what: str, limit: float, *, last: int = LAST) -> Shown:
        """The newest message of the bot of which `shown` is true, as soon as it is there; Missing after `limit` s."""
        return await self._until(phone, shown, what, limit, limit, last)

    async def key(self, phone: Phone, label: str, quiet: float, last: Pressed = NOTHING) -> tuple[Button, Pressed]:
        """This button in the newest message that is no older than the one pressed last and shows that button no more.

        Missing once the bot has called nobody for `quiet` seconds: while it answers others, slow is not lost.
        """

        def offers(message: Shown) -> bool:
            if message.message_id < last.message_id or any(key.data == last.data for key in message.buttons):
                return False  # an answered question that still stands may have a button of the same name
            return any(label in key.label for key in message.buttons)

        message = await self._until(phone, offers, f"the button {label!r}", LONGEST, quiet, LAST)
        key = next(key for key in message.buttons if label in key.label)
        return key, Pressed(message.message_id, key.data)

    async def says(self, phone: Phone, words: str, quiet: float) -> Shown:
        """The newest message with these words; Missing as with a button."""
        return await self._until(phone, lambda message: words in message.text, repr(words), LONGEST, quiet, LAST)

    async def _until(self, phone: Phone, shown: Shows, what: str, limit: float, quiet: float, last: int) -> Shown:
        begun = monotonic()
        while True:
            for message in reversed(phone.screen(last)):
                if message.sender == "bot" and shown(message):
                    return message
            waiter = asyncio.get_running_loop().create_future()
            self._waiting[phone.chat].append(waiter)
            left = min(max(begun, self.telegram.state.last_call) + quiet, begun + limit) - monotonic()
            if left <= 0:
                raise Missing(f"{what} of {phone.id}")
            await asyncio.wait([waiter], timeout=left)


@asynccontextmanager
async def street(telegram: LocalTelegram) -> AsyncIterator[Street]:
    """A street whose bells ring."""
    made = Street(telegram)
    bells = asyncio.create_task(made.ring())
    try:
        yield made
    finally:
        bells.cancel()
        with suppress(asyncio.CancelledError):
            await bells
