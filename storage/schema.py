"""The schema's version: migrate an empty database, refuse one that is not at the version this code needs.

A version is a number and a mark of the tables that it makes: `0001_5f0c9a3e`. Until a version is released its tables
may change and its mark with them, so no database of an older state is taken for one of today.
"""

from collections.abc import Sequence

from sqlalchemy import inspect, text

from storage import versions
from storage.database import Database

MIGRATION_LOCK = 0x6D696772


class SchemaError(Exception):
    """The database is not at the version this code needs."""


def head() -> str:
    """The newest version this code knows."""
    return versions.known()[-1]


def version(db: Database) -> str | None:
    """The version a database is at; None when it is empty."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def migrate(db: Database) -> None:
    """Bring the database to the newest version; two at once wait for each other."""
    at, known = version(db), versions.known()
    if at is not None and at not in known:
        _check(at, known)
    from storage import migrating  # with Alembic

    with db.engine.begin() as connection:
        if not db.sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        migrating.upgrade(connection)


def require(db: Database) -> None:
    """Migrate an empty database; SchemaError says what is needed when it is at another version."""
    at = version(db)
    if at is None:
        migrate(db)
    else:
        _check(at, versions.known())


def expect(db: Database) -> None:
    """Change nothing: SchemaError too when the database is empty, Unusable when it is missing."""
    at = version(db)
    if at is None:
        raise SchemaError(db.missing())
    _check(at, versions.known())


def _check(at: str, known: Sequence[str]) -> None:
    """Refuse what is not at the newest known version; the number of an unknown one says whether it is newer."""
    newest = known[-1]
    if at == newest:
        return
    if at in known:
        raise SchemaError(
            f"the database is at version {at}, this code needs {newest}: run `tersapa migrate` after a backup."
        )
    number = _number(at)
    if number.isdigit() and number > _number(newest):
        raise SchemaError(
            f"the database is at version {at}, this code knows {newest} only: the code is older, update it."
        )
    raise SchemaError(
        f"the database was made by an unreleased version of Tersapa ({at}) and cannot be brought to {newest}: "
        "make a new one. Check [database] url."
    )


def _number(revision: str) -> str:
    """The number of a version; all have four digits, so their texts are in their order."""
    return revision.partition("_")[0]
