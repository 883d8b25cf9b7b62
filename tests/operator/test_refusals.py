"""What an operator gets wrong is one sentence and exit code 2; what nobody foresaw is one sentence and a log line."""

import json
from pathlib import Path

import pytest

from storage import schema
from storage.database import Database
from tests.operator.test_looking import LADDER
from tests.support.forks import tersapa, write_config

TOKEN = {"TERSAPA_TELEGRAM__TOKEN": "123456:abcDEF", "TERSAPA_TELEGRAM__API_URL": "http://127.0.0.1:9"}
HEADER = "role,name,phone,area,deputy_phone\n"


def refused(*words: str, folder: Path, **environment: str) -> str:
    """The one sentence of a command that was used wrongly."""
    code, out, err = tersapa(*words, folder=folder, environment=environment)
    assert (code, out, err.count("\n"), err[:9]) == (2, "", 1, "tersapa: "), (out, err)
    return err


DATABASE = "TERSAPA_DATABASE__URL"
URLS = (
    ("mysql://me:secret@host/x", "[database] url: mysql is not supported"),
    ("foo://", "[database] url: foo is not supported"),
    ("://", "[database] url: a SQLite file or postgresql://USER@HOST/NAME is expected"),
    ("postgresql://me:secret@host:notaport/x", "[database] url: a SQLite file or postgresql://"),
    ("postgresql://me:secret@host:99999/x", "[database] url: a SQLite file or postgresql://"),
    ("postgresql://127.0.0.1:1/x?foo=bar", "the database cannot be used"),
    ("postgresql://127.0.0.1:1/x", "the database cannot be used"),
    ("sqlite://host/x", "[database] url: a SQLite file or postgresql://"),
    ("sqlite://", "[database] url: a SQLite file or postgresql://"),
    ("", "[database] url: a SQLite file or postgresql://"),
    (":memory:", "[database] url: a SQLite file or postgresql://"),
    ("x.db?mode=memory", "[database] url: a SQLite file or postgresql://"),
)


@pytest.mark.parametrize(("url", "said"), URLS)
def test_a_wrong_database_url(tmp_path: Path, url: str, said: str) -> None:
    for words in (("migrate",), LADDER, ("run",))[: 3 if "mysql" in url else 1]:
        keys = {"TERSAPA_PRIVACY__KEYS_FILE": "none.keys"}
        err = refused(*words, folder=tmp_path, **{DATABASE: url}, **keys, **TOKEN)
        assert said in err
        assert "secret" not in err
        assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(HEADER, "utf-8")
    for words in (("migrate",), ("run",), ("roster", "import", "roster.csv")):
        err = refused(*words, folder=tmp_path, **{DATABASE: "none/x.db"}, **TOKEN)
        assert f"the folder {tmp_path}/none of the database does not exist" in err
    long = refused("migrate", folder=tmp_path, **{DATABASE: "x" * 300})
    assert long.endswith("x: File name too long. Check [database] url.\n")
    assert "there is no database" in refused("summary", folder=tmp_path, **{DATABASE: "none/x.db"})


COMMANDS = (("migrate",), ("run",), ("summary",), ("audit", "verify"), ("keys", "rotate"), LADDER)


@pytest.mark.parametrize("words", COMMANDS)
def test_a_file_that_is_no_database(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "tersapa.db").write_bytes(b"a letter to the head of the office\n" * 100)
    assert "file is not a database" in refused(*words, folder=tmp_path, **TOKEN)


@pytest.mark.parametrize("words", COMMANDS)
def test_a_folder_that_is_no_database(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "tersapa.db").mkdir()
    assert f"{tmp_path}/tersapa.db is a folder" in refused(*words, folder=tmp_path, **TOKEN)


