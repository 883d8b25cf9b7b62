"""Processes of a run: the local Telegram, and the replicas of the bot, which a supervisor starts again when killed."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.campaign.plan import RANDOM, Kill
from tests.support.forks import Forked

ROOT = Path(__file__).resolve().parents[2]
GENTLE = 120.0
"""Seconds after which a process that does not end by itself after SIGTERM hangs."""


def environment(**more: str) -> dict[str, str]:
    """This environment without settings of a bot, and with `more`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TERSAPA_")}
    return {**kept, "PTB_TIMEDELTA": "1", "PYTHONPATH": str(ROOT), **more}


async def end(process: Process | Forked) -> None:
    """SIGTERM, and SIGKILL when that does not help."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), GENTLE)
    except TimeoutError:
        process.kill()
        await process.wait()


async def start_telegram(token: str, seed: int, clock_start: str, *, limits: bool = False) -> tuple[Process, str]:
    """A local Telegram on any free port; returns it and its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.localtelegram.server", "--port", "0", "--token", token),
        *("--seed", str(seed), "--clock-start", clock_start, *(("--limits",) if limits else ())),
        stdin=DEVNULL,
        stdout=PIPE,
        cwd=ROOT,
        env=environment(),
        start_new_session=True,  # Ctrl-C is for us: we end our processes in order
    )
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), GENTLE)).decode()
        if "http" not in line:
            raise RuntimeError("the local Telegram did not start")
    except BaseException:
        await end(process)
        raise
    return process, line.rsplit(" ", 1)[-1].strip()


class Supervisor:
    """Keeps `replicas` bots running, and has them die by plan."""

    def __init__(
        self,
        module: str,
        words: tuple[str, ...],
        log: Path,
        clock: str,
        kills: tuple[Kill, ...],
        after_kill: Callable[[], Awaitable[None]],
    ) -> None:
        self._module, self._words, self._log, self._clock = module, words, log, clock
        self._waiting = list(kills)
        self._after_kill = after_kill
        self._processes: dict[int, Forked] = {}
        self._armed: dict[int, Kill] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._killing = self._stopping = False
        self.kills: Counter[str] = Counter()
        """Deaths that came about, by point."""
        self.exits: Counter[int] = Counter()
        """Ends of other kinds, by exit code."""

    @property
    def left(self) -> int:
        """How many kills have not happened yet."""
        return len(self._waiting) + len(self._armed)

    def start(self, replicas: int) -> None:
        """Start the replicas."""
        self._tasks = [asyncio.create_task(self._keep(number)) for number in range(replicas)]

    async def arm(self) -> None:
        """From now on kill by plan; the replicas begin anew, because a point is named when a process starts."""
        self._killing = True
        await asyncio.gather(*(end(process) for process in self._processes.values()))

    def strike(self) -> None:
        """Kill each process that outlived its plan, so that every kill comes about."""
        for number in list(self._armed):
            self._strike(number)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """One process stands still meanwhile, with its connections and its locks."""
        living = [process for process in self._processes.values() if process.returncode is None]
        for process in living[:1]:
            os.kill(process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in living[:1]:
                if process.returncode is None:
                    os.kill(process.pid, signal.SIGCONT)

    async def stop(self) -> None:
        """End every replica for good."""
        self._stopping = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(end(process) for process in self._processes.values()))

    async def _keep(self, number: int) -> None:
        while not self._stopping:
            kill = self._waiting.pop(0) if self._killing and self._waiting else None
            process = self._start(number, kill)
            later = None
            if kill is not None and not kill.named:
                later = asyncio.get_running_loop().call_later(kill.seconds, self._strike, number)
            code = await process.wait()
            if later is not None:
                later.cancel()
            armed = self._armed.pop(number, None)
            if code == -signal.SIGKILL and armed is not None:
                self.kills[armed.point] += 1
                await self._after_kill()
                continue
            if armed is not None:  # it ended by itself before, say because Telegram failed at its start
                self._waiting.insert(0, armed)
            self.exits[code] += 1
            await asyncio.sleep(0.2)

    def _strike(self, number: int) -> None:
        process = self._processes[number]
        if process.returncode is None and number in self._armed:
            self._armed[number] = Kill(RANDOM)
            process.kill()

    def _start(self, number: int, kill: Kill | None) -> Forked:
        more = {"TERSAPA_CLOCK": self._clock}
        if kill is not None:
            self._armed[number] = kill
            if kill.named:
                more["TERSAPA_CRASHPOINT"] = f"{kill.point}@{kill.visit}"
        process = Forked(self._module, self._words, ROOT, environment(**more), self._log)
        self._processes[number] = process
        return process
