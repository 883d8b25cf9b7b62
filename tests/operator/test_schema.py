"""The migrations make exactly the tables that the code knows, on both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from storage import schema
from storage.database import Database
from tests.support.engines import fresh_database


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    sqlite = request.param == "sqlite"
    made = Database(str(tmp_path / "a.db") if sqlite else fresh_database(request.getfixturevalue("postgres")))
    yield made
    made.close()


def test_migrations_and_tables_agree(db: Database) -> None:
    schema.require(db)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    assert schema.version(db) == schema.head()
    schema.require(db)  # a second start changes nothing
    schema.expect(db)


def test_looking_migrates_nothing(db: Database) -> None:
    with pytest.raises(schema.SchemaError, match="there is no database of Tersapa at"):
        schema.expect(db)
    assert schema.version(db) is None


def test_versions_are_numbered_in_their_order() -> None:
    """What is older and what is newer is told by comparing their texts."""
    found = [script.revision for script in ScriptDirectory.from_config(schema._config()).walk_revisions()]
    assert found == [f"{number:04}" for number in range(len(found), 0, -1)]


def test_another_version_is_refused_in_a_sentence(db: Database) -> None:
    schema.migrate(db)
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    for look in (schema.require, schema.expect):
        with pytest.raises(schema.SchemaError, match="run `tersapa migrate` after a backup"):
            look(db)
    with pytest.raises(schema.SchemaError, match="no migration leads from version 0000"):
        schema.migrate(db)
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for look in (schema.require, schema.expect, schema.migrate):
        with pytest.raises(schema.SchemaError, match="the code is older, update it"):
            look(db)


def test_a_commit_waits_for_the_disk_and_what_is_deleted_is_gone(tmp_path: Path) -> None:
    """A power cut takes no report that got a number (I1), a file that is copied tells nothing that was forgotten."""
    made = Database(str(tmp_path / "a.db"))
    for _ in range(2):  # the second connection is a new one
        with made.engine.connect() as connection:
            asked = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
            found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in asked]
        assert found == ["wal", 2, 1, 1]
        made.engine.dispose()
    made.close()
