"""Nothing personal can be read from the files or the log, and a sealed value opens only where it belongs."""

import logging
import re
import secrets
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ConfigError, Settings
from bot.logs import JsonLines
from bot.preflight import open_keys
from storage import schema
from storage.database import Database
from storage.sealing import Keyring, SealError, make_keys, new_key, open_sealed, read_keys, seal
from storage.vault import Vault
from tests.support.world import SINGOSARI, World, world

PLANTED = {
    "name": "Suparmanto Wiyoko",
    "username": "sitizulaikhah77",
    "last": "Zulaikhahwati",
    "story": "rambutnya gimbal memakai sarung kotak ungu",
    "age": "berumur enampuluhtujuh",
    "landmark": "belakang musala Baiturrohim Krajan",
    "phone": "81234567890",
    "caption": "difoto dari jembatan bambu",
    "lat": "7.893612",
    "lon": "112.663914",
    "worker": "Bambang Hartoyoso",
    "nik": "3507241203780005",
}


async def test_the_files_and_the_log_hold_none_of_twelve_values_and_no_token(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with world(tmp_path) as w:
        tksk = await w.worker("tksk", SINGOSARI, PLANTED["worker"])
        siti = w.person(
            "Siti", last_name=PLANTED["last"], username=PLANTED["username"], phone_number="+62" + PLANTED["phone"]
        )
        await siti.start()
        await w.settle()
        await w.press(siti, "Lapor", "Setuju", "Tetangga", "Lansia", "Tidak ada", "kirim lokasi")
        await siti.pin(-float(PLANTED["lat"]), float(PLANTED["lon"]))
        await w.settle()
        await w.press(siti, "terdekat", "Tidak tahu")
        await w.say(siti, PLANTED["landmark"])
        await w.press(siti, "Hari ini")
        await w.say(siti, f"{PLANTED['name']}, {PLANTED['age']}, {PLANTED['story']}, {PLANTED['nik']}")
        await siti.photo(caption=PLANTED["caption"])
        await w.settle()
        await w.press(siti, "Boleh, kirim nomor")
        await siti.contact()
        await w.settle()
        await w.press(siti, "Kirim laporan")
        await w.press(tksk, "Saya tangani")
        shown = "\n".join(message.text for message in tksk.from_bot())
        assert PLANTED["landmark"] in shown
        assert PLANTED["phone"] in shown
        held = b"".join(path.read_bytes() for path in tmp_path.glob("tersapa.db*"))
        token = w.telegram.token
    held += b"".join(path.read_bytes() for path in tmp_path.glob("tersapa.db*"))
    lines = "\n".join(JsonLines((token,)).format(record) for record in caplog.records)
    for name, value in PLANTED.items():
        assert value.encode() not in held, name
        if name != "worker":
            assert value not in lines, name
    assert token.encode() not in held
    assert token not in lines
    assert not re.search(r"\d{6,}:[A-Za-z0-9_-]{20,}", lines)


@given(st.text(), st.text("abcdef", min_size=1), st.text("ghijkl", min_size=1))
def test_a_value_opens_only_in_its_own_row(text: str, row: str, other: str) -> None:
    key = secrets.token_bytes(32)
    sealed = seal(key, "report", "body", row, text)
    assert open_sealed(key, "report", "body", row, sealed) == text
    with pytest.raises(SealError):
        open_sealed(key, "report", "body", other, sealed)
    with pytest.raises(SealError):
        open_sealed(key, "draft", "body", row, sealed)
    flipped = bytearray(sealed)
    flipped[-1] ^= 1
    with pytest.raises(SealError):
        open_sealed(key, "report", "body", row, bytes(flipped))


def test_no_nonce_is_used_twice() -> None:
    """Two values under one key and nonce give away both, so the same text looks new each time it is sealed."""
    key, data_key = new_key(), new_key()
    ring = Keyring({"k1": key})
    sealed = [seal(key, "report", "body", "r1", "sama") for _ in range(500)]
    sealed += [ring.wrap(data_key, "house")[0] for _ in range(500)]
    nonces, ciphertexts = {value[1:13] for value in sealed}, {value[13:] for value in sealed}
    assert len(nonces) == len(ciphertexts) == len(sealed)


def _opened(folder: Path, keys: Path) -> Database:
    db = Database(str(folder / "a.db"), Vault(read_keys(keys)))
    schema.require(db)
    assert db.vault is not None
    db.write(db.vault.unlock)
    return db


def test_the_wrong_keys_refuse_to_start(tmp_path: Path) -> None:
    make_keys(tmp_path / "one")
    make_keys(tmp_path / "two")
    _opened(tmp_path, tmp_path / "one").close()
    with pytest.raises(SealError, match="does not open with this key"):
        _opened(tmp_path, tmp_path / "two")


def test_lost_or_readable_keys_are_refused_in_a_sentence(tmp_path: Path) -> None:
    settings = Settings.model_validate({"database": {"url": str(tmp_path / "a.db")}})
    db = Database(settings.database.url)
    schema.migrate(db)
    vault = Vault(open_keys(settings, db))
    db.write(vault.unlock)
    keys = tmp_path / "a.keys"
    assert keys.stat().st_mode & 0o777 == 0o600
    keys.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        open_keys(settings, db)
    keys.unlink()
    with pytest.raises(ConfigError, match="restore it from your backup"):
        open_keys(settings, db)
    db.close()


def test_rotation_wraps_again_and_both_keys_work_meanwhile(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    make_keys(keys)
    _opened(tmp_path, keys).close()
    make_keys(tmp_path / "new")
    fresh = (tmp_path / "new").read_text().replace("k1:", "k2:")
    keys.write_text(fresh + keys.read_text())
    db = _opened(tmp_path, keys)
    assert db.vault is not None
    assert db.write(db.vault.rotate) == 1
    assert db.write(db.vault.rotate) == 0
    db.close()


def test_the_oldest_key_may_not_go(tmp_path: Path) -> None:
    """Blind indexes are made with it: without it no phone number on the roster would be found again."""
    keys = tmp_path / "keys"
    make_keys(keys)
    old = keys.read_text()
    _opened(tmp_path, keys).close()
    make_keys(tmp_path / "new")
    fresh = (tmp_path / "new").read_text().replace("k1:", "k2:")
    keys.write_text(fresh + old)
    db = _opened(tmp_path, keys)
    assert db.vault is not None
    db.write(db.vault.rotate)
    db.close()
    keys.write_text(fresh)
    with pytest.raises(SealError, match="put the oldest key back"):
        _opened(tmp_path, keys)
    keys.write_text(fresh + old)
    _opened(tmp_path, keys).close()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"# nothing\n",
        b"k1:short\n",
        b"k1:c2hvcnQ=\n",
        b"\xff\xfe\x00",
        b"no colon\n",
        "k1:é\n".encode(),
    ],
)
def test_a_broken_keys_file_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys").write_bytes(content)
    with pytest.raises(SealError, match="key"):
        read_keys(tmp_path / "keys")


def test_new_keys_are_made_only_where_nothing_was_sealed(tmp_path: Path) -> None:
    settings = Settings.model_validate({"database": {"url": str(tmp_path / "a.db")}})
    db = Database(settings.database.url)
    schema.migrate(db)
    open_keys(settings, db, make=False)
    assert not (tmp_path / "a.keys").exists()
    vault = Vault(open_keys(settings, db))
    db.write(vault.unlock)
    (tmp_path / "a.keys").unlink()
    for make in (True, False):
        with pytest.raises(ConfigError, match="restore it from your backup"):
            open_keys(settings, db, make=make)
    db.close()


async def test_a_restart_opens_what_was_sealed(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju")
    await w.stop()
    await w.start()
    await w.press(siti, "Tetangga")
    assert siti.find("Keadaannya seperti apa?")
