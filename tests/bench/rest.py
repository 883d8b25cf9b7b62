"""The process itself: at rest, under load, and how long the command takes to say what it can do."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from time import monotonic

from bot.localtelegram.server import LocalTelegram
from tests.bench.asked import Asked
from tests.bench.bots import configured, running, tersapa
from tests.bench.figures import Figure, middle
from tests.bench.intake import proven
from tests.bench.run import OURS, Load, run
from tests.bench.seeds import invited
from tests.bench.way import WORKER
from tests.support.engines import keys_file

IDLE, WAKES, MEMORY, HELP = 0.5, 4.0, 110.0, 0.4


async def rest(asked: Asked) -> list[Figure]:
    """Idle on SQLite, `--help`, and 200 at once."""
    asked.tell("at rest")
    found = await _idle(asked.so(60.0, 8.0))
    asked.tell("--help")
    times = [await asyncio.to_thread(_help) for _ in range(asked.so(7, 3))]
    found.append(middle("--help", times, "s of CPU", HELP))
    asked.tell("200 at once")
    cost = await run(OURS, Load(asked.so(400, 60), 200))
    found.append(Figure("200 at once: memory", cost.memory, "MiB"))
    proven(asked, cost, "200 at once")
    return found


async def _idle(seconds: float) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as name:
        folder = Path(name)
        async with LocalTelegram() as telegram:
            config = configured(telegram, folder, f"{folder}/tersapa.db", keys=keys_file(folder), limits="")
            (link,) = invited(config, ("tksk", "35.07.24"))
            async with running(tersapa(config), folder) as bot:
                await bot.polls(telegram)
                await telegram.phone(WORKER, "Budi").start(link)
                await asyncio.sleep(5)
                begun, cpu, wakes = monotonic(), bot.cpu, bot.wakes
                await asyncio.sleep(seconds)
                passed = monotonic() - begun
                return [
                    Figure("at rest: CPU", (bot.cpu - cpu) / passed * 100, "% of a core", IDLE),
                    Figure("at rest: wake-ups", (bot.wakes - wakes) / passed, "a second", WAKES),
                    Figure("at rest: memory", bot.memory, "MiB", MEMORY),
                ]


def _help() -> float:
    """Seconds of CPU of `tersapa --help`."""
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "bot", "--help"],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, _, used = os.wait4(child, 0)
    return used.ru_utime + used.ru_stime
