"""SIGTERM and SIGINT end the bot at every moment, in order if that is possible and within seconds if not (S7)."""

import asyncio
import json
import os
import signal
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from bot.commands import serving
from bot.demo.turning import PATIENCE
from bot.localtelegram.server import LocalTelegram
from storage import schema
from storage.database import Database
from tests.support.forks import Forked
from tests.support.world import until

SIGNALS = (signal.SIGTERM, signal.SIGINT)


async def on_each(ends: Callable[[Path, int], Awaitable[None]], tmp_path: Path) -> None:
    """The same with each signal, both at once: a bot that ends mostly waits."""
    folders = [tmp_path / str(number) for number in SIGNALS]
    for folder in folders:
        folder.mkdir()
    await asyncio.gather(*map(ends, folders, SIGNALS))


class Bot:
    """`tersapa run` as a process, and what it wrote."""

    def __init__(self, folder: Path, api_url: str) -> None:
        self._log = folder / "log"
        self._log.touch()
        environment = {
            "PATH": "",
            "TERSAPA_TELEGRAM__TOKEN": "7000000001:AAlocal-telegram-for-tests-and-demo-only",
            "TERSAPA_TELEGRAM__API_URL": api_url,
            "TERSAPA_DATABASE__URL": str(folder / "tersapa.db"),
        }
        self.process = Forked("bot", ("run",), folder, environment, self._log)

    def wrote(self, event: str) -> bool:
        """Whether the log has this event."""
        lines = self._log.read_text("utf-8").splitlines()
        assert not any("Traceback" in line for line in lines), lines
        return any(json.loads(line)["event"] == event for line in lines if line.startswith("{"))

    async def ends_on(self, number: int) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        os.kill(self.process.pid, number)
        try:
            return await asyncio.wait_for(self.process.wait(), PATIENCE)  # it hung for ever
        finally:
            self.process.kill()


@asynccontextmanager
async def silent_server() -> AsyncIterator[tuple[str, Callable[[], int]]]:
    """An address that takes connections and says nothing; gives it, and how many came."""
    calls: list[asyncio.StreamWriter] = []

    async def hold(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(writer)

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", lambda: len(calls)
    finally:
        for writer in calls:
            writer.close()
        server.close()


def test_the_longest_end_is_below_five_seconds() -> None:
    assert serving.PATIENCE < 5


async def test_what_never_ends_in_order_is_ended_hard(tmp_path: Path) -> None:
    """Its loop stands still for ever: nothing ends it but the end of its time."""
    await on_each(_ends_hard, tmp_path)


async def _ends_hard(folder: Path, number: int) -> None:
    log = folder / "log"
    log.touch()
    bot = Forked("tests.operator.stuck", (), folder, {"PATH": ""}, log)
    try:
        await until(lambda: log.read_text("utf-8") == "up\n")
        os.kill(bot.pid, number)
        assert await asyncio.wait_for(bot.wait(), PATIENCE) == 0
    finally:
        bot.kill()


async def test_while_telegram_refuses_connections(tmp_path: Path) -> None:
    await on_each(_while_telegram_refuses_connections, tmp_path)


async def _while_telegram_refuses_connections(tmp_path: Path, number: int) -> None:
    bot = Bot(tmp_path, "http://127.0.0.1:9")
    await until(lambda: bot.wrote("Telegram cannot be reached yet"))
    assert await bot.ends_on(number) == 0


async def test_while_the_first_call_hangs(tmp_path: Path) -> None:
    await on_each(_while_the_first_call_hangs, tmp_path)


async def _while_the_first_call_hangs(tmp_path: Path, number: int) -> None:
    async with silent_server() as (address, calls):
        bot = Bot(tmp_path, address)
        await until(calls)
        assert await bot.ends_on(number) == 0, bot._log.read_text()


async def test_while_messages_hang(tmp_path: Path) -> None:
    await on_each(_while_messages_hang, tmp_path)


async def _while_messages_hang(tmp_path: Path, number: int) -> None:
    async with LocalTelegram() as telegram:
        bot = Bot(tmp_path, telegram.url)
        siti = telegram.phone(5_000_000_001, "Siti")
        telegram.fault("hang", method="sendMessage", seconds=60)
        await siti.start()
        await until(lambda: telegram.calls("sendMessage"))
        assert await bot.ends_on(number) == 0, bot._log.read_text()
        telegram.calm()


async def test_while_the_database_is_locked(tmp_path: Path) -> None:
    await on_each(_while_the_database_is_locked, tmp_path)


async def _while_the_database_is_locked(tmp_path: Path, number: int) -> None:
    made = Database(str(tmp_path / "tersapa.db"))
    schema.migrate(made)
    made.close()
    with closing(sqlite3.connect(tmp_path / "tersapa.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        bot = Bot(tmp_path, "http://127.0.0.1:9")
        await until(lambda: (tmp_path / "tersapa.db.lock").exists())
        assert await bot.ends_on(number) == 0, bot._log.read_text()


async def test_right_after_its_start(tmp_path: Path) -> None:
    """Before its first line of code SIGTERM is the system's, then it is the bot's."""
    for delay in (0.0, 0.05, 0.2, 0.4, 0.8):
        (tmp_path / str(delay)).mkdir()
        await _ends_after(tmp_path / str(delay), delay)


async def _ends_after(tmp_path: Path, delay: float) -> None:
    bot = Bot(tmp_path, "http://127.0.0.1:9")
    await asyncio.sleep(delay)
    assert await bot.ends_on(signal.SIGTERM) in (0, -signal.SIGTERM)
