"""`tersapa demo`: a local Telegram and a bot on a temporary file; a story told by the phones, then everybody's turn."""

import asyncio
import logging
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from bot import logs
from bot.app import App
from bot.clock import Clock
from bot.config import Settings
from bot.core.hours import WIB
from bot.demo.phones import Phone
from bot.demo.server import LocalTelegram
from storage import roster

MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SINGOSARI, MALANG = "35.07.24", "35.07"
PATIENCE = 90.0
"""Real seconds in which the bot must have done what can be done now."""


class TurnedClock(Clock):
    """The local Telegram's clock, read in the same process."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    def now(self) -> datetime:
        """The story's time."""
        return self._telegram.clock.now()


async def settle(app: App, telegram: LocalTelegram) -> None:
    """Wait until everything that can happen now has happened."""
    app.sender.wake()  # a turned clock rings no bell of its own
    app.pump.wake()
    async with asyncio.timeout(PATIENCE):
        calm = 0
        while calm < 2:
            if telegram.pending() or app.sender.in_flight or app.pump.busy:
                calm = 0
            else:
                acted = await app.tick()
                calm = calm + 1 if not acted and not telegram.pending() and await app.idle() else 0
            await asyncio.sleep(0.002 if calm else 0.01)


async def pass_time(app: App, telegram: LocalTelegram, until: datetime) -> None:
    """Turn the clock as time passes: from one due moment to the next, the bot awake all the while."""
    while True:
        await settle(app, telegram)
        moment = await app.next_moment()
        if moment is None or moment > until:
            break
        telegram.turn(set=moment.isoformat())
    if telegram.clock.now() < until:
        telegram.turn(set=until.isoformat())
    await settle(app, telegram)


class Stage:
    """The phones of a story, and what they have shown so far."""

    def __init__(self, app: App, telegram: LocalTelegram, console: Console) -> None:
        self.app, self.telegram, self._console = app, telegram, console
        self._phones: dict[str, Callable[[], list[object]]] = {}
        self._shown: set[tuple[str, int]] = set()

    def person(self, number: int, name: str, who: str) -> Phone:
        """Somebody with a phone that is shown under `who`."""
        phone = self.telegram.phone(number, name)
        self._phones[who] = phone.screen  # type: ignore[assignment]
        return phone

    async def worker(self, number: int, name: str, who: str, role: str, area: str) -> Phone:
        """Somebody who comes in by an invite link."""
        phone = self.person(number, name, who)
        now = self.app.clock.now()
        token, _ = await self.app.db.run(lambda session: roster.invite(session, role, area, now))
        await phone.start(f"i_{token}")
        return phone

    async def press(self, phone: Phone, *labels: str) -> None:
        """Press buttons one after the other, and show what the phones show."""
        for label in labels:
            await phone.press(label)
            await self.show()

    async def say(self, phone: Phone, text: str) -> None:
        """Say something."""
        await phone.say(text)
        await self.show()

    async def passes(self, **length: float) -> None:
        """Time passes."""
        until = self.app.clock.now() + timedelta(**length)
        while self.app.clock.now() < until:
            await settle(self.app, self.telegram)
            await self.show()
            moment = await self.app.next_moment()
            self.telegram.turn(set=min(moment or until, until).isoformat())
        await self.show()

    def title(self, text: str) -> None:
        """A line of the narrator."""
        self._console.print(f"\n[bold]— {text}[/bold]")

    async def show(self) -> None:
        """Print what is new on every phone."""
        await settle(self.app, self.telegram)
        clock = self.telegram.clock.now().astimezone(WIB).strftime("%a %H.%M")
        for who, screen in self._phones.items():
            for bubble in screen():
                key = (who, bubble.message_id)  # type: ignore[attr-defined]
                if key in self._shown:
                    continue
                self._shown.add(key)
                self._bubble(clock, who, bubble)

    def _bubble(self, clock: str, who: str, bubble: object) -> None:
        text = (bubble.text or bubble.caption or f"[{bubble.media}]").replace("\n\n", "\n")  # type: ignore[attr-defined]
        mine = bubble.sender == "user"  # type: ignore[attr-defined]
        lines = text.split("\n")
        head = f"[dim]{clock}[/dim] [cyan]{who:<12}[/cyan] {'»' if mine else ' '} "
        self._console.print(head, end="")
        self._console.print(
            ("\n" + " " * 25).join(lines), markup=False, highlight=False, style="italic" if mine else ""
        )
        labels = [button.label for button in bubble.buttons]  # type: ignore[attr-defined]
        if labels:
            shown = labels if len(labels) <= 12 else [*labels[:10], f"… {len(labels) - 10}"]
            self._console.print(" " * 25 + " ".join(f"[ {label} ]" for label in shown), markup=False, style="green")


