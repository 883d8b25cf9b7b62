"""The migrations make exactly the tables that the code knows, on both engines."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from storage import migrating, schema, versions
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
    """The number of an unknown version says whether it is newer."""
    numbers = [revision.partition("_")[0] for revision in versions.known()]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_the_versions_are_those_that_can_be_run() -> None:
    scripts = ScriptDirectory.from_config(migrating.config()).walk_revisions()
    assert versions.known() == tuple(script.revision for script in scripts)[::-1]


def test_the_newest_version_is_marked_with_the_tables_it_makes() -> None:
    script = ScriptDirectory.from_config(migrating.config()).get_revision("head")
    wanted = f"{script.revision[:4]}_{mark_of_the_tables()}"
    assert script.revision == wanted, (
        f'the tables changed. If {script.revision} is not released: write revision = "{wanted}" in '
        f"{Path(script.path).name} and change what it makes. If it is released: add a migration that ends so."
    )


def mark_of_the_tables() -> str:
    """Eight digits of a hash over what makes the tables; indexes and constraints in a fixed order."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    said = []
    for table in SQLModel.metadata.sorted_tables:
        lines = str(CreateTable(table).compile(dialect=dialect)).split("\n")
        said += sorted(line.strip().rstrip(",") for line in lines)
        said += sorted(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]


@pytest.mark.parametrize("at", ["0001", "0001_00000000", "0000", "a1b2c3d4e5f6"])
def test_a_database_of_an_unreleased_version_is_refused(db: Database, at: str) -> None:
    make_at(db, at)
    for look in (schema.require, schema.expect, schema.migrate):
        with pytest.raises(schema.SchemaError, match=rf"unreleased version of Tersapa \({at}\) .* make a new one"):
            look(db)
    assert schema.version(db) == at


@pytest.mark.parametrize("at", ["9999", "9999_00000000"])
def test_a_database_of_a_newer_version_is_refused(db: Database, at: str) -> None:
    make_at(db, at)
    for look in (schema.require, schema.expect, schema.migrate):
        with pytest.raises(schema.SchemaError, match="the code is older, update it"):
            look(db)


def test_a_database_of_an_older_version_is_migrated_when_asked(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema.migrate(db)
    first, ours = schema.head(), versions.folders()
    (tmp_path / "0002_more.py").write_text(MORE.format(first=first), "utf-8")
    monkeypatch.setattr(versions, "folders", lambda: (*ours, tmp_path))
    assert versions.known() == (first, "0002_abcdef01")
    for look in (schema.require, schema.expect):
        with pytest.raises(schema.SchemaError, match=f"at version {first}, this code needs 0002_abcdef01: run `ter"):
            look(db)
    schema.migrate(db)
    schema.expect(db)
    make_at(db, "0001_00000000")
    with pytest.raises(schema.SchemaError, match="unreleased"):
        schema.migrate(db)


MORE = """
from alembic import op

revision = "0002_abcdef01"
down_revision = "{first}"


def upgrade():
    op.execute("CREATE TABLE more (id INTEGER)")
"""


def make_at(db: Database, at: str) -> None:
    schema.migrate(db)
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{at}'")


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