VARIABLES = (
    ("TERSAPA_JSC__EMAILS", "a@b.c", "TERSAPA_JSC__EMAILS: JSON is expected"),
    ("tersapa_jsc__emails", "a@b.c", "tersapa_jsc__emails: JSON is expected"),
    ("TERSAPA_JSC__EMAILS", '["a"]', "TERSAPA_JSC__EMAILS: [jsc] emails: plain mail addresses"),
    ("TERSAPA_JSC__EMAILS", "3", "TERSAPA_JSC__EMAILS: [jsc] emails: Input should be a valid tuple"),
    ("TERSAPA_JSC", "x", "TERSAPA_JSC: JSON is expected"),
    ("TERSAPA_JSC", '{"chat": 1}', "TERSAPA_JSC: [jsc] chat: unknown key"),
    ("TERSAPA_TELEGRAM__WEBHOOK", "on", "TERSAPA_TELEGRAM__WEBHOOK: JSON is expected"),
    ("TERSAPA_TELEGRAM__WEBHOOK__LISTEN", "8443", "TERSAPA_TELEGRAM__WEBHOOK__LISTEN: [telegram.webhook] listen: HOST"),
    ("TERSAPA_HOLIDAYS", "x", "TERSAPA_HOLIDAYS: JSON is expected"),
    ("TERSAPA_SUMMARY__ROLES", "admin", "TERSAPA_SUMMARY__ROLES: JSON is expected"),
    ("TERSAPA_ESCALATION__BIASA__RUNGS", "x", "TERSAPA_ESCALATION__BIASA__RUNGS: JSON is expected"),
    ("TERSAPA_ESCALATION__BIASA__HOURS", "x", 'TERSAPA_ESCALATION__BIASA__HOURS: [escalation.biasa] hours: "always"'),
    ("TERSAPA_JSC__CHAT_ID", "x", "TERSAPA_JSC__CHAT_ID: [jsc] chat_id: Input should be a valid integer"),
    (
        "TERSAPA_JSC__CHATID",
        "1",
        "TERSAPA_JSC__CHATID: no such setting; TERSAPA_JSC__ is followed by one of WEBHOOK_URL",
    ),
    ("TERSAPA_LIMITS__CHAT_BURST__X", "1", "TERSAPA_LIMITS__CHAT_BURST__X: no such setting"),
    (
        "TERSAPA_TELEGRAN__TOKEN",
        "x",
        "TERSAPA_TELEGRAN__TOKEN: no such setting; TERSAPA_ is followed by one of TELEGRAM, DATABASE,",
    ),
    ("TERSAPA_TOKEN", "x", "TERSAPA_TOKEN: no such setting"),
    ("TERSAPA_", "x", "TERSAPA_: no such setting"),
    ("TERSAPA_TELEGRAM_TOKEN", "x", "TERSAPA_TELEGRAM_TOKEN: no such setting"),
)


CONFIG = """
[jsc]
chat_id = 1
emails = []
[limits]
chat_burst = 3
[escalation.biasa]
hours = "always"
repeat = "1d"
rungs = [{ after = "0s", ask = ["tksk"] }]
"""


@pytest.mark.parametrize(("name", "value", "said"), VARIABLES)
def test_a_wrong_variable_is_named(tmp_path: Path, name: str, value: str, said: str) -> None:
    smtp = {"TERSAPA_SMTP__HOST": "m", "TERSAPA_SMTP__SENDER": "a@b.c"}
    write_config(tmp_path, CONFIG)
    assert refused(*LADDER, folder=tmp_path, **{name: value}, **smtp).startswith(f"tersapa: {said}")


