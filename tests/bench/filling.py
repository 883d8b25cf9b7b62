"""Rows by the million, straight into the tables of either engine; what is opened later is sealed really."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from sqlalchemy import delete
from sqlmodel import col

from storage import cases
from storage.database import Database
from storage.session import Session
from storage.tables import DataKey, Report
from tests.bench.copies import Change, Sample, Table, copies

HASTE = ("synchronous = OFF", "cache_size = -200000", "secure_delete = OFF")
"""Nobody needs these rows after a power cut."""


def insert(db: Database, table: Table, made: Iterable[Sequence[Any]]) -> None:
    """Put rows into a table."""
    names = ", ".join(table.columns)
    if not db.sqlite:
        plain = db.url.set(drivername="postgresql").render_as_string(hide_password=False)
        command = f"COPY {table.name} ({names}) FROM STDIN".encode()
        with psycopg.connect(plain) as server, server.cursor() as cursor, cursor.copy(command) as stream:
            for row in made:
                stream.write_row(row)
        return
    connection = sqlite3.connect(str(db.url.database))
    try:
        for pragma in HASTE:
            connection.execute(f"PRAGMA {pragma}")
        marks = ", ".join("?" * len(table.columns))
        with connection:
            connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", made)
    finally:
        connection.close()


def seal(db: Database, original: Sample, numbers: range) -> None:
    """Give these copies what the original was told, sealed with a key of their own."""
    (report,) = (table for table in original.tables if table.name == "report")
    told = dict(zip(report.columns, report.rows[0], strict=True))["id"]

    def work(session: Session) -> None:
        known = session.get(Report, told)
        assert known is not None
        content = cases.content(session, known)
        assert content is not None
        for row in _reports(original, numbers):
            session.execute(delete(DataKey).where(col(DataKey.id) == row["case_id"]))
            session.vault.create(session, row["case_id"])
            session.flush()
            copy = session.get(Report, row["id"])
            assert copy is not None
            cases.keep_content(session, copy, content)

    db.write(work)


def _reports(original: Sample, numbers: range) -> Iterable[dict[str, Any]]:
    """The ids of these copies, and of their cases."""
    for table, made in copies(original, numbers, Change({}, {}, lambda _: 0)):
        if table.name == "report":
            for row in made:
                yield dict(zip(table.columns, row, strict=True))
