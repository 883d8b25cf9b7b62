"""A whole bot in a test: local Telegram over HTTP, real database, real texts, a clock that only the story turns.

Stories speak as people do: a phone says, presses, sends; time passes; and what a phone shows is read. Only
Telegram's side of the wire is faked.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.actions.turn import Turn
from bot.app import App
from bot.config import Settings
from bot.core import buttons as b
from bot.core.report_flow import REPORT
from bot.demo import TurnedClock, pass_time, settle
from bot.demo.turning import PATIENCE
from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from notifiers.telegram.transport import Transport
from storage import cases, drafts, roster
from storage.session import Session
from storage.tables import Case
from tests.support.engines import ready_file
from tests.support.references import chat_of
from tests.support.told import REVIEW, told

MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday 2 March 2026, 09.00 WIB: everybody may be rung."""
DAY = timedelta(days=1)
SINGOSARI, MALANG = "35.07.24", "35.07"
NO_SUMMARY = {"at": "never"}
"""Stories about something else are not interrupted at 07.00."""
NO_LIMITS = {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0, "chat_listens_per_minute": 0}
MORE = "Lainnya"
BY_LIST = ("Pilih dari daftar", "Kab. Malang", "Kec. Singosari")


class StoryClock(TurnedClock):
    """The local Telegram's clock; where that stands still, no two looks at it show the same moment.

    It then goes on by a microsecond a look, so that what was said later is later, however busy the machine is.
    """

    def now(self) -> datetime:
        """The story's time."""
        if self._telegram.clock.frozen:
            self._telegram.clock.offset += 1e-6
        return super().now()


