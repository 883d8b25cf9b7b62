"""Whatever the umask: only the owner reads the database, its keys, and settings with a secret in them."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import schema
from storage.database import Database
from storage.sealing import make_keys
from tests.operator.test_settings import EXAMPLE
from tests.support.forks import tersapa, write_config
from tests.support.world import SINGOSARI, world

LADDER = ("ladder", "--kecamatan", SINGOSARI, "--urgency", "biasa")


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()}


@pytest.mark.usefixtures("no_umask")
async def test_a_running_bot_makes_private_files(tmp_path: Path) -> None:
    async with world(tmp_path, str(tmp_path / "tersapa.db")) as w:  # a file that the bot makes itself
        siti = w.person()
        await siti.start()
        await w.settle()
        found = modes(tmp_path)
    names = ("tersapa.db", "tersapa.db-wal", "tersapa.db-shm", "tersapa.db.lock", "tersapa.keys")
    assert {name: found.get(name) for name in names} == dict.fromkeys(names, "0o600")


@pytest.mark.parametrize("umask", [0, 0o777])
def test_a_command_makes_private_files(tmp_path: Path, umask: int) -> None:
    (tmp_path / "roster.csv").write_text(f"role,name,phone,area,deputy_phone\ntksk,Budi,081234567890,{SINGOSARI},\n")
    code, _, err = tersapa("roster", "import", "roster.csv", folder=tmp_path, umask=umask)
    assert code == 0, err
    found = modes(tmp_path)
    assert (found["tersapa.db"], found["tersapa.keys"]) == ("0o600", "0o600")


@pytest.mark.parametrize("umask", [0, 0o777])
def test_a_keys_file_is_private(tmp_path: Path, umask: int) -> None:
    assert tersapa("keys", "init", "a.keys", folder=tmp_path, umask=umask)[0] == 0
    assert modes(tmp_path) == {"a.keys": "0o600"}


def test_a_database_that_others_can_read_is_closed_to_them(tmp_path: Path) -> None:
    first, second = (Database(str(tmp_path / "a.db")) for _ in range(2))
    schema.migrate(first)  # its connection stays open, and with it -wal and -shm
    for path in tmp_path.iterdir():
        path.chmod(0o664)
    second.engine.connect().close()
    assert modes(tmp_path) == dict.fromkeys(("a.db", "a.db-wal", "a.db-shm"), "0o600")
    first.close()
    second.close()


def test_closing_a_database_to_others_keeps_the_lock_that_this_process_has(tmp_path: Path) -> None:
    first, second = (Database(str(tmp_path / "a.db")) for _ in range(2))
    schema.migrate(first)
    with first.engine.begin():
        for path in tmp_path.iterdir():
            path.chmod(0o664)
        second.prepare()
        assert modes(tmp_path)["a.db-shm"] == "0o600"
        script = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
        other = subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.db")], capture_output=True, text=True)
    assert "database is locked" in other.stderr
    first.close()
    second.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to somebody else")
def test_a_database_of_somebody_else_keeps_its_mode(tmp_path: Path) -> None:
    db = Database(str(tmp_path / "a.db"))
    schema.migrate(db)
    db.close()
    os.chown(tmp_path / "a.db", 65534, 65534)
    (tmp_path / "a.db").chmod(0o640)
    db.engine.connect().close()
    assert modes(tmp_path)["a.db"] == "0o640"
    db.close()


def test_a_link_to_a_database_that_is_still_to_come_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "a.db").symlink_to(tmp_path / "there" / "b.db")
    assert tersapa("migrate", folder=tmp_path, environment={"TERSAPA_DATABASE__URL": "a.db"}, umask=0)[0] == 0
    assert modes(tmp_path / "there")["b.db"] == "0o600"


SECRETS = (
    '[telegram]\ntoken = "123456:abcDEF"\n',
    f'[telegram.webhook]\nsecret = "{"a" * 20}"\n',
    f'[jsc]\nwebhook_secret = "whsec_{"QUJD" * 10}"\n',
    f'[jsc]\nwebhook_old_secret = "whsec_{"QUJD" * 10}"\n',
    '[smtp]\nhost = "m"\nsender = "a@b.c"\npassword = "x"\n',
    '[database]\nurl = "postgresql://me:secret@127.0.0.1:1/x"\n',
    '[database]\nurl = "postgresql://127.0.0.1:1/x?user=me&password=secret"\n',
)


@pytest.mark.parametrize("body", SECRETS)
@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_settings_with_a_secret_that_others_can_read_are_refused(tmp_path: Path, body: str, mode: int) -> None:
    path = write_config(tmp_path, body)
    path.chmod(mode)
    code, out, err = tersapa(*LADDER, "--config", str(path), folder=tmp_path)
    assert (code, out, err.count("\n")) == (2, "", 1), err
    assert f"chmod 600 {path}" in err
    path.chmod(0o600)
    assert "chmod" not in tersapa(*LADDER, "--config", str(path), folder=tmp_path)[2]


def test_settings_without_a_secret_may_be_read(tmp_path: Path) -> None:
    for body in (EXAMPLE.read_text("utf-8"), '[privacy]\ncontroller = "Dinsos"\n'):
        write_config(tmp_path, body).chmod(0o644)
        assert tersapa(*LADDER, folder=tmp_path, environment={"TERSAPA_TELEGRAM__TOKEN": "123456:abcDEF"})[0] == 0


def test_the_operator_is_told_to_close_the_settings() -> None:
    for name in ("README.md", "config.example.toml"):
        assert "chmod 600 config.toml" in EXAMPLE.with_name(name).read_text("utf-8")


@pytest.mark.usefixtures("no_umask")
def test_keys_are_whole_or_not_there(tmp_path: Path) -> None:
    make_keys(tmp_path / "deep" / "a.keys")
    assert modes(tmp_path / "deep") == {"a.keys": "0o600"}
    with pytest.raises(FileExistsError):
        make_keys(tmp_path / "deep" / "a.keys")
