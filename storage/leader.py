"""Who polls: on PostgreSQL the holder of an advisory lock on a connection of its own; on SQLite the file's lock."""

import fcntl
import os
from pathlib import Path
from threading import Lock
from typing import IO

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from storage import private
from storage.database import Database, Unusable

KEY = 0x7465727361  # "tersa"


class Busy(Exception):
    """Another process runs on this database."""


class Leader:
    """Tries to be the one who polls, and knows when it is not any more."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._connection: Connection | None = None
        self._lock = Lock()
        self._closed = False

    def leads(self) -> bool:
        """Whether this process may poll now; asked again before each poll."""
        if self._db.sqlite:
            return True
        with self._lock:
            if self._closed:
                return False
            try:
                return self._hold()
            except DBAPIError:
                self._drop()
                return False

    def close(self) -> None:
        """Let go for good."""
        with self._lock:
            self._closed = True
            self._drop()

    def _hold(self) -> bool:
        if self._connection is None:
            self._connection = self._db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        query = text("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())")
        if self._connection.execute(query).scalar_one():
            return True
        return bool(self._connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": KEY}).scalar_one())

    def _drop(self) -> None:
        """The lock lives as long as its connection, so the connection must really end."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def hold_file(db: Database) -> IO[str] | None:
    """The lock beside a SQLite file, held as long as the returned file is open; Busy when another `run` has it."""
    if db.file is None:
        return None
    db.prepare()
    lock = Path(f"{db.file}.lock")
    try:
        holder = os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT, private.MODE), "r+", encoding="utf-8")
        private.tighten(lock)
    except OSError as error:
        raise Unusable(f"{lock}: {error.strerror}.") from None
    try:
        fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder.close()
        raise Busy(f"another `tersapa run` already works on {db.file}") from None
    return holder
