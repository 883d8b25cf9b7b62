"""Bot processes that are started, killed at named points or at random, and started again."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path

POINTS = (
    "intake_before_commit",
    "intake_after_commit",
    "intake_before_confirm",
    "turn_before_commit",
    "turn_after_commit",
    "sweep_before_commit",
    "sweep_after_commit",
    "claim_before_commit",
    "claim_after_commit",
    "send_before",
    "send_after",
    "record_before_commit",
    "record_after_commit",
)
RESTART = 0.05


class Fleet:
    """`replicas` processes of one bot; each that dies is replaced."""

    def __init__(self, config: Path, replicas: int, seed: int, module: str = "bot") -> None:
        self._config, self._replicas, self._module = config, replicas, module
        self._random = random.Random(seed)
        self._running: list[asyncio.subprocess.Process] = []
        self._keepers: list[asyncio.Task[None]] = []
        self._next_point: list[str] = []
        self._over = False
        self._struck: set[int] = set()
        self.kills: Counter[str] = Counter()
        self.errors = config.parent / "bot.log"

    async def start(self) -> None:
        """Start every replica, and replace what dies."""
        self._keepers = [asyncio.create_task(self._keep()) for _ in range(self._replicas)]
        await asyncio.sleep(0)

    def plan(self, kills: int) -> None:
        """Have `kills` deaths at named points, in turn over all points, each in a process of its own."""
        self._next_point = [POINTS[n % len(POINTS)] for n in range(kills)]

    @property
    def left(self) -> int:
        """Deaths at named points still to come."""
        return len(self._next_point)

    def kill_one(self) -> None:
        """SIGKILL at random."""
        alive = [process for process in self._running if process.returncode is None]
        if alive:
            struck = self._random.choice(alive)
            self._struck.add(struck.pid)
            struck.send_signal(signal.SIGKILL)
            self.kills["random"] += 1

    async def stop(self) -> None:
        """End all, gently first."""
        self._over = True
        for process in self._running:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
        done, waiting = await asyncio.wait(self._keepers, timeout=20) if self._keepers else (set(), set())
        for process in self._running:
            if process.returncode is None:
                process.kill()
        for task in waiting:
            task.cancel()
        await asyncio.gather(*done, *waiting, return_exceptions=True)

    async def _keep(self) -> None:
        while not self._over:
            point = self._next_point.pop(0) if self._next_point else ""
            visit = self._random.randint(1, 12)
            environment = os.environ | {
                "TERSAPA_CRASHPOINT": f"{point}@{visit}" if point else "",
                "TERSAPA_LOG": "ERROR",
            }
            with self.errors.open("ab") as log:
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", self._module, "run", "--config", str(self._config)),
                    env=environment | {"TERSAPA_CONFIG": str(self._config)},
                    stdout=log,
                    stderr=log,
                )
                self._running.append(process)
                code = await process.wait()
            self._running.remove(process)
            if code == -signal.SIGKILL and point and process.pid not in self._struck:
                self.kills[point] += 1
            await asyncio.sleep(RESTART)
