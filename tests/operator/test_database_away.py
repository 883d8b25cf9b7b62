"""`tersapa run` waits for PostgreSQL; a server that answers and refuses the bot ends it with one sentence (S6)."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy.engine import make_url

from bot.demo.turning import PATIENCE
from bot.localtelegram.server import LocalTelegram
from tests.support.engines import fresh_database, keys_file
from tests.support.forks import Forked
from tests.support.world import until

AWAY = "PostgreSQL does not answer at [database] url, waiting for it"
SOCKET = ".s.PGSQL.5432"


class Bot:
    """`tersapa run` on a database that may be away, and what it wrote."""

    def __init__(self, folder: Path, api_url: str, token: str, url: str) -> None:
        self._log = folder / "log"
        self._log.touch()
        environment = {
            "PATH": "",
            "TERSAPA_TELEGRAM__TOKEN": token,
            "TERSAPA_TELEGRAM__API_URL": api_url,
            "TERSAPA_DATABASE__URL": url,
            "TERSAPA_PRIVACY__KEYS_FILE": str(keys_file(folder)),
        }
        self.process = Forked("bot", ("run",), folder, environment, self._log)

    @property
    def lines(self) -> list[str]:
        return self._log.read_text("utf-8").splitlines()

    def said(self, event: str) -> int:
        """How often the log has this event."""
        return sum(json.loads(line)["event"] == event for line in self.lines if line.startswith("{"))


@asynccontextmanager
async def running(folder: Path, url: str) -> AsyncIterator[tuple[Bot, LocalTelegram]]:
    async with LocalTelegram() as telegram:
        bot = Bot(folder, telegram.url, telegram.token, url)
        try:
            yield bot, telegram
        finally:
            bot.process.kill()
            await bot.process.wait()


async def test_run_waits_for_postgresql_and_begins_when_it_is_there(postgres: str, tmp_path: Path) -> None:
    real = fresh_database(postgres)
    (socket,) = parse_qs(urlsplit(real).query)["host"]
    url = make_url(real).update_query_dict({"host": str(tmp_path)}).render_as_string(hide_password=False)
    async with running(tmp_path, url) as (bot, telegram):
        await until(lambda: bot.said(AWAY))
        await asyncio.sleep(2.5)  # two tries more
        assert bot.said(AWAY) == 1, "one line a minute"
        assert bot.process.returncode is None
        siti = telegram.phone(5_000_000_001, "Siti")
        await siti.start()
        (tmp_path / SOCKET).symlink_to(Path(socket, SOCKET))
        await until(lambda: siti.find("Selamat datang"))


async def test_a_signal_ends_the_wait(tmp_path: Path) -> None:
    async with running(tmp_path, f"postgresql://postgres@/none?host={tmp_path}") as (bot, _):
        await until(lambda: bot.said(AWAY))
        os.kill(bot.process.pid, signal.SIGTERM)
        assert await asyncio.wait_for(bot.process.wait(), PATIENCE) == 0


@pytest.mark.parametrize(("database", "user"), [("none", "postgres"), (None, "nobody")])
async def test_a_wrong_name_or_user_still_ends_it(
    postgres: str, tmp_path: Path, database: str | None, user: str
) -> None:
    right = make_url(fresh_database(postgres))
    url = right.set(database=database or right.database, username=user).render_as_string(hide_password=False)
    async with running(tmp_path, url) as (bot, _):
        assert await asyncio.wait_for(bot.process.wait(), PATIENCE) == 2
        (sentence,) = bot.lines
        assert sentence.startswith("tersapa: the database cannot be used: ")
        assert (database or user) in sentence
