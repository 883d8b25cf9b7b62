"""The bots under the bench: each a process of its own, whose CPU, memory and wake-ups the system tells."""

import asyncio
import os
import re
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.localtelegram.server import LocalTelegram
from tests.support.forks import write_config

START = 60.0
"""Seconds in which a bot polls, or does not start at all."""
STOP = 20.0
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
RAISED = re.compile(r"^((?:[\w]+\.)+\w*(?:Error|Timeout|TimedOut|Exception)\b.*)$", re.MULTILINE)

CAUSE = "sqlite3."
"""The library under SQLAlchemy, whose error is the cause of another one and counts once."""
NO_LIMITS = "overall_per_second = 0\nchat_per_second = 0\ngroup_per_minute = 0\nchat_listens_per_minute = 0"
CONFIG = """
[telegram]
token = "{token}"
api_url = "{url}"
[database]
url = "{database}"
[privacy]
{keys}
[summary]
at = "never"
[limits]
{limits}
"""


class Missing(Exception):
    """Something did not come within its time; the text says what."""


class Bot:
    """One running process."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process, self._log = process, log
        self.pid = process.pid

    @property
    def cpu(self) -> float:
        """Seconds of CPU so far, its own and those of the system for it."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    @property
    def memory(self) -> float:
        """MiB in memory."""
        return int(Path(f"/proc/{self.pid}/statm").read_text("utf-8").split()[1]) * PAGE / 2**20

    @property
    def wakes(self) -> int:
        """How often one of its threads has slept and was woken."""
        found = 0
        for status in Path(f"/proc/{self.pid}/task").glob("*/status"):
            line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("voluntary"))
            found += int(line.split()[1])
        return found

    def errors(self) -> Counter[str]:
        """The errors in what it wrote, by their names."""
        found = RAISED.findall(self._log.read_text("utf-8", "replace"))
        return Counter(_short(line) for line in found if not line.startswith(CAUSE))

    async def polls(self, telegram: LocalTelegram, before: int = 0) -> None:
        """Wait until more polls than `before` were begun; Missing when it ended, or does not come."""
        try:
            async with asyncio.timeout(START):
                while telegram.state.updates.pollers <= before:
                    if self._process.returncode is not None:
                        raise Missing(f"a bot ended with {self._process.returncode}: {self._tail()}")
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise Missing(f"a bot has not polled in {START:.0f} s: {self._tail()}") from None

    def signal(self, number: int) -> None:
        """Send a signal."""
        if self._process.returncode is None:
            self._process.send_signal(number)

    async def stop(self) -> None:
        """SIGTERM, and SIGKILL when that does not end it."""
        if self._process.returncode is not None:
            return
        self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), STOP)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    def _tail(self) -> str:
        return self._log.read_text("utf-8", "replace").strip()[-300:]


@asynccontextmanager
async def running(words: Sequence[str], folder: Path, name: str = "bot", **more: str) -> AsyncIterator[Bot]:
    """A bot that runs as long as this does; `more` is added to its environment."""
    log = folder / f"{name}.log"
    with log.open("ab") as stream:
        environment: Mapping[str, str] = {**os.environ, "PTB_TIMEDELTA": "1", **more}
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, stdin=asyncio.subprocess.DEVNULL, stdout=stream, stderr=stream, env=environment
        )
    bot = Bot(process, log)
    try:
        yield bot
    finally:
        await bot.stop()


def configured(
    telegram: LocalTelegram, folder: Path, database: str, *, keys: Path | None = None, limits: str = NO_LIMITS
) -> Path:
    """The settings file of a Tersapa at this local Telegram; `limits` "" are the defaults."""
    line = f'keys_file = "{keys}"' if keys else ""
    text = CONFIG.format(token=telegram.token, url=telegram.url, database=database, keys=line, limits=limits)
    return write_config(folder, text)


def tersapa(config: Path, tally: Path | None = None) -> list[str]:
    """The words that run it, with its statements counted into a file if one is named."""
    module = ["-m", "tests.bench.counted", str(tally)] if tally else ["-m", "bot"]
    return [*module, "run", "--config", str(config)]


def _short(line: str) -> str:
    """An error as a person counts it: the name of its class, and the first words in brackets or after it."""
    name, _, said = line.partition(": ")
    return f"{name.rpartition('.')[2]}: {said}"[:90]
