"""What the page with the four phones needs of the bot: its people, turned time, and the story on those very phones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from itertools import cycle

from bot.app import App
from bot.demo.page import Busy, OnPage
from bot.demo.story import Cast, Stage, play
from bot.demo.turning import pass_time
from bot.localtelegram.phones import Phone
from bot.localtelegram.refused import NoSuchThing
from bot.localtelegram.server import LocalTelegram

WELCOME = "Tekan MULAI di telepon warga, atau putar cerita. (Press START on the resident's phone, or play the story.)"
OVER = "Cerita selesai; silakan lanjutkan sendiri. (The story is over; go on by yourself.)"
STOPPED = "Cerita dihentikan; silakan lanjutkan sendiri. (The story was stopped; go on by yourself.)"
LOST = "Cerita terputus karena ada yang lain ditekan. (The story lost its thread: something else was pressed.)"
QUIET = "Tidak ada yang menunggu. (Nothing is waiting.)"
LOOK = 0.5
"""Seconds between two looks at what happens next."""
FIRST_RESIDENT = 5_000_000_001
NAMES = ("Siti", "Slamet", "Wati", "Joko", "Ani", "Supriyadi")


class Theatre:
    """The four phones and who holds the clock: one hand at a time."""

    def __init__(self, app: App, telegram: LocalTelegram, cast: Cast, pace: float) -> None:
        self.app, self.telegram, self.cast, self.pace = app, telegram, cast, pace
        self.line = WELCOME
        self.following: datetime | None = None
        self._names = cycle(NAMES)
        self._ids = iter(range(FIRST_RESIDENT, FIRST_RESIDENT + 10**6))
        self._resident = self._somebody()
        self._held = False
        self._story: asyncio.Task[None] | None = None

    @property
    def phones(self) -> tuple[OnPage, ...]:
        """Resident, TKSK, koordinator, JSC."""
        cast, resident = self.cast, self._resident.id
        return (
            OnPage("Warga", "resident", resident, (("Pribadi", resident),), renewable=True),
            OnPage("TKSK Singosari", "social worker", cast.tksk.id, (("Pribadi", cast.tksk.id),)),
            OnPage("Koordinator Malang", "coordinator", cast.koordinator.id, (("Pribadi", cast.koordinator.id),)),
            OnPage("JSC", "province", cast.jsc.id, (("Grup", cast.group.id), ("Pribadi", cast.jsc.id))),
        )

    @property
    def busy(self) -> bool:
        """Whether somebody holds the clock."""
        return self._held

    @property
    def playing(self) -> bool:
        """Whether the story is played."""
        return self._story is not None and not self._story.done()

    async def watch(self) -> None:
        """Keep in view what happens next: it also changes after the last message that the page hears of."""
        while True:
            await self._look_ahead()
            await asyncio.sleep(LOOK)

    async def _look_ahead(self) -> None:
        if (moment := await self.app.next_moment()) != self.following:
            self.following = moment
            self.changed()

    async def turn(self, seconds: float | None) -> None:
        """Let time pass; None: until something happens."""
        async with self._holding():
            until = self.telegram.clock.now() + timedelta(seconds=seconds) if seconds else await self.app.next_moment()
            if until is None:
                self.line = QUIET
            else:
                await pass_time(self.app, self.telegram, until)
            await self._look_ahead()

    async def play(self) -> None:
        """Begin the story with somebody new, or end it if it is being played."""
        if self.playing:
            await self.stop()
            return
        if self._held:
            raise Busy
        self._held = True
        if self._resident.screen():
            self._resident = self._somebody()
        self._story = asyncio.create_task(self._played())

    async def newcomer(self) -> None:
        """Give the resident's phone to somebody new."""
        async with self._holding():
            self._resident = self._somebody()

    async def stop(self) -> None:
        """End the story if it is being played."""
        if self._story is not None:
            self._story.cancel()
            with suppress(asyncio.CancelledError):
                await self._story

    def changed(self) -> None:
        """Tell the page."""
        self.telegram.state.event("stage")

    def _somebody(self) -> Phone:
        return self.telegram.phone(next(self._ids), next(self._names))

    @asynccontextmanager
    async def _holding(self) -> AsyncIterator[None]:
        if self._held:
            raise Busy
        self._held = True
        self.changed()
        try:
            yield
        finally:
            self._held = False
            self.changed()

    async def _played(self) -> None:
        try:
            await play(_OnPhones(self), self._resident)
            self.line = OVER
        except asyncio.CancelledError:
            self.line = STOPPED
            raise
        except (NoSuchThing, LookupError, AssertionError, TimeoutError):
            self.line = LOST
        finally:
            self._held, self._story = False, None
            self.changed()


class _OnPhones(Stage):
    """A stage that people watch on the page's phones."""

    def __init__(self, theatre: Theatre) -> None:
        super().__init__(theatre.app, theatre.telegram, theatre.cast)
        self._theatre = theatre

    def title(self, text: str) -> None:
        """A line of the narrator."""
        self._theatre.line = text
        self._theatre.changed()

    async def show(self) -> None:
        """Give people time to see it."""
        await asyncio.sleep(self._theatre.pace)
