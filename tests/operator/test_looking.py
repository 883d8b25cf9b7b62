"""A command that only looks makes nothing; a database that is missing, empty or of another version is one sentence."""

import sqlite3
from pathlib import Path

import pytest

from storage import schema
from storage.database import Database
from tests.support.engines import fresh_database, keys_file
from tests.support.forks import tersapa
from tests.support.world import SINGOSARI

LADDER = ("ladder", "--kecamatan", SINGOSARI, "--urgency", "biasa")
LOOKS = (
    ("summary",),
    ("summary", "--json"),
    ("audit", "verify"),
    ("roster", "export"),
    ("roster", "coverage", "--json"),
    ("roster", "import", "roster.csv", "--dry-run"),
    ("keys", "rotate"),
)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    roster = f"role,name,phone,area,deputy_phone\ntksk,Budi,0812-3456-7890,{SINGOSARI},\n"
    (tmp_path / "roster.csv").write_text(roster, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "empty"),
    [(words, None) for words in LOOKS] + [(LOOKS[n], empty) for n in (0, 5) for empty in (b"", "no tables")],
)
def test_a_look_at_nothing_says_so_and_makes_nothing(
    folder: Path, words: tuple[str, ...], empty: bytes | str | None
) -> None:
    path = folder / "tersapa.db"
    if empty == b"":
        path.touch()
    elif empty:
        with sqlite3.connect(path) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA user_version = 1")
        connection.close()
    before = files(folder)
    code, out, err = tersapa(*words, folder=folder)
    assert (code, out, err.count("\n")) == (2, "", 1), err
    assert f"at {path} yet" in err
    assert "`tersapa migrate`" in err
    assert files(folder) == before


@pytest.mark.parametrize("there", [False, True])
def test_the_ladder_without_a_database_is_made_up_and_makes_nothing(folder: Path, there: bool) -> None:
    if there:
        (folder / "tersapa.db").touch()
    before = files(folder)
    code, out, err = tersapa(*LADDER, folder=folder)
    assert (code, "rekaan" in out, err) == (0, True, "")
    assert files(folder) == before


def test_a_migrated_database_can_be_looked_at_and_gets_its_keys_from_the_first_who_writes(folder: Path) -> None:
    assert tersapa("migrate", folder=folder)[:2] == (0, f"empty -> {schema.head()}\n")
    for words in (*LOOKS, LADDER):
        code, _, err = tersapa(*words, folder=folder)
        assert (code, err) == (0, ""), words
    assert not (folder / "tersapa.keys").exists()
    assert tersapa("roster", "import", "roster.csv", folder=folder)[0] == 0
    assert "Budi" in tersapa("roster", "export", folder=folder)[1]
    (folder / "tersapa.keys").unlink()
    for words in (*LOOKS, ("roster", "import", "roster.csv")):
        code, _, err = tersapa(*words, folder=folder)
        assert (code, "restore it from your backup" in err) == (2, True), words
    assert not (folder / "tersapa.keys").exists()


WRITES = (("roster", "import", "roster.csv"), ("migrate",))
SERVES = (("run",), ("roster", "invite", "--role", "admin"))
LOCAL = {
    "TERSAPA_TELEGRAM__TOKEN": "7000000001:AAlocal-telegram-for-tests-and-demo-only",
    "TERSAPA_TELEGRAM__API_URL": "http://127.0.0.1:9",
}


@pytest.mark.parametrize("words", [*LOOKS, LADDER, *WRITES])
def test_a_newer_database_asks_for_newer_code(folder: Path, words: tuple[str, ...]) -> None:
    at_version(folder, "9999")
    code, out, err = tersapa(*words, folder=folder)
    assert (code, out, err.count("\n")) == (2, "", 1), err
    assert "at version 9999" in err
    assert "update" in err
    assert "migrate" not in err


@pytest.mark.parametrize("words", [*LOOKS, LADDER, *WRITES, *SERVES])
def test_a_database_of_an_unreleased_version_asks_for_a_new_one(folder: Path, words: tuple[str, ...]) -> None:
    at_version(folder, "0001_00000000")
    code, out, err = tersapa(*words, folder=folder, environment=LOCAL)
    assert (code, out, err.count("\n")) == (2, "", 1), err
    assert "made by an unreleased version of Tersapa (0001_00000000)" in err
    assert "make a new one" in err


def at_version(folder: Path, version: str) -> None:
    db = Database(str(folder / "tersapa.db"))
    schema.migrate(db)
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")
    db.close()


def test_an_empty_postgresql_is_said_without_its_password(folder: Path, postgres: str) -> None:
    url = fresh_database(postgres)
    keys = {"TERSAPA_DATABASE__URL": url, "TERSAPA_PRIVACY__KEYS_FILE": str(keys_file(folder))}
    code, out, err = tersapa("summary", folder=folder, environment=keys)
    assert (code, out, err.count("\n")) == (2, "", 1), err
    assert "yet; `tersapa run` or `tersapa migrate` makes one" in err
    assert tersapa("migrate", folder=folder, environment=keys)[0] == 0
    missing = {**keys, "TERSAPA_PRIVACY__KEYS_FILE": "none.keys"}
    code, _, err = tersapa("roster", "import", "roster.csv", folder=folder, environment=missing)
    assert (code, err) == (
        2,
        "tersapa: none.keys: there is no keys file yet; `tersapa keys init none.keys` makes one.\n",
    )
    assert tersapa("summary", folder=folder, environment=missing)[0] == 0
    assert tersapa("summary", folder=folder, environment=keys)[0] == 0
