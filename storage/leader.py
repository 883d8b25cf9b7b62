"""Who polls: on PostgreSQL whoever has the newest term, on SQLite whoever holds the file's lock.

A term is a number in the database, with the moment of its last beat. Its holder also holds an advisory lock that bears
the number, on a connection of its own. A free lock says at once that the holder has ended; an old beat says that it is
frozen or cut off. Either lets another replica take the next term. A frozen holder keeps a lock that nobody asks for
any more, and `demand` stops what it wants to store when it wakes.
"""

import fcntl
import logging
import os
from pathlib import Path
from threading import Lock
from typing import IO

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from storage import private
from storage.database import Database, Unusable
from storage.session import Session

log = logging.getLogger("tersapa.leader")

KEY = 0x74657273  # "ters"
BEAT, STALE = 2.0, 10.0
"""Seconds between two beats, and without one after which a term is over."""
ALONE = 0
"""The term on SQLite, where nobody else can take one."""
HELD = "5s"
"""So long a transaction that stores may stand still; a frozen one would hold the next term back."""

_FIRST = text("INSERT INTO meta (name, value) VALUES ('leader', '0') ON CONFLICT DO NOTHING")
_LOOK = text(
    "SELECT value::integer AS term, (at > clock_timestamp() - make_interval(secs => :stale)) IS NOT TRUE"
    " OR pg_try_advisory_xact_lock(:key, value::integer) AS free FROM meta WHERE name = 'leader'"
)
_TAKE = text(
    "UPDATE meta SET value = :next, at = clock_timestamp() WHERE name = 'leader' AND value = :term RETURNING"
    " pg_try_advisory_lock(:key, value::integer)"
)
_RENEW = text("UPDATE meta SET at = clock_timestamp() WHERE name = 'leader' AND value = :term")
_DEMAND = text(
    "SELECT set_config('idle_in_transaction_session_timeout', :held, true)"
    " FROM meta WHERE name = 'leader' AND value = :term FOR SHARE"
)


class Busy(Exception):
    """Another process runs on this database."""


class Superseded(Exception):
    """Another replica has taken the next term."""


def demand(session: Session, term: int) -> None:
    """Superseded unless `term` is the newest; no other term begins before this transaction ends."""
    if term == ALONE:
        return
    if session.core(_DEMAND, {"term": str(term), "held": HELD}).first() is None:
        raise Superseded


class Leader:
    """Tries to be the one who polls, and knows when it is not any more."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._connection: Connection | None = None
        self._term: int | None = None
        self._lock = Lock()
        self._closed = False

    def term(self) -> int | None:
        """The term in which this process may poll now, renewed; None when it may not. Asked before each poll."""
        if self._db.sqlite:
            return ALONE
        with self._lock:
            if self._closed:
                return None
            try:
                self._term = self._renewed() if self._term is not None else self._taken()
            except DBAPIError:
                self._drop()
            return self._term

    def close(self) -> None:
        """Let go for good."""
        with self._lock:
            self._closed = True
            self._drop()

    def _renewed(self) -> int | None:
        with self._open().begin():
            if self._open().execute(_RENEW, {"term": str(self._term)}).rowcount == 1:
                return self._term
        log.warning("another replica polls now")
        self._drop()
        return None

    def _taken(self) -> int | None:
        connection = self._open()
        with connection.begin():
            connection.execute(_FIRST)
            held = connection.execute(_LOOK, {"key": KEY, "stale": STALE}).one()
            if not held.free:
                return None
            mine = {"term": str(held.term), "next": str(held.term + 1), "key": KEY}
            if connection.execute(_TAKE, mine).first() is None:  # another was faster
                return None
        log.info("this replica polls now")
        return int(held.term) + 1

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = self._db.engine.connect()
        return self._connection

    def _drop(self) -> None:
        """The lock lives as long as its connection, so the connection must really end."""
        self._term = None
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