def test_variables_that_are_right(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    right = {
        "TERSAPA_ESCALATION__BIASA__HOURS": "always",
        "TERSAPA_ESCALATION__BIASA__REPEAT": "2d",
        "TERSAPA_ESCALATION__BIASA__RUNGS": '[{"after": "0s", "ask": ["tksk"]}]',
        "TERSAPA_SUMMARY__ROLES": '["admin"]',
        "TERSAPA_HOLIDAYS": '{"2027-03-10": "Idul Fitri"}',
        "TERSAPA_CLOCK": "",
        "TERSAPA_CRASHPOINT": "",
        "TERSAPA_LOG": "INFO",
        "TERSAPA_CONFIG": "",
        "TERSAPA_PORT": "tcp://10.0.0.1:8443",  # Kubernetes names each of its services so
        "TERSAPA_PORT_8443_TCP_ADDR": "10.0.0.1",
        "TERSAPA_SERVICE_PORT_HTTP": "8443",
        "tersapa_telegram__mode": "polling",
    }
    code, _, err = tersapa(*LADDER, folder=tmp_path, environment=right)
    assert (code, err) == (0, "")


def test_a_wrong_key_of_the_file_is_not_blamed_on_the_environment(tmp_path: Path) -> None:
    path = write_config(tmp_path, '[jsc]\nchat_id = "x"\n')
    said = refused(*LADDER, folder=tmp_path, TERSAPA_JSC__WEBHOOK_HOSTS="[]", TERSAPA_JSC='{"webhook_hosts": []}')
    assert said.startswith(f"tersapa: {path.name}, line 2: [jsc] chat_id")


@pytest.mark.parametrize("level", ["garbage", "10", ""])
def test_a_wrong_level_of_the_log(tmp_path: Path, level: str) -> None:
    err = refused("run", folder=tmp_path, TERSAPA_LOG=level, **{**TOKEN, DATABASE: "none/x.db"})
    assert ("TERSAPA_LOG: one of DEBUG, INFO, WARNING, ERROR, CRITICAL is expected" in err) == bool(level)


def test_settings_that_cannot_be_read(tmp_path: Path) -> None:
    assert "cannot be read (Is a directory).\n" in refused("summary", "--config", ".", folder=tmp_path)
    assert "Copy config.example.toml" in refused("summary", folder=tmp_path, TERSAPA_CONFIG="none.toml")


KEYS = (
    (b"k1:\xc3\xa9\xc3\xa9\n", "line 1: not a key"),
    (b"\xff\xfe\x00", "not a keys file"),
    (b"", "holds no key"),
    (b"k1:c2hvcnQ=\n", "must be 32 bytes"),
    (None, "is a folder"),
)


@pytest.mark.parametrize(("content", "said"), KEYS)
def test_keys_that_are_none(tmp_path: Path, content: bytes | None, said: str) -> None:
    assert tersapa("migrate", folder=tmp_path)[0] == 0
    keys = tmp_path / "tersapa.keys"
    if content is None:
        keys.mkdir()
    else:
        keys.touch(0o600)
        keys.write_bytes(content)
    for words in (("summary",), ("run",), ("keys", "rotate")):
        err = refused(*words, folder=tmp_path, **TOKEN)
        assert "tersapa.keys" in err
        assert said in err


def test_keys_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "file/x.keys: Not a directory" in refused("keys", "init", "file/x.keys", folder=tmp_path)
    assert "exists already" in refused("keys", "init", "file", folder=tmp_path)
    (tmp_path / "roster.csv").write_text(HEADER, "utf-8")
    err = refused("roster", "import", "roster.csv", folder=tmp_path, TERSAPA_PRIVACY__KEYS_FILE="file/x.keys")
    assert "file/x.keys: Not a directory" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("place", "find"), "the name of a place is expected"),
        (("place", "find", " "), "the name of a place is expected"),
        (("place", "at", "nan", "nan"), "LAT LON in degrees are expected"),
        (("place", "at", "999", "112"), "LAT LON in degrees are expected"),
        (("place", "at", "-7.9", "inf"), "LAT LON in degrees are expected"),
        (("place", "at", "-7.9"), "LAT LON in degrees are expected"),
        ((*LADDER, "--at", "garbage"), "--at garbage: a moment"),
        ((*LADDER, "--at", "9999-12-31T23:59"), "--at 9999-12-31T23:59: a moment"),
        ((*LADDER, "--at", "0001-01-01T00:00+14:00"), "--at 0001-01-01T00:00+14:00: a moment"),
        (("ladder", "--kecamatan", "nonsense", "--urgency", "biasa"), "--kecamatan nonsense: the code"),
        (("summary", "--area", "nonsense"), "--area nonsense: the code"),
        (("roster", "import", "."), ".: cannot be read"),
    ],
)
def test_wrong_words(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    assert said in refused(*words, folder=tmp_path)


def test_a_place_is_found_without_quotes(tmp_path: Path) -> None:
    code, out, err = tersapa("place", "find", "singosri", "malang", folder=tmp_path)
    assert (code, err) == (0, "")
    assert out == tersapa("place", "find", "singosri malang", folder=tmp_path)[1]
    assert out.startswith("35.07.24")


def test_one_error_is_counted_as_one(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(HEADER + "boss,Ani,0812,35.07,\n", "utf-8")
    assert "tersapa: 1 error; nothing was changed." in tersapa("roster", "import", "roster.csv", folder=tmp_path)[2]
    (tmp_path / "roster.csv").write_text(HEADER + "boss,Ani,0812,35.07,\n" * 2, "utf-8")
    assert "tersapa: 2 errors; nothing was changed." in tersapa("roster", "import", "roster.csv", folder=tmp_path)[2]


def test_what_nobody_foresaw_is_one_sentence_and_the_places_in_the_log(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(HEADER + "tksk,Budi,081234567890,35.07.24,\n", "utf-8")
    assert tersapa("roster", "import", "roster.csv", folder=tmp_path)[0] == 0
    db = Database(str(tmp_path / "tersapa.db"))
    schema.require(db)
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = 'Siti Zulaikhah' WHERE name = 'canary'")
    db.close()
    code, out, err = tersapa("roster", "export", folder=tmp_path)
    line, sentence = err.splitlines()
    assert (code, out) == (1, "")
    assert json.loads(line)["trace"][0] == "ValueError"
    assert any(place.startswith("storage/vault.py:") for place in json.loads(line)["trace"])
    assert sentence.startswith("tersapa: stopped by an error that nobody foresaw (ValueError)")
    assert "Siti" not in err
