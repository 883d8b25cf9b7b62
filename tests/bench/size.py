"""Rows and bytes that a report leaves in the database: on its day, and once what nobody names any more is forgotten."""

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import inspect, text

from bot.localtelegram.server import LocalTelegram
from storage import forgotten, inbox
from storage.database import Database
from storage.session import Session
from tests.bench import residents
from tests.bench.asked import ENGINES, Asked
from tests.bench.bots import configured, running, tersapa
from tests.bench.figures import Figure
from tests.bench.seeds import invited, opened
from tests.bench.street import street
from tests.bench.way import WORKER
from tests.support.engines import keys_file

KILOBYTES = 12.0
BYTES = "bytes"
EVERYTHING = 1_000_000


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
                await residents.reports(here, count, 12, residents.FIRST - count)
                await asyncio.sleep(1)
                empty = await asyncio.to_thread(_stored, config, forget=True)
                await residents.reports(here, count, 12)
                await asyncio.sleep(1)
                day = await asyncio.to_thread(_stored, config)
                later = await asyncio.to_thread(_stored, config, forget=True)
    return [
        *_figures(f"{engine}: a report on its day", day, empty, count),
        *_figures(f"{engine}: a report, later", later, empty, count, KILOBYTES),
    ]


def _figures(
    name: str, after: dict[str, int], before: dict[str, int], count: int, most: float | None = None
) -> list[Figure]:
    each = {table: (after[table] - before[table]) / count for table in after if after[table] != before[table]}
    kilobytes = each.pop(BYTES, 0.0) / 1024
    told = ", ".join(f"{rows:.1f} {table}" for table, rows in sorted(each.items(), key=lambda row: -row[1]))
    return [Figure(name, kilobytes, "KB", most), Figure(f"{name}, rows", sum(each.values()), "", note=told)]


def _stored(config: Path, *, forget: bool = False) -> dict[str, int]:
    """Rows of each table, and the bytes that are in use; with `forget`, those of nine days later."""
    with opened(config) as db:
        if forget:
            later = datetime.now(UTC) + timedelta(days=9)
            db.write(lambda session: _forget(session, later), "forget")
        return _counted(db)


def _forget(session: Session, later: datetime) -> None:
    inbox.forget(session, later, EVERYTHING)
    forgotten.forget(session, later, EVERYTHING)


def _counted(db: Database) -> dict[str, int]:
    if not db.sqlite:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM"))
    with db.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        found = {name: int(connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()) for name in tables}
        if not db.sqlite:
            found[BYTES] = int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
            return found
        pages, free, each = (
            int(connection.execute(text(f"PRAGMA {name}")).scalar_one())
            for name in ("page_count", "freelist_count", "page_size")
        )
        found[BYTES] = (pages - free) * each
        return found
