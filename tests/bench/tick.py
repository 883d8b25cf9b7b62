"""What time does over a database that has grown: nothing due, some due, many overdue, and the start."""

import asyncio
import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic, process_time

from bot.localtelegram.server import LocalTelegram
from tests.bench.asked import ENGINES, Asked
from tests.bench.bots import configured, running, tersapa
from tests.bench.figures import Figure, middle
from tests.bench.grown import Grown, grown
from tests.support.engines import keys_file
from tests.support.world import World

NOTHING, LOOKS, CLIMBS, OVERDUE, START = 1.0, 20.0, 100.0, 8.0, 1.3
DUE = 100
PASSES = 100_000
"""Sweeps after which 5,000 overdue cases are not done."""


async def tick(asked: Asked) -> list[Figure]:
    """A thousand, a hundred thousand and a million closed and open cases on SQLite, the first two on PostgreSQL."""
    found = []
    sizes = {"SQLite": asked.so((1_000, 100_000, 1_000_000), (1_000, 10_000))}
    sizes["PostgreSQL"] = asked.so((1_000, 100_000), (1_000, 10_000))
    for engine in ENGINES:
        for size in sizes[engine]:
            asked.tell(f"{engine}: {size:,} open and {size:,} closed cases are made")
            found += await _over(asked, engine, size, judged=size == sizes[engine][-1])
    return found


async def _over(asked: Asked, engine: str, size: int, *, judged: bool) -> list[Figure]:
    """All figures at one size; the aims are for the largest one."""
    where = f"{engine}, {size:,}"

    def aim(value: float) -> float | None:
        return value if judged else None

    with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as name:
        folder, url = Path(name), asked.database(engine)
        begun = monotonic()
        async with grown(folder, url, size, size) as made:
            asked.notes.append(f"{where}: made in {monotonic() - begun:.0f} s")
            async with _still(made.w):
                asked.tell(f"{where}: sweeps")
                await made.w.app.tick()
                found = [
                    middle(
                        f"{where}: nothing due", [(await _swept(made.w))[0] for _ in range(21)], "ms CPU", aim(NOTHING)
                    ),
                    await _due(asked, made, f"{where}: {DUE} due, nothing to do", aim(LOOKS), climb=False),
                    await _due(asked, made, f"{where}: {DUE} due that climb", aim(CLIMBS), climb=True),
                    await _overdue(made, asked.so(5_000, 300), where, aim(OVERDUE)),
                ]
            await made.w.stop()
            asked.tell(f"{where}: starts")
            ratios = await _starts(asked, made.w.telegram, engine, folder, url or f"{folder}/tersapa.db")
            found.append(middle(f"{where}: a start, of that of an empty database", ratios, "x", aim(START)))
            await made.w.start()
    return found


@asynccontextmanager
async def _still(w: World) -> AsyncIterator[None]:
    """Nothing is sent and no turn is taken, so that the process does nothing but sweep."""
    w.app.pump.stop()
    await w.app.sender.stop()
    yield


async def _swept(w: World) -> tuple[float, float, int]:
    """One sweep: milliseconds of CPU, seconds, and how many rows were acted on."""
    w.app._quiet.end()
    begun, cpu = monotonic(), process_time()
    done = await w.app.tick()
    return (process_time() - cpu) * 1000, monotonic() - begun, done


async def _due(asked: Asked, made: Grown, name: str, aim: float | None, *, climb: bool) -> Figure:
    """The CPU of one sweep, round by round, each with new cases."""
    spent, seconds = [], []
    for _ in range(asked.rounds):
        await asyncio.to_thread(made.due, DUE, climb=climb)
        cpu, took, done = 0.0, 0.0, 0
        while done < DUE:
            more, longer, some = await _swept(made.w)
            cpu, took, done = cpu + more, took + longer, done + some
            if not some:
                asked.notes.append(f"NOT AS PROMISED, {name}: {done} of {DUE} were done")
                break
        spent.append(cpu)
        seconds.append(took)
    return middle(name, spent, "ms CPU", aim, note=f"{statistics.median(seconds) * 1000:.0f} ms by the clock")


async def _overdue(made: Grown, count: int, where: str, aim: float | None) -> Figure:
    """The CPU of all sweeps until none of many overdue cases is left."""
    await asyncio.to_thread(made.due, count, climb=True)
    spent, longest, done = 0.0, 0.0, 0
    for _ in range(PASSES):
        cpu, seconds, some = await _swept(made.w)
        spent, longest, done = spent + cpu, max(longest, seconds), done + some
        if not some:
            break
    note = f"{done} rows, the longest sweep {longest:.1f} s"
    return Figure(f"{where}: {count:,} overdue", spent / 1000, "s CPU", aim, note=note)


async def _starts(asked: Asked, telegram: LocalTelegram, engine: str, folder: Path, full: str) -> list[float]:
    """CPU until the first poll over a `full` database, of that over an empty one, round by round."""
    empty = folder / "empty"
    empty.mkdir()
    ratios = []
    for number in range(asked.rounds):
        bare = asked.database(engine) or f"{empty}/{number}.db"
        full_cpu = await _start(telegram, folder, full)
        await _start(telegram, empty, bare)  # makes its tables
        ratios.append(full_cpu / await _start(telegram, empty, bare))
    return ratios


async def _start(telegram: LocalTelegram, folder: Path, database: str) -> float:
    config = configured(telegram, folder, database, keys=keys_file(folder))
    before = telegram.state.updates.pollers
    async with running(tersapa(config), folder) as bot:
        await bot.polls(telegram, before)
        return bot.cpu
