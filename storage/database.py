"""The one way to the database: a transaction is a function of a session, run in a database thread.

SQLite has one such thread and takes the write lock at once (BEGIN IMMEDIATE); PostgreSQL has several. What
the event loop awaits is a thread, never a lock, so a held row does not stop it. A transaction that lost a
race (SQLSTATE classes 40 and 08, or a row that another made first) is run again whole.
"""

import asyncio
import os
import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.crash import crashpoint
from storage import private
from storage.session import Session
from storage.vault import Vault

T = TypeVar("T")
Work = Callable[[Session], T]
TRIES = 6
THREADS = 4
FILE_PRAGMAS = (
    "auto_vacuum = FULL",  # before WAL and the first table, or it does nothing
    "journal_mode = WAL",
)
"""What changes the file itself; a command that only looks leaves it as it is."""
ALIVE = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15000,
}
"""Seconds, the last one milliseconds: a lost network is noticed within half a minute; a URL may say otherwise."""
PATIENCE = {
    "statement_timeout": 10000,
    "idle_in_transaction_session_timeout": 15000,
    "lock_timeout": 8000,
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 15000,
}
"""What the server is told: the same for its side, so that locks of a machine that is cut off do not stay."""
SQLITE_PRAGMAS = (
    "synchronous = FULL",  # a report that got a number survives a power cut
    "busy_timeout = 10000",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
)


class Unusable(Exception):
    """The database cannot be opened; the text says why."""


class Database:
    """An engine, its threads and the vault; with `create` off, a SQLite file that is missing is not made."""

    def __init__(self, url: str, vault: Vault | None = None, *, create: bool = True) -> None:
        self.url = normal_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.file = Path(self.url.database or "").absolute() if self.sqlite else None
        self._create = create
        self.engine = _engine(self.url, self.prepare, FILE_PRAGMAS if create else ())
        self.vault = vault
        self._threads = ThreadPoolExecutor(1 if self.sqlite else THREADS, "database")

    def __repr__(self) -> str:
        return f"Database({self.url.render_as_string(hide_password=True)})"

    @property
    def place(self) -> str:
        """Where it is, to be shown: the path of its file, or its URL without what is secret."""
        return str(self.file) if self.file else f"postgresql://{self.url.host or ''}/{self.url.database or ''}"

    def answers(self) -> bool:
        """Whether a server is there that talks to clients, also if it refuses this one; True where none is needed."""
        if self.sqlite:
            return True
        _, given = self.engine.dialect.create_connect_args(self.url)
        words = {name: value for name, value in given.items() if name != "context"}  # which is the driver's, no word
        from storage import ping  # with the driver of PostgreSQL

        return ping.answers({**words, "connect_timeout": ALIVE["connect_timeout"]})

    def prepare(self) -> None:
        """Make the SQLite file if it is missing, and take it from others; Unusable says what is in the way."""
        if self.file is None:
            return
        try:
            if self.file.is_dir():
                raise Unusable(f"{self.file} is a folder, not a database. Check [database] url.")
            if self._create:
                _make_file(self.file)
            elif not self.file.exists():
                raise Unusable(self.missing())
            for ending in ("", "-wal", "-shm"):  # SQLite gives the two the mode of the database when it makes them
                private.tighten(Path(f"{self.file}{ending}"))
        except OSError as error:
            raise Unusable(f"{self.file}: {error.strerror}. Check [database] url.") from None

    def missing(self) -> str:
        """What to say where a database is expected and there is none, or an empty one."""
        return (
            f"there is no database of Tersapa at {self.place} yet; "
            "`tersapa run` or `tersapa migrate` makes one. Check [database] url."
        )

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
        with Session(self.engine, self.vault) as session:
            with session.begin():
                result = work(session)
                session.end()
                crashpoint(f"{name}_before_commit")
            crashpoint(f"{name}_after_commit")
            return result


def normal_url(url: str) -> URL:
    """The URL with the driver we use; a bare path is a SQLite file; Unusable when it is neither."""
    expected = Unusable("[database] url: a SQLite file or postgresql://USER@HOST/NAME is expected.")
    try:
        parsed = make_url(url if "://" in url else f"sqlite:///{url}")
    except (ArgumentError, ValueError):
        raise expected from None
    match parsed.get_backend_name():
        case "postgresql":
            if not 0 <= (parsed.port or 0) <= 65535:
                raise expected
            return parsed.set(drivername="postgresql+psycopg")
        case "sqlite":
            # `sqlite://` is in memory, where nothing would be kept
            if parsed.host or parsed.query or parsed.database in (None, "", ":memory:"):
                raise expected
            return parsed.set(drivername="sqlite")
    raise Unusable(f"[database] url: {parsed.get_backend_name()} is not supported, only SQLite and PostgreSQL.")


def database_now(session: Session) -> Any:
    """The database host's clock (aware); PostgreSQL only."""
    return session.execute(text("SELECT clock_timestamp()")).scalar_one()


def _make_file(path: Path) -> None:
    """A file for SQLite to fill, made here so that nobody else can read it for a moment."""
    real = Path(os.path.realpath(path))
    if not real.parent.is_dir():
        raise Unusable(f"the folder {real.parent} of the database does not exist. Check [database] url.")
    with suppress(FileExistsError):
        os.close(private.create(real))


def _engine(url: URL, prepare: Callable[[], None], pragmas: Sequence[str]) -> Engine:
    if url.get_backend_name() != "sqlite":
        options = " ".join(f"-c {name}={value}" for name, value in PATIENCE.items())
        given = {**{name: value for name, value in ALIVE.items() if name not in url.query}, "options": options}
        return create_engine(url, pool_size=THREADS + 2, pool_pre_ping=True, connect_args=given)
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 10})

    @event.listens_for(engine, "do_connect")
    def _make(*_: object) -> None:
        prepare()

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # or the driver begins transactions of its own, too late
        for pragma in (*pragmas, *SQLITE_PRAGMAS):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _lost_a_race(error: DBAPIError) -> bool:
    state: str = getattr(error.orig, "sqlstate", None) or ""
    return state[:2] in ("40", "08") or state in ("55P03", "57P01", "23505") or error.connection_invalidated
