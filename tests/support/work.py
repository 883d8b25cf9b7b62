"""How much work a statement is, counted and not timed: steps of SQLite's machine, pages that PostgreSQL touches."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from storage.database import Database
from storage.session import Session

READING = ("SELECT", "UPDATE", "DELETE", "WITH")
"""What reads before it does anything; an INSERT finds nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement as the driver got it, and in which transaction (by its name) it was asked."""

    sql: str
    values: Any
    by: str


@contextmanager
def recorded() -> Iterator[list[Asked]]:
    """Every statement that reads while this lasts, each text once, of every database that is opened meanwhile too."""
    found: dict[str, Asked] = {}
    said: list[Asked] = []
    here = threading.local()
    write = Database.write

    def named(db: Database, work: Callable[[Session], Any], name: str = "work") -> Any:
        here.name = name
        return write(db, work, name)

    def note(connection: Any, cursor: Any, sql: str, values: Any, context: Any, many: bool) -> None:
        if sql.lstrip().startswith(READING):
            found.setdefault(sql, Asked(sql, values[0] if many else values, getattr(here, "name", "")))

    Database.write = named  # type: ignore[method-assign, assignment]
    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        Database.write = write  # type: ignore[method-assign]
        said.extend(found.values())


def measured(db: Database, statements: Sequence[Asked]) -> dict[str, int]:
    """The work of each statement; what it changes is undone."""
    connection = db.engine.raw_connection()
    try:
        raw: Any = connection.driver_connection
        if not db.sqlite:
            raw.autocommit = True
            raw.execute("VACUUM ANALYZE")
            raw.autocommit = False
        return {one.sql: (_steps if db.sqlite else _pages)(raw, one) for one in statements}
    finally:
        connection.close()


def _steps(raw: Any, one: Asked) -> int:
    """How often SQLite's machine goes round while it runs the statement to its end."""
    rounds = 0

    def turn() -> int:
        nonlocal rounds
        rounds += 1
        return 0

    raw.execute("BEGIN IMMEDIATE")
    raw.set_progress_handler(turn, 1)
    try:
        raw.execute(one.sql, one.values).fetchall()
    finally:
        raw.set_progress_handler(None, 0)
        raw.execute("ROLLBACK")
    return rounds


def _pages(raw: Any, one: Asked) -> int:
    """How many pages PostgreSQL touches to find the rows, in memory or not; what it then writes is not counted."""
    plan = raw.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {one.sql}", one.values).fetchone()[0][0]["Plan"]
    raw.rollback()
    plan = plan["Plans"][0] if plan["Node Type"] == "ModifyTable" else plan
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