class World:
    """One bot, its Telegram and its people."""

    def __init__(self, telegram: LocalTelegram, url: str, settings: dict[str, Any]) -> None:
        self.telegram = telegram
        self._url, self._settings = url, settings
        self._ids = iter(range(5_000_000_001, 6_000_000_000))
        self.app: App
        self._settling: asyncio.Task[None] | None = None

    async def start(self, **more: Any) -> None:
        """Start the bot (again)."""
        settings = Settings(
            telegram=more.pop("telegram", {"token": self.telegram.token, "api_url": self.telegram.url}),
            database={"url": self._url},
            **{"limits": NO_LIMITS, "summary": NO_SUMMARY, **self._settings, **more},
        )
        self.app = App(settings, StoryClock(self.telegram))
        for wire in self.app.bot._request:
            assert isinstance(wire, Transport)
            wire._connect = wire._read = wire._pool = PATIENCE  # a busy machine is no outage
        await self.app.start(tick=None)
        self.app.sender.call_limit = PATIENCE

    async def stop(self) -> None:
        """Stop the bot as SIGTERM does."""
        await self.app.stop()

    def person(self, name: str = "Siti", **more: Any) -> Phone:
        """Somebody with a phone of their own."""
        return self.telegram.phone(next(self._ids), name, **more)

    async def worker(self, role: str, area: str, name: str = "Budi") -> Phone:
        """Somebody who came in by an invite link."""
        phone = self.person(name)
        token, _ = await self.read(lambda s: roster.invite(s, role, area, self.now, trusted=True))
        await phone.start(f"i_{token}")
        await self.settle()
        return phone

    @property
    def now(self) -> datetime:
        """The story's time."""
        return self.telegram.clock.now()

    async def read(self, work: Callable[[Any], Any]) -> Any:
        """Ask the database something, or say something in the bot's name."""
        try:
            return await self.app.db.run(work, "test")
        finally:
            self.app.sender.wake()
            self.app.pump.wake()

    def turn(self, session: Session) -> Turn:
        """A turn of this bot at the story's time."""
        return Turn(session, self.app.house, self.now)

    async def settle(self) -> None:
        """Wait until everything that can happen now has happened; who waits at the same time waits together."""
        if self._settling is None or self._settling.done():
            self._settling = asyncio.create_task(settle(self.app, self.telegram))
        await self._settling

    async def passes(self, **length: float) -> None:
        """Time passes as it does: from one due moment to the next, the bot awake all the while."""
        await pass_time(self.app, self.telegram, self.now + timedelta(**length))

    async def say(self, phone: Phone, text: str) -> None:
        """Say something and wait for what it causes."""
        await phone.say(text)
        await self.settle()

    async def press(self, phone: Phone, *labels: str) -> None:
        """Press buttons one after the other, waiting each time; what is not there is looked for behind *Lainnya*."""
        for label in labels:
            there = " ".join(phone.buttons())
            if label not in there and MORE in there:
                await phone.press(MORE)
                await self.settle()
            await phone.press(label)
            await self.settle()

    async def reports(
        self,
        phone: Phone,
        *,
        kind: str = "Lansia",
        danger: str = "Tidak ada",
        story: str = "",
        place: str = "Kab. Malang, Kec. Singosari",
    ) -> str:
        """A whole report, from Singosari if nothing else is said: all is answered, and *Kirim laporan* pressed.

        Returns its number.
        """
        if not phone.from_bot():
            await phone.start()
            await self.settle()
        pressed = ("Setuju", "Tetangga", kind, danger, "Tidak bisa telepon", "Pilih dari daftar", *place.split(", "))
        answers = told(*pressed, story=story)
        draft = await self.read(
            lambda s: drafts.begin(s, chat_of(s, phone), REPORT.name, answers, self.now, self.now + DAY)
        )
        await phone.forge(b.Pick(draft.id, 0, REVIEW, "kirim").pack())
        await self.settle()
        return await self._newest_number(phone)

    async def reports_by_buttons(
        self,
        phone: Phone,
        *,
        kind: str = "Lansia",
        danger: str = "Tidak ada",
        story: str = "",
        place: str = "Kab. Malang, Kec. Singosari",
    ) -> str:
        """The same from /start on, one button after the other."""
        await phone.start()
        await self.settle()
        await self.press(phone, "Lapor")
        if "Setuju" in " ".join(phone.buttons()):
            await self.press(phone, "Setuju")
        await self.press(phone, "Tetangga", kind, danger)
        if "Tidak bisa telepon" in " ".join(phone.buttons()):
            await self.press(phone, "Tidak bisa telepon")
        await self.press(phone, "Pilih dari daftar", *place.split(", "), "Tidak tahu", "Lewati")
        if "Hari ini" in " ".join(phone.buttons()):
            await self.press(phone, "Hari ini")
        if story:
            await self.say(phone, story)
        elif "Lewati" in " ".join(phone.buttons()):
            await self.press(phone, "Lewati")
        if "Tanpa foto" in " ".join(phone.buttons()):
            await self.press(phone, "Tanpa foto")
        await self.press(phone, "Tidak usah menelepon")
        if "Lewati" in " ".join(phone.last().labels):  # how somebody can be found, where nothing says it
            await self.press(phone, "Lewati")
        await self.press(phone, "Kirim laporan")
        return await self._newest_number(phone)

    async def _newest_number(self, phone: Phone) -> str:
        number: str = await self.read(lambda s: cases.reports_of(s, chat_of(s, phone))[0][0].number)
        return number

    async def case(self) -> Case:
        """The newest case."""
        from sqlmodel import col, select

        case: Case = await self.read(
            lambda s: s.exec(select(Case).order_by(col(Case.created_at).desc()).limit(1)).one()
        )
        return case


async def until(true: Callable[[], object]) -> None:
    """Wait for what the bot does of itself, without turning the clock; only a hang uses the patience up."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def world(tmp: Path, url: str | None = None, **settings: Any) -> AsyncIterator[World]:
    """A started world; `url` names another database than a SQLite file with its tables.

    Its clock stands still while nobody turns it, so no deadline comes nearer while a busy machine is slow.
    """
    async with LocalTelegram(clock_start=MORNING) as telegram:
        telegram.turn(freeze=True)
        made = World(telegram, url or ready_file(tmp), settings)
        await made.start()
        try:
            yield made
        finally:
            await made.stop()
