"""One run: people come, the bot is killed under them, the dust settles, and what is left is read for the audit."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.campaign.evidence import Evidence, from_database, from_telegram
from tests.campaign.house import House, house
from tests.campaign.people import Person, Press, Silent
from tests.campaign.plan import Plan
from tests.campaign.processes import Supervisor
from tests.campaign.residents import SPOTS, Resident
from tests.campaign.troubles import befall
from tests.campaign.workers import Staff, Worker

LEASE = 31
"""Seconds the clock is turned after a kill, so that the leases of the dead end now and not half a minute later."""
CALM = 3
"""So many looks in a row must find nothing to do."""
LOOKS = 40
"""So often the evidence is read anew when the bot spoke while it was read."""
WORKERS, RESIDENTS = 6_000_000_001, 5_000_000_001

Tell = Callable[[int, int], None]
"""Hears of progress: reports told, kills done."""


@dataclass(slots=True)
class Result:
    """One run and what it left."""

    plan: Plan
    evidence: Evidence
    kills: Counter[str]
    troubles: Counter[str]
    exits: Counter[int]
    races: int
    repeats: int
    seconds: float
    errors: Counter[str]
    """What the bots logged at error level, by event."""


async def run(plan: Plan, database: str | None = None, tell: Tell = lambda _, __: None) -> Result:
    """Play the plan; what is left is read while the bots still run, so that "overdue" means something."""
    began = time.monotonic()
    module = f"tests.campaign.mutants.{plan.mutant}" if plan.mutant else "tests.campaign.named"
    async with house(plan, database) as at:
        crowd = _Crowd(plan, at, tell)
        supervisor = Supervisor(
            module, ("run", "--config", str(at.config)), at.log, at.clock, plan.kills, crowd.after_kill
        )
        supervisor.start(plan.replicas)
        try:
            try:
                await asyncio.wait_for(crowd.play(supervisor), plan.limit)
            except TimeoutError:
                crowd.found.silent.append(f"not at rest after {plan.limit:.0f} s: {await at.waits()}")
            await crowd.go_home()
            crowd.found.quiet = await _gather(at, crowd.found)
        finally:
            await crowd.go_home()
            await supervisor.stop()
        repeats = sum(resident.person.repeats for resident in crowd.residents)
        seconds = time.monotonic() - began
        logged = list(_logged(at.log))
        crowd.found.aside = frozenset(body["outbox"] for body in logged if body["event"] == "parked")
        kills, exits, errors = supervisor.kills, supervisor.exits, _errors(logged)
        return Result(plan, crowd.found, kills, crowd.troubles, exits, crowd.staff.races, repeats, seconds, errors)


async def _gather(at: House, found: Evidence) -> bool:
    """Read both sides of one moment: ladders go on meanwhile, so again when something was said in between.

    Returns whether it was ever quiet; if not, what was read may belong to two moments.
    """
    for _ in range(LOOKS):
        before = await at.mark()
        found.now = await at.now()
        await asyncio.to_thread(from_database, at.db, found)
        await from_telegram(at.telegram, found)
        if before == await at.mark() and not any((await at.waits()).values()):
            return True
        await asyncio.sleep(0.5)
    return False


class _Crowd:
    """Everybody with a phone, and what they see and do."""

    def __init__(self, plan: Plan, at: House, tell: Tell) -> None:
        self._plan, self._at, self._tell = plan, at, tell
        self._tasks: list[asyncio.Task[Any]] = []
        self._presses: list[Press] = []
        self.staff = Staff(random.Random(plan.seed + 1))
        self.residents: list[Resident] = []
        self.troubles: Counter[str] = Counter()
        self.found = Evidence(now=datetime.now(UTC), presses=self._presses)

    async def play(self, supervisor: Supervisor) -> None:
        """Everything from the first invite to the last quiet moment."""
        await self._invite()
        if self._plan.mix:
            await self._at.telegram.ask("faults", mix={"seed": self._plan.seed, **self._plan.mix})
        if self._plan.kills:
            await supervisor.arm()
        self._tasks += [asyncio.create_task(worker.live()) for worker in self.staff.members]
        befalling = asyncio.create_task(befall(self._plan, self._at, supervisor))
        self._tasks.append(befalling)
        await self._report(supervisor)
        self.troubles = await befalling
        while supervisor.left:
            supervisor.strike()
            await asyncio.sleep(0.5)
        self._progress(supervisor)
        await self._at.telegram.ask("faults", clear=True)
        await self._rest()

    async def after_kill(self) -> None:
        """The clock goes on past the leases of whoever was killed."""
        if self._plan.turns_clock:
            await self._at.telegram.ask("clock", advance=LEASE)

    async def go_home(self) -> None:
        """Nobody looks at their phone any more."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                self.found.silent.append(f"somebody's phone broke: {ended!r}")
        self.found.numbers = {resident.person.user: resident.numbers for resident in self.residents}

    def _person(self, user: int, name: str) -> Person:
        return Person(self._at.telegram, user, name, self._presses, self._plan.patience)

    async def _invite(self) -> None:
        kabupaten = sorted({spot.code[:5] for spot in SPOTS})
        roles = [("admin", "35"), ("jsc", "35"), ("jsc", "35")]
        roles += [(role, area) for area in kabupaten for role in ("koordinator", "dinsos")]
        roles += [(role, spot.code) for spot in SPOTS for role in ("tksk", "deputy")]
        for number, (role, area) in enumerate(roles):
            person = self._person(WORKERS + number, f"{role} {area}")
            await person.arrive(await self._at.invite(role, area))
            Worker(person, role, area, self.staff)
        await self._rest()

    async def _report(self, supervisor: Supervisor) -> None:
        """Residents come, so many at once; some tell two reports."""
        chance = random.Random(self._plan.seed)
        left = self._plan.reports
        while left:
            reports = min(left, 2 if chance.random() < 0.2 else 1)
            left -= reports
            user = RESIDENTS + len(self.residents)
            own = random.Random(self._plan.seed * 1_000_003 + user)
            self.residents.append(Resident(self._person(user, f"Warga {user % 1000}"), reports, own))
        room = asyncio.Semaphore(self._plan.at_once)

        async def come(resident: Resident) -> None:
            async with room:
                try:
                    await resident.live()
                except Silent as silence:
                    self.found.silent.append(str(silence))

        coming = [asyncio.create_task(come(resident)) for resident in self.residents]
        self._tasks += coming
        waiting = set(coming)
        while waiting:
            _, waiting = await asyncio.wait(waiting, timeout=5)
            self._progress(supervisor)

    def _progress(self, supervisor: Supervisor) -> None:
        self._tell(sum(len(resident.numbers) for resident in self.residents), supervisor.kills.total())

    async def _rest(self) -> None:
        calm = 0
        while calm < CALM:
            waits = await self._at.waits()
            calm = calm + 1 if not any(waits.values()) else 0
            await asyncio.sleep(0.2)


def _logged(log: Path) -> Iterator[dict[str, Any]]:
    """What the bots logged; a line that is no JSON stands as an error."""
    for line in log.read_text("utf-8", "replace").splitlines() if log.exists() else ():
        try:
            yield json.loads(line)
        except ValueError:
            yield {"event": f"no JSON: {line[:100]}", "level": "error"}


def _errors(logged: Iterable[dict[str, Any]]) -> Counter[str]:
    said = (body for body in logged if body.get("level") in ("error", "critical"))
    return Counter(
        " ".join((body["event"], body.get("error", ""), *body.get("trace", [])[-2:])).strip() for body in said
    )
