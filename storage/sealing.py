"""Sealing: what people wrote is encrypted before it reaches the database, and bound to its row and column.

A value is `0x01 | nonce(12) | AES-GCM(text padded to 64-byte steps)`; its associated data names table, column
and id, so a ciphertext moved to another row does not open. Data keys (one for the house, one a case) are
wrapped by the keys file; rotating that file re-wraps data keys only, destroying a data key shreds a case.
"""

import base64
import errno
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage import private

VERSION = b"\x01"
STEP = 64
HOUSE = "house"
"""The data key of what belongs to no case: updates, messages, drafts, the roster."""


class SealError(Exception):
    """A sealed value does not open: wrong key, moved or changed bytes."""


class Keyring:
    """The keys of the keys file; the first one wraps what is new."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise SealError("the keys file holds no key")
        for name, key in keys.items():
            if len(key) != 32:
                raise SealError(f"key {name!r} must be 32 bytes, not {len(key)}")
        self._keys = dict(keys)
        self.current = next(iter(keys))

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self._keys)})"

    @property
    def index_key(self) -> bytes:
        """The secret of blind indexes, from the oldest key so that rotation does not change it."""
        return self._keys[list(self._keys)[-1]]

    def wrap(self, data_key: bytes, name: str) -> tuple[bytes, str]:
        """The data key under the current key, and that key's name."""
        return seal(
            self._keys[self.current], "datakey", "wrapped", name, base64.b64encode(data_key).decode()
        ), self.current

    def unwrap(self, wrapped: bytes, kek_id: str, name: str) -> bytes:
        """The data key again; SealError when this keys file is not the one it was wrapped with."""
        if kek_id not in self._keys:
            raise SealError(f"the keys file has no key {kek_id!r}; this database was sealed with it")
        return base64.b64decode(open_sealed(self._keys[kek_id], "datakey", "wrapped", name, wrapped))


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(32)


def read_keys(path: Path) -> Keyring:
    """The keys file: lines of `name:base64`, the first is current; SealError says what is wrong with it."""
    keys: dict[str, bytes] = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        raise SealError(f"{path}: not a keys file (lines of name:base64 are expected)") from None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, text = line.strip().partition(":")
        try:
            keys[name] = base64.b64decode(text, validate=True)
        except ValueError:
            raise SealError(f"{path}, line {number}: not a key (name:base64 is expected)") from None
    try:
        return Keyring(keys)
    except SealError as error:
        raise SealError(f"{path}: {error}") from None


def make_keys(path: Path) -> Keyring:
    """A new keys file that only its owner can read; an existing one is never overwritten."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:  # that is not what is asked for a keys file
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path.parent)) from None
    with os.fdopen(private.create(path), "w", encoding="utf-8") as file:
        file.write(f"k1:{base64.b64encode(new_key()).decode()}\n")
        file.flush()
        os.fsync(file.fileno())  # a power cut that keeps the database must not take its keys
    return read_keys(path)


def seal(key: bytes, table: str, column: str, row: str, text: str) -> bytes:
    """`text` sealed for exactly this row and column."""
    plain = text.encode("utf-8", "surrogatepass")
    padded = len(plain).to_bytes(4, "big") + plain + b"\0" * (-(len(plain) + 4) % STEP)
    nonce = secrets.token_bytes(12)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, padded, _bound_to(table, column, row))


def open_sealed(key: bytes, table: str, column: str, row: str, sealed: bytes) -> str:
    """The text again; SealError when the key is wrong or the bytes were changed or moved."""
    if sealed[:1] != VERSION:
        raise SealError(f"{table}.{column}: not a sealed value")
    try:
        padded = AESGCM(key).decrypt(sealed[1:13], sealed[13:], _bound_to(table, column, row))
    except InvalidTag:
        raise SealError(f"{table}.{column}: does not open with this key") from None
    size = int.from_bytes(padded[:4], "big")
    return padded[4 : 4 + size].decode("utf-8", "surrogatepass")


def _bound_to(table: str, column: str, row: str) -> bytes:
    return f"{table}|{column}|{row}".encode()
