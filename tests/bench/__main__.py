"""`make bench`: CPU and updates a second of both bots, interleaved, as ratios pair by pair."""

import argparse
import asyncio
import os
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from storage.session import Session

os.environ.setdefault("PTB_TIMEDELTA", "1")

from bot.config import load_settings
from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from bot.preflight import open_keys
from storage import roster, schema
from storage.database import Database
from storage.vault import Vault
from tests.bench.way import STEPS, UPDATES, WORKER
from tests.support.engines import keys_file
from tests.support.forks import write_config

CONFIG = """
[telegram]
token = "{token}"
api_url = "{url}"
[database]
url = "{database}"
[privacy]
keys_file = "{keys}"
[limits]
overall_per_second = 0
chat_per_second = 0
group_per_minute = 0
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """One run: milliseconds of CPU an update, updates a second, seconds of CPU to start and stop."""

    cpu: float
    rate: float
    idle: float


async def resident(phone: Phone) -> None:
    """Press the way through, each time as soon as the button is there."""
    await phone.start()
    seen = 0
    for label, _ in STEPS:
        while True:
            asked = [
                m for m in phone.from_bot() if m.message_id > seen and any(label in key.label for key in m.buttons)
            ]
            if asked:
                break
            await asyncio.sleep(0.005)
        seen = asked[-1].message_id
        await phone.press(next(key.label for key in asked[-1].buttons if label in key.label), seen)
    while not any("Nomor laporan" in m.text for m in phone.from_bot()):
        await asyncio.sleep(0.005)


async def run(usual: bool, reports: int, crowd: int) -> Figures:
    """One bot, `reports` residents, `crowd` of them at once; the bot is a process of its own."""
    with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as name:
        folder = Path(name)
        idle = await _cpu(usual, folder / "idle", 0, crowd)
        cpu, seconds = await _spent(usual, folder / "full", reports, crowd)
    return Figures((cpu - idle) * 1000 / (reports * UPDATES), reports * UPDATES / seconds, idle)


async def _cpu(usual: bool, folder: Path, reports: int, crowd: int) -> float:
    return (await _spent(usual, folder, reports, crowd))[0]


async def _spent(usual: bool, folder: Path, reports: int, crowd: int) -> tuple[float, float]:
    folder.mkdir()
    async with LocalTelegram() as telegram:
        await telegram.phone(WORKER, "Budi").start()
        command = [sys.executable, "-m", "tests.bench.usual", telegram.token, telegram.url, str(folder / "usual.db")]
        if not usual:
            keys = keys_file(folder)
            text = CONFIG.format(token=telegram.token, url=telegram.url, database=folder / "tersapa.db", keys=keys)
            config = write_config(folder, text)
            await asyncio.to_thread(_employ, config)
            command = [sys.executable, "-m", "bot", "run", "--config", str(config)]
        child = os.posix_spawn(command[0], command, os.environ)  # noqa: ASYNC221 - returns at once; wait4 tells its CPU
        while telegram.pending() or not telegram.calls("getUpdates"):
            await asyncio.sleep(0.02)
        await asyncio.sleep(1.0)
        gate = asyncio.Semaphore(crowd)

        async def one(n: int) -> None:
            async with gate:
                await resident(telegram.phone(5_000_000_001 + n, f"Warga {n}"))

        begun = time.monotonic()
        await asyncio.gather(*(one(n) for n in range(reports)))
        seconds = time.monotonic() - begun
        await asyncio.sleep(0.5)
        os.kill(child, signal.SIGTERM)
        _, _, used = await asyncio.to_thread(os.wait4, child, 0)
    return used.ru_utime + used.ru_stime, seconds


def _employ(config: Path) -> None:
    """Our bot pings somebody, as the other one does."""
    settings = load_settings(config)
    db = Database(settings.database.url)
    db.vault = Vault(open_keys(settings, db))
    schema.migrate(db)
    db.write(db.vault.unlock)

    def bind(session: Session) -> None:
        now = datetime.now(UTC)
        token, _ = roster.invite(session, "tksk", "35.07.24", now)
        session.flush()
        roster.redeem(session, token, WORKER, now)

    db.write(bind)
    db.close()


def main() -> None:
    """Interleave the two, and print medians and ratios."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=60)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--crowd", type=int, default=12)
    given = options.parse_args()
    console, pairs = Console(), []
    for number in range(given.rounds):
        pair = [asyncio.run(run(usual, given.reports, given.crowd)) for usual in (False, True)]
        pairs.append(pair)
        console.print(f"round {number + 1}: {pair[0].cpu:.1f} and {pair[1].cpu:.1f} ms CPU an update")
    table = Table("median", "tersapa", "the usual way", "ratio (min-max)")
    for name, unit in (("cpu", "ms CPU an update"), ("rate", "updates a second")):
        ours, theirs = ([getattr(pair[side], name) for pair in pairs] for side in (0, 1))
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
        spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
        table.add_row(unit, f"{statistics.median(ours):.1f}", f"{statistics.median(theirs):.1f}", spread)
    console.print(table)


if __name__ == "__main__":
    main()
