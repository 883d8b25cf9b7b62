"""The house of one run: a folder, a database, settings, a local Telegram; everything is gone when the run is over."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from bot.config import load_settings
from bot.core.moves import ENDS
from bot.preflight import open_keys
from storage import roster, schema
from storage.database import Database
from storage.session import Session
from storage.tables import Case, Inbox, Outbox
from storage.vault import Vault
from tests.campaign.desk import RemoteTelegram
from tests.campaign.plan import Plan
from tests.campaign.processes import end, start_telegram
from tests.support.engines import in_memory, keys_file
from tests.support.forks import write_config

TOKEN = "7000000001:AAlocal-telegram-for-the-campaign"
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""09.00 WIB."""
SETTINGS = """
[telegram]
token = "{token}"
api_url = "{api}"

[database]
url = "{url}"

[privacy]
keys_file = "{keys}"

{limits}
[escalation.darurat]
hours = "always"
repeat = "20m"
rungs = [
    {{ after = "0s", ask = ["tksk", "koordinator", "dinsos"], remind = ["1m"] }},
    {{ after = "2m", ask = ["jsc"] }},
    {{ after = "4m", ask = ["jsc", "jsc2"] }},
]

[escalation.mendesak]
hours = "always"
repeat = "20m"
rungs = [
    {{ after = "0s", ask = ["tksk"], remind = ["1m"] }},
    {{ after = "2m", ask = ["deputy", "koordinator"] }},
    {{ after = "4m", ask = ["dinsos"] }},
    {{ after = "8m", ask = ["jsc"] }},
]

[escalation.biasa]
hours = "always"
repeat = "1h"
rungs = [
    {{ after = "0s", ask = ["tksk"], remind = ["5m"] }},
    {{ after = "10m", ask = ["deputy", "koordinator"] }},
    {{ after = "20m", ask = ["jsc"] }},
]
"""
"""Ladders so short that cases climb while the campaign runs."""
NO_LIMITS = """[limits]
overall_per_second = 0
chat_per_second = 0
group_per_minute = 0
"""
"""The bot's own pace, for a Telegram that takes everything."""


@dataclass(slots=True)
class House:
    """What a run has."""

    folder: Path
    config: Path
    db: Database
    telegram: RemoteTelegram

    @property
    def clock(self) -> str:
        """Where the bots read the time."""
        return f"{self.telegram.url}/control/clock"

    @property
    def log(self) -> Path:
        """What the bots logged."""
        return self.folder / "bots.log"

    async def now(self) -> datetime:
        """The time at Telegram, which is everybody's."""
        return datetime.fromisoformat((await self.telegram.ask("clock"))["now"])

    async def invite(self, role: str, area: str) -> str:
        """The payload of a one-time link."""
        now = await self.now()
        token, _ = await asyncio.to_thread(self.db.write, lambda s: roster.invite(s, role, area, now), "invite")
        return f"i_{token}"

    async def mark(self) -> tuple[int, int]:
        """Grows whenever something is said or sent: two equal ones, and nothing happened in between."""
        query = select(func.coalesce(func.max(Outbox.seq), 0), func.coalesce(func.sum(Outbox.fence), 0))

        def read(session: Session) -> tuple[int, int]:
            newest, claims = session.execute(query).one()
            return int(newest), int(claims)

        return await asyncio.to_thread(self.db.write, read, "look")

    async def waits(self) -> dict[str, int]:
        """What is still to be done, by kind; all zero means quiet."""
        now = await self.now()

        def count(session: Session) -> dict[str, int]:
            def rows(column: Any, *where: Any) -> int:
                return int(session.execute(select(func.count(column)).where(*where)).scalar_one())

            return {
                "inbox": rows(Inbox.update_id, Inbox.state == "new"),
                "outbox": rows(Outbox.seq, col(Outbox.state).in_(("pending", "sending"))),
                "due": rows(Case.id, col(Case.status).not_in(ENDS), col(Case.next_due_at) <= now),
            }

        found = await asyncio.to_thread(self.db.write, count, "look")
        quiet = await self.telegram.ask("quiet")
        return {**found, "updates": int(quiet["pending"]), "calls": int(quiet["in_flight"])}


@asynccontextmanager
async def house(plan: Plan, database: str | None = None) -> AsyncIterator[House]:
    """A house for one run; `database` names an empty PostgreSQL, without it a SQLite file is made."""
    folder = Path(tempfile.mkdtemp(prefix="tersapa-campaign-", dir=in_memory()))
    telegram = None
    try:
        telegram, url = await start_telegram(TOKEN, plan.seed, MONDAY.isoformat(), limits=plan.limits)
        where = database or str(folder / "tersapa.db")
        pace = "" if plan.limits else NO_LIMITS
        settings = SETTINGS.format(token=TOKEN, api=url, url=where, keys=keys_file(folder), limits=pace)
        config = write_config(folder, settings)
        db = Database(where)
        try:
            db.vault = Vault(open_keys(load_settings(config), db))
            schema.require(db)  # not in a thread: of a process only one migrates at a time, and runs may begin together
            await asyncio.to_thread(db.write, db.vault.unlock)
            async with RemoteTelegram(url) as remote:
                yield House(folder, config, db, remote)
        finally:
            db.close()
    finally:
        if telegram is not None:
            await end(telegram)
        shutil.rmtree(folder, ignore_errors=True)