async def play(stage: Stage) -> None:
    """The main job: a report, no answer, reminder, koordinator, JSC, somebody takes it, the resident hears."""
    stage.title("Petugas masuk lewat undangan (workers come in by invite)")
    await stage.worker(6_000_000_001, "Budi", "TKSK", "tksk", SINGOSARI)
    await stage.worker(6_000_000_002, "Rahma", "Koordinator", "koordinator", MALANG)
    jsc = await stage.worker(6_000_000_003, "Rina", "JSC", "jsc", roster.PROVINCE)
    await stage.show()
    stage.title("Siti melapor (a resident reports)")
    siti = stage.person(5_000_000_001, "Siti", "Siti")
    await siti.start()
    await stage.show()
    await stage.press(siti, "Lapor", "Setuju", "Tetangga", "Gangguan jiwa", "Dirantai")
    await stage.say(siti, "singosri malang")
    await stage.press(siti, "Kec. Singosari", "Tidak tahu")
    await stage.say(siti, "belakang masjid Al-Ikhlas")
    await stage.press(siti, "Hari ini")
    await stage.say(siti, "Laki-laki, kira-kira 40 tahun, dirantai di gubuk, kurus sekali.")
    await stage.press(siti, "Tanpa foto", "Lewat bot", "Kirim laporan")
    stage.title("Tidak ada yang menjawab; jam diputar (nobody answers; the clock is turned)")
    await stage.passes(hours=9)
    stage.title("JSC memegang; Siti mendengar kabarnya (JSC takes over; the resident hears it)")
    await stage.press(jsc, "Saya tangani")


async def demonstrate(port: int, *, story_only: bool) -> int:
    """Play the story and, unless `story_only`, keep serving; returns the exit code."""
    logs.set_up("ERROR")
    logging.getLogger("tersapa").setLevel(logging.ERROR)
    console = Console(width=None, soft_wrap=True)
    with tempfile.TemporaryDirectory(prefix="tersapa-demo-") as folder:
        async with LocalTelegram(port=port, clock_start=MORNING) as telegram:
            settings = Settings.model_validate(
                {
                    "telegram": {"token": telegram.token, "api_url": telegram.url},
                    "database": {"url": str(Path(folder) / "tersapa.db")},
                    "limits": {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0},
                }
            )
            app = App(settings, TurnedClock(telegram))
            await app.start()
            try:
                _welcome(console, telegram)
                await play(Stage(app, telegram, console))
                console.print("\n[bold]Cerita selesai. The story is over.[/bold]")
                if not story_only:
                    console.print(f"Local Telegram: {telegram.url}  (Ctrl-C ends it)")
                    await _until_interrupted()
            finally:
                await app.stop()
    return 0


def _welcome(console: Console, telegram: LocalTelegram) -> None:
    console.print(f"[bold]Tersapa[/bold], without a token and without a network. Local Telegram: {telegram.url}")
    console.print("Take part from another terminal, for example as a new resident:")
    for name, body in (
        ("user", '{"id": 7001, "first_name": "Ani"}'),
        ("start", '{"user": 7001}'),
        ("press", '{"user": 7001, "label": "Lapor"}'),
    ):
        console.print(f"  curl -s {telegram.url}/control/do/{name} -d '{body}'", markup=False, highlight=False)
    console.print(f"  curl -s '{telegram.url}/control/screen?chat=7001'", markup=False, highlight=False)
    console.print(f"  curl -s {telegram.url}/control/clock -d '{{\"advance\": 3600}}'", markup=False, highlight=False)


async def _until_interrupted() -> None:
    import signal

    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await stop.wait()
