"""Rows and bytes that a report leaves in the database."""

import asyncio
import tempfile
from pathlib import Path

from sqlalchemy import inspect, text

from bot.localtelegram.server import LocalTelegram
from tests.bench import residents
from tests.bench.asked import ENGINES, Asked
from tests.bench.bots import configured, running, tersapa
from tests.bench.figures import Figure
from tests.bench.seeds import invited, opened
from tests.bench.street import street
from tests.bench.way import WORKER
from tests.support.engines import keys_file

KILOBYTES = 12.0


async def size(asked: Asked) -> list[Figure]:
    """On both engines."""
    found = []
    for engine in ENGINES:
        asked.tell(engine)
        found += await _of(asked, engine, asked.so(400, 60))
    return found


async def _of(asked: Asked, engine: str, count: int) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as name:
        folder = Path(name)
        async with LocalTelegram() as telegram, street(telegram) as here:
            database = asked.database(engine) or f"{folder}/tersapa.db"
            config = configured(telegram, folder, database, keys=keys_file(folder))
            (link,) = invited(config, ("tksk", "35.07.24"))
            async with running(tersapa(config), folder) as bot:
                await bot.polls(telegram)
                await telegram.phone(WORKER, "Budi").start(link)
                await residents.reports(here, 4, 4, residents.FIRST - 4)
                await asyncio.sleep(1)
                before = await asyncio.to_thread(_stored, config)
                await residents.reports(here, count, 12)
                await asyncio.sleep(1)
                after = await asyncio.to_thread(_stored, config)
    bytes_each = (after.pop("bytes") - before.pop("bytes")) / count / 1024
    rows = {table: (after[table] - before[table]) / count for table in after if after[table] != before[table]}
    told = ", ".join(f"{each:.1f} {table}" for table, each in sorted(rows.items(), key=lambda row: -row[1]))
    return [
        Figure(f"{engine}: a report", bytes_each, "KB", KILOBYTES),
        Figure(f"{engine}: rows a report", sum(rows.values()), "", note=told),
    ]


def _stored(config: Path) -> dict[str, int]:
    """Rows of each table, and the bytes that are in use."""
    with opened(config) as db, db.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        found = {name: int(connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()) for name in tables}
        if not db.sqlite:
            found["bytes"] = int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
            return found
        pages, free, each = (
            int(connection.execute(text(f"PRAGMA {name}")).scalar_one())
            for name in ("page_count", "freelist_count", "page_size")
        )
        found["bytes"] = (pages - free) * each
        return found
