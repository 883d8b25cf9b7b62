"""One run of whole reports through one bot, and what it cost."""

import asyncio
import signal
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from bot.localtelegram.server import LocalTelegram
from tests.bench import counted, residents
from tests.bench.bots import Bot, configured, running, tersapa
from tests.bench.seeds import invited, stored
from tests.bench.street import Street, street
from tests.bench.way import UPDATES, WORKER
from tests.support.engines import keys_file
from tests.support.tally import Counts

OURS, USUAL, LIKE_OURS = "tersapa", "the usual way", "the usual way, as many calls"
SETTLED = 1.0
"""Seconds after a start in which a bot has said hello to everybody."""


@dataclass(frozen=True, slots=True)
class Load:
    """How many reports, how many at once, and by how many seconds the network delays each answer."""

    reports: int
    at_once: int
    delay: float = 0.0

    def __str__(self) -> str:
        crowd = "one after another" if self.at_once == 1 else f"{self.at_once} at once"
        return f"{crowd}, {self.delay * 1000:.0f} ms network"


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of CPU a report (16 answered updates), updates a second, calls a press; what was lost and why."""

    cpu: float
    rate: float
    calls: float
    memory: float
    lost: Counter[str]
    errors: Counter[str]
    faults: tuple[str, ...] = ()
    counts: Counts | None = None


async def run(way: str, load: Load, *, calls: int = 3, count: bool = False, database: str | None = None) -> Cost:
    """One bot of its own, and its residents."""
    with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as name:
        folder = Path(name)
        async with LocalTelegram() as telegram, street(telegram) as here:
            if way != OURS:
                words = ["-m", "tests.bench.usual", telegram.token, telegram.url, f"{folder}/usual.db", str(calls)]
                await telegram.phone(WORKER, "Budi").start()
                async with running(words, folder) as bot:
                    return await _cost(here, bot, load)
            keys = keys_file(folder)
            config = configured(telegram, folder, database or f"{folder}/tersapa.db", keys=keys)
            (link,) = invited(config, ("tksk", "35.07.24"))
            tally = folder / "tally.json" if count else None
            async with running(tersapa(config, tally), folder) as bot:
                await bot.polls(telegram)
                await telegram.phone(WORKER, "Budi").start(link)
                cost = await _cost(here, bot, load, tally)
            missing = residents.faults(telegram, load.reports, stored(config))
            return replace(cost, faults=tuple(missing))


async def _cost(here: Street, bot: Bot, load: Load, tally: Path | None = None) -> Cost:
    telegram = here.telegram
    await bot.polls(telegram)
    await asyncio.sleep(SETTLED)
    if load.delay:
        telegram.fault("perform_late", seconds=load.delay)
    before, counts = bot.cpu, await _counts(bot, tally)
    crowd = await residents.reports(here, load.reports, load.at_once)
    await asyncio.sleep(0.5)  # the last outcomes are written down
    cpu, memory = bot.cpu - before, bot.memory
    after = await _counts(bot, tally)
    reports = max(crowd.answered, 1) / UPDATES
    return Cost(
        cpu=cpu * 1000 / reports,
        rate=crowd.answered / crowd.seconds,
        calls=residents.calls_a_press(telegram, load.reports),
        memory=memory,
        lost=crowd.lost,
        errors=bot.errors(),
        counts=after - counts if after and counts else None,
    )


async def _counts(bot: Bot, tally: Path | None) -> Counts | None:
    """What the bot has counted up to now."""
    if tally is None:
        return None
    tally.unlink(missing_ok=True)
    bot.signal(signal.SIGUSR1)
    async with asyncio.timeout(10):
        while not tally.exists():
            await asyncio.sleep(0.01)
    return counted.read(tally)
