"""The schema's version: migrate an empty database, refuse one that is older or newer than this code."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import text

from storage.database import Database

MIGRATION_LOCK = 0x6D696772


class SchemaError(Exception):
    """The database is not at the version this code needs."""


def head() -> str:
    """The newest version this code knows."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None
    return found


def version(db: Database) -> str | None:
    """The version a database is at; None when it is empty."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(db: Database) -> None:
    """Bring the database to the newest version; two at once wait for each other."""
    at = version(db)
    if at is not None and at > head():
        raise _newer(at)
    config = _config()
    with db.engine.begin() as connection:
        if not db.sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError:
            raise SchemaError(f"no migration leads from version {at} of the database to {head()}.") from None


def require(db: Database) -> None:
    """Migrate an empty database; SchemaError when an older one needs `tersapa migrate`, or a newer one newer code."""
    at = version(db)
    if at is None:
        migrate(db)
    else:
        _check(at)


def expect(db: Database) -> None:
    """Change nothing: SchemaError too when the database is empty, Unusable when it is missing."""
    at = version(db)
    if at is None:
        raise SchemaError(db.missing())
    _check(at)


def _check(at: str) -> None:
    """Our versions are numbered, so their texts are in their order."""
    if at > head():
        raise _newer(at)
    if at < head():
        raise SchemaError(
            f"the database is at version {at}, this code needs {head()}: run `tersapa migrate` after a backup."
        )


def _newer(at: str) -> SchemaError:
    return SchemaError(f"the database is at version {at}, this code knows {head()} only: the code is older, update it.")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("storage").joinpath("migrations")))
    return config
