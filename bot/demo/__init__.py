"""`tersapa demo`: a local Telegram and a bot on a temporary file; four phones on a page, or a story in the terminal."""

import asyncio
import logging
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from bot import logs
from bot.app import App
from bot.config import Settings
from bot.demo.page import PhonePage
from bot.demo.story import Cast, gather, hire, play
from bot.demo.terminal import Terminal
from bot.demo.theatre import FIRST_RESIDENT, Theatre
from bot.demo.turning import TurnedClock, pass_time, settle
from bot.localtelegram.server import LocalTelegram

__all__ = ["TurnedClock", "demonstrate", "pass_time", "served", "settle"]

MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PACE = 0.4
"""Seconds between two steps of the story on the page, so that people can follow."""


@asynccontextmanager
async def _running(telegram: LocalTelegram) -> AsyncIterator[tuple[App, Cast]]:
    """A bot on a temporary file, with its workers; gone at the end."""
    cast = gather(telegram)
    with tempfile.TemporaryDirectory(prefix="tersapa-demo-") as folder:
        settings = Settings.model_validate(
            {
                "telegram": {"token": telegram.token, "api_url": telegram.url},
                "database": {"url": str(Path(folder) / "tersapa.db")},
                "jsc": {"chat_id": cast.group.id},
                "limits": {
                    "overall_per_second": 0,
                    "chat_per_second": 0,
                    "group_per_minute": 0,
                    "chat_listens_per_minute": 0,
                },
            }
        )
        app = App(settings, TurnedClock(telegram))
        await app.start()
        try:
            await hire(app, telegram, cast)
            yield app, cast
        finally:
            await app.stop()


@asynccontextmanager
async def served(port: int = 0, *, pace: float = PACE) -> AsyncIterator[Theatre]:
    """The page with the four phones, open for everybody at this machine; its address is `telegram.url`."""
    page = PhonePage()
    async with LocalTelegram(port=port, clock_start=MORNING, page=page) as telegram, _running(telegram) as (app, cast):
        theatre = Theatre(app, telegram, cast, pace)
        page.open(telegram, theatre)
        watching = asyncio.create_task(theatre.watch())
        try:
            yield theatre
        finally:
            await theatre.stop()
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)


async def demonstrate(port: int, *, story_only: bool) -> int:
    """Serve the page until interrupted, or with `story_only` tell the story here; returns the exit code."""
    logs.set_up("ERROR")
    logging.getLogger("tersapa").setLevel(logging.ERROR)
    console = Console(width=None, soft_wrap=True)
    console.print("[bold]Tersapa[/bold], without a token and without a network.")
    if story_only:
        await _tell(console, port)
        return 0
    stop = _interrupted()
    async with served(port) as theatre:
        _invite(console, theatre.telegram.url)
        await stop.wait()
    return 0


async def _tell(console: Console, port: int) -> None:
    async with LocalTelegram(port=port, clock_start=MORNING) as telegram, _running(telegram) as (app, cast):
        siti = telegram.phone(FIRST_RESIDENT, "Siti")
        stage = Terminal(app, telegram, cast, siti, console)
        stage.title("Petugas masuk lewat undangan (workers come in by invite)")
        await stage.show()
        await play(stage, siti)
        console.print("\n[bold]Cerita selesai. The story is over.[/bold]")


def _invite(console: Console, url: str) -> None:
    console.print(f"\n  Empat telepon (four phones):  [bold]{url}[/bold]\n")
    console.print("Buka di peramban; Ctrl-C mengakhirinya. (Open it in a browser; Ctrl-C ends it.)")
    console.print("The story in this terminal instead: make demo ARGS=--story-only. By hand, from another terminal:")
    for name, body in (
        ("start", f'{{"user": {FIRST_RESIDENT}}}'),
        ("press", f'{{"user": {FIRST_RESIDENT}, "label": "Lapor"}}'),
    ):
        console.print(f"  curl -s {url}/control/do/{name} -d '{body}'", markup=False, highlight=False)
    console.print(f"  curl -s '{url}/control/screen?chat={FIRST_RESIDENT}'", markup=False, highlight=False)


def _interrupted() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop
