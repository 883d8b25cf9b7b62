"""One and two bots on one PostgreSQL, and one that is frozen while it polls."""

import asyncio
import signal
import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from bot.localtelegram.server import LocalTelegram
from tests.bench import residents
from tests.bench.asked import Asked
from tests.bench.bots import NO_LIMITS, Bot, Missing, configured, running, tersapa
from tests.bench.figures import Figure, middle
from tests.bench.pace import busiest_second
from tests.bench.seeds import invited, stored
from tests.bench.street import street
from tests.bench.way import UPDATES, WORKER
from tests.support.engines import keys_file

DELAY = 0.05
AT_ONCE = 200
CPU, THROUGHPUT, PACE, POLLS = 1.15, 1.7, 28.0, 15.0
FROZEN = 60.0
"""Seconds in which the other one must have polled, or nobody does."""
STRANGER = 5_300_000_001


@dataclass(frozen=True, slots=True)
class Shared:
    """What some bots on one database did: CPU a report, updates a second."""

    cpu: float
    rate: float


async def replicas(asked: Asked) -> list[Figure]:
    """Throughput and CPU without limits, the shared pace with them, and the frozen one."""
    rounds: list[tuple[Shared, Shared]] = []
    for number in range(asked.rounds):
        asked.tell(f"one and two bots, round {number + 1} of {asked.rounds}")
        rounds.append((await _reports(asked, 1), await _reports(asked, 2)))
    asked.tell("two bots with the default limits")
    together = await _pace(asked)
    asked.tell("a frozen one")
    frozen = await _frozen(asked)
    return [
        middle("CPU a report, two of one, 50 ms network", [two.cpu / one.cpu for one, two in rounds], "x", CPU),
        middle(
            "updates a second, two of one", [two.rate / one.rate for one, two in rounds], "x", THROUGHPUT, least=True
        ),
        Figure("one bot", statistics.median(one.rate for one, _ in rounds), "updates/s"),
        Figure("two bots", statistics.median(two.rate for _, two in rounds), "updates/s"),
        Figure("two bots, default limits: messages in the busiest second", together, "", PACE + 1),
        frozen,
    ]


@asynccontextmanager
async def _bots(
    asked: Asked, telegram: LocalTelegram, folder: Path, count: int, limits: str
) -> AsyncIterator[list[Bot]]:
    """So many bots on a new database, of which one polls."""
    config = configured(telegram, folder, asked.database("PostgreSQL") or "", keys=keys_file(folder), limits=limits)
    (link,) = invited(config, ("tksk", "35.07.24"))
    async with AsyncExitStack() as stack:
        bots = [await stack.enter_async_context(running(tersapa(config), folder, f"bot{n}")) for n in range(count)]
        await bots[0].polls(telegram)
        await telegram.phone(WORKER, "Budi").start(link)
        await asyncio.sleep(2)
        yield bots


async def _reports(asked: Asked, count: int) -> Shared:
    reports = asked.so(400, 40)
    with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as name:
        folder = Path(name)
        async with LocalTelegram() as telegram, street(telegram) as here:
            async with _bots(asked, telegram, folder, count, NO_LIMITS) as bots:
                telegram.fault("perform_late", seconds=DELAY)
                before = sum(bot.cpu for bot in bots)
                crowd = await residents.reports(here, reports, AT_ONCE)
                await asyncio.sleep(0.5)
                cpu = sum(bot.cpu for bot in bots) - before
            faults = residents.faults(telegram, reports, stored(folder / "config.toml"))
    asked.notes += [f"NOT AS PROMISED, {count} bots: {fault}" for fault in faults]
    return Shared(cpu * 1000 * UPDATES / max(crowd.answered, 1), crowd.answered / crowd.seconds)


async def _pace(asked: Asked) -> float:
    """How many messages left in the busiest second while two bots have more to say than they may."""
    with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as name:
        folder = Path(name)
        async with LocalTelegram() as telegram, street(telegram) as here, _bots(asked, telegram, folder, 2, ""):
            seen = telegram.state.call_count
            for n in range(asked.so(600, 120)):
                await here.phone(STRANGER + n).start()
            await asyncio.sleep(asked.so(15.0, 6.0))
            return busiest_second(telegram, seen)


async def _frozen(asked: Asked) -> Figure:
    """Seconds until somebody polls again after whoever polled was frozen."""
    name = "a poller is frozen: until another one polls"
    with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as folder:
        async with LocalTelegram() as telegram, _bots(asked, telegram, Path(folder), 2, "") as bots:
            polling = await _poller(telegram, bots)
            polling.signal(signal.SIGSTOP)
            try:
                begun = monotonic()
                await _polled(telegram, FROZEN)
                return Figure(name, monotonic() - begun, "s", POLLS)
            except Missing as missing:
                return Figure(name, None, "s", POLLS, note=str(missing))
            finally:
                polling.signal(signal.SIGCONT)


async def _poller(telegram: LocalTelegram, bots: list[Bot]) -> Bot:
    """The bot that polls: the one without which a message stays unconfirmed."""
    for bot in bots:
        bot.signal(signal.SIGSTOP)
        try:
            await telegram.phone(STRANGER, "Siti").start()
            await asyncio.sleep(1.5)
            if telegram.pending():
                return bot
        finally:
            bot.signal(signal.SIGCONT)
        await asyncio.sleep(1)
    raise Missing("two bots run and neither polls")


async def _polled(telegram: LocalTelegram, limit: float) -> None:
    """Wait until a message that comes now is confirmed."""
    await telegram.phone(STRANGER + 1, "Siti").start()
    try:
        async with asyncio.timeout(limit):
            while telegram.pending():
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise Missing(f"nobody polled for {limit:.0f} s") from None
