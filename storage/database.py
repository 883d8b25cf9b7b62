"""The one way to the database: a transaction is a function of a session, run in a database thread.

SQLite has one such thread and takes the write lock at once (BEGIN IMMEDIATE); PostgreSQL has several. What
the event loop awaits is a thread, never a lock, so a held row does not stop it. A transaction that lost a
race (SQLSTATE classes 40 and 08, or a row that another made first) is run again whole.
"""

import asyncio
import random
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.crash import crashpoint
from storage.vault import Vault

T = TypeVar("T")
Work = Callable[[Session], T]
TRIES = 6
THREADS = 4
SQLITE_PRAGMAS = (
    "auto_vacuum = FULL",  # before WAL and the first table, or it does nothing
    "journal_mode = WAL",
    "synchronous = FULL",  # a report that got a number survives a power cut
    "busy_timeout = 10000",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
)


class Database:
    """An engine, its threads and the vault."""

    def __init__(self, url: str, vault: Vault | None = None) -> None:
        self.url = normal_url(url)
        self.engine = _engine(self.url)
        self.vault = vault
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self._threads = ThreadPoolExecutor(1 if self.sqlite else THREADS, "database")

    def __repr__(self) -> str:
        return f"Database({self.url.render_as_string(hide_password=True)})"

    def write(self, work: Work[T], name: str = "work") -> T:
        """Run `work` in one transaction on this thread; commit when it returns, roll back when it raises."""
        for attempt in range(TRIES):
            try:
                return self._once(work, name)
            except DBAPIError as error:
                if attempt + 1 == TRIES or not _lost_a_race(error):
                    raise
                time.sleep(random.uniform(0, 0.02 * 2**attempt))
        raise AssertionError("unreachable")  # pragma: no cover

    async def run(self, work: Work[T], name: str = "work") -> T:
        """The same in a database thread; `name` names its crash points NAME_before_commit and _after_commit."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.write, work, name)

    def close(self) -> None:
        """Let the threads finish and the connections go."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()

    def _once(self, work: Work[T], name: str) -> T:
        with Session(self.engine, expire_on_commit=False, autoflush=True) as session:
            if self.vault is not None:
                session.info["vault"] = self.vault
            with session.begin():
                result = work(session)
                for finish in session.info.pop("at_end", ()):
                    finish(session)
                session.flush()
                crashpoint(f"{name}_before_commit")
            crashpoint(f"{name}_after_commit")
            return result


def at_end(session: Session, finish: Callable[[Session], None]) -> None:
    """Have `finish` called once, just before this transaction commits."""
    waiting: dict[Callable[[Session], None], None] = session.info.setdefault("at_end", {})
    waiting[finish] = None


def normal_url(url: str) -> URL:
    """The URL with the driver we use; a bare path is a SQLite file."""
    if "://" not in url:
        url = f"sqlite:///{url}"
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def database_now(session: Session) -> Any:
    """The database host's clock (aware); PostgreSQL only."""
    return session.execute(text("SELECT clock_timestamp()")).scalar_one()


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        options = "-c statement_timeout=10000 -c idle_in_transaction_session_timeout=15000 -c lock_timeout=8000"
        return create_engine(url, pool_size=THREADS + 2, pool_pre_ping=True, connect_args={"options": options})
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 10})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # or the driver begins transactions of its own, too late
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _lost_a_race(error: DBAPIError) -> bool:
    state: str = getattr(error.orig, "sqlstate", None) or ""
    return state[:2] in ("40", "08") or state in ("55P03", "57P01", "23505") or error.connection_invalidated
