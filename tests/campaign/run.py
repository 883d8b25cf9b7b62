"""One campaign on one engine: people, faults, kills, drain, audit."""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.app import open_keys
from bot.config import load_settings
from bot.demo.server import LocalTelegram
from storage import roster, schema
from storage.database import Database
from storage.vault import Vault
from tests.campaign import audit
from tests.campaign.fleet import Fleet
from tests.campaign.people import Told, report, take
from tests.engines import keys_file

ROLES = (("tksk", "35.07.24"), ("koordinator", "35.07"), ("jsc", "35"), ("jsc", "35"))
MIX = {"p429": 0.03, "p5xx": 0.02, "preset": 0.02, "pperform_reset": 0.015, "pdup_update": 0.05, "retry_after": 1}
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


@dataclass(slots=True)
class Result:
    """What a campaign found."""

    engine: str
    reports: int
    kills: Counter[str] = field(default_factory=Counter)
    presses: int = 0
    repeats: int = 0
    unknowns: int = 0
    seconds: float = 0.0
    wrong: dict[str, list[str]] = field(default_factory=dict)

    @property
    def violations(self) -> int:
        """How many things are wrong."""
        return sum(map(len, self.wrong.values()))


async def campaign(
    *,
    reports: int,
    kills: int,
    seed: int,
    database: str | None = None,
    replicas: int = 1,
    crowd: int = 24,
    module: str = "bot",
    faults: bool = True,
    say: Callable[[str], None] = lambda _: None,
) -> Result:
    """Play `reports` whole reports through `kills` deaths; `database` None is a fresh SQLite file."""
    begun, chance = time.monotonic(), random.Random(seed)
    result = Result("postgresql" if database else "sqlite", reports)
    told = Told()
    with tempfile.TemporaryDirectory(prefix="tersapa-campaign-") as name:
        folder = Path(name)
        async with LocalTelegram(seed=seed) as telegram:
            config = folder / "config.toml"
            keys, url = keys_file(folder), database or str(folder / "tersapa.db")
            config.write_text(CONFIG.format(token=telegram.token, url=telegram.url, database=url, keys=keys), "utf-8")
            db = _open(config)
            fleet = Fleet(config, replicas, seed, module)
            try:
                fleet.plan(kills - kills // 4)
                await fleet.start()
                workers = []
                for n, (role, area) in enumerate(ROLES):
                    token, _ = db.write(lambda s, r=role, a=area: roster.invite(s, r, a, telegram.clock.now()))  # type: ignore[misc]
                    phone = telegram.phone(9_000_000_001 + n, role)
                    await phone.start(f"i_{token}")
                    await _until(lambda p=phone: any("bergabung" in shown.text for shown in p.from_bot()))  # type: ignore[misc]
                    workers.append(phone)
                if faults:
                    telegram.mix(seed=seed, **MIX)
                gate = asyncio.Semaphore(crowd)
                takes: list[asyncio.Task[None]] = []

                async def resident(n: int) -> None:
                    async with gate:
                        number = await report(telegram.phone(5_000_000_001 + n, f"Warga {n}"), told, chance)
                    if number and n % 5:
                        takes.append(asyncio.create_task(take(number, workers, told, chance, n % 2 == 0)))
                    if (n + 1) % 20 == 0:
                        dead = sum(fleet.kills.values())
                        say(f"{result.engine}: {len(told.numbers)} of {reports} reports, {dead} kills")

                killer = asyncio.create_task(_kill(fleet, kills // 4, chance))
                await asyncio.gather(*(resident(n) for n in range(reports)))
                await asyncio.gather(*takes)
                await killer
                await _until(lambda: fleet.left == 0, 30)
                while sum(fleet.kills.values()) < kills:  # one that was to die at a point may have died before it
                    fleet.kill_one()
                    await asyncio.sleep(0.5)
                telegram.calm()
                await _drain(db, telegram)
            finally:
                await fleet.stop()
            result.wrong = db.write(lambda session: audit.everything(session, telegram, told))
            result.repeats, result.unknowns = db.write(lambda session: audit.repeats(session, telegram))
            db.close()
            result.kills, result.presses = fleet.kills, len(told.presses)
    result.seconds = time.monotonic() - begun
    return result


async def _kill(fleet: Fleet, times: int, chance: random.Random) -> None:
    for _ in range(times):
        await asyncio.sleep(chance.uniform(1.0, 3.0))
        fleet.kill_one()


async def _drain(db: Database, telegram: LocalTelegram) -> None:
    """Wait until nothing is left to handle or to send (leases of the dead run out by themselves)."""
    from sqlmodel import Session, col, func, select

    from storage.tables import Inbox, Outbox

    def left(session: Session) -> int:
        new = session.exec(select(func.count()).where(Inbox.state == "new")).one()
        return new + session.exec(select(func.count()).where(col(Outbox.state).in_(("pending", "sending")))).one()

    calm = 0
    for _ in range(600):
        waits = telegram.pending() + await asyncio.to_thread(db.write, left)
        calm = 0 if waits else calm + 1
        if calm >= 8:
            return
        await asyncio.sleep(0.2)


async def _until(fact: Callable[[], bool], seconds: float = 60) -> None:
    for _ in range(int(seconds / 0.05)):
        if fact():
            return
        await asyncio.sleep(0.05)


def _open(config: Path) -> Database:
    settings = load_settings(config)
    db = Database(settings.database.url)
    db.vault = Vault(open_keys(settings, db))
    schema.migrate(db)
    db.write(db.vault.unlock)
    return db
