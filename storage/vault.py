"""The vault: data keys by name, unwrapped once and kept in memory; sealing as sessions use it."""

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Iterable

from sqlalchemy import inspect
from sqlmodel import Session, select

from storage.sealing import HOUSE, Keyring, SealError, new_key, open_sealed, seal
from storage.tables import DataKey, Meta

CANARY, CANARY_TEXT = "canary", "tersapa"
INDEX = "index"
CACHE = 4096


class Vault:
    """Seals and opens with the house's key or a case's own."""

    def __init__(self, keyring: Keyring) -> None:
        self._ring = keyring
        self._keys: OrderedDict[str, bytes] = OrderedDict()

    def __repr__(self) -> str:
        return "Vault()"

    def unlock(self, session: Session) -> None:
        """Load the house's key, or make it in an empty database; SealError when these are the wrong keys."""
        self._keys.clear()  # of a first try that lost the race to make the house's key
        canary = session.get(Meta, CANARY)
        if canary is None:
            self.create(session, HOUSE)
            sealed = self.seal(session, "meta", "value", CANARY, CANARY_TEXT)
            session.add(Meta(name=CANARY, value=sealed.hex()))
            self._check_index(session)
            return
        try:
            self.open(session, "meta", "value", CANARY, bytes.fromhex(canary.value))
        except SealError as error:
            raise SealError(
                f"this is not the keys file this database was sealed with ({error}); "
                "restore the right one from your backup"
            ) from None

        self._check_index(session)

    def _check_index(self, session: Session) -> None:
        """Refuse a keys file whose oldest key was taken away: it opens everything, but would find no number again."""
        known, mine = session.get(Meta, INDEX), self.index(CANARY, CANARY_TEXT)
        if known is None:
            session.add(Meta(name=INDEX, value=mine))
        elif known.value != mine:
            raise SealError(
                "the last key of the keys file is not the one this database finds chats and phone numbers with; "
                "put the oldest key back as the last line"
            )

    def create(self, session: Session, name: str) -> None:
        """A new data key under `name`."""
        key = new_key()
        wrapped, kek_id = self._ring.wrap(key, name)
        session.add(DataKey(id=name, wrapped=wrapped, kek_id=kek_id))
        self._remember(name, key)

    def seal(self, session: Session, table: str, column: str, row: str, text: str, *, key: str = HOUSE) -> bytes:
        """`text` sealed for this row and column."""
        return seal(self._key(session, key), table, column, row, text)

    def open(self, session: Session, table: str, column: str, row: str, sealed: bytes, *, key: str = HOUSE) -> str:
        """The text of a sealed value."""
        return open_sealed(self._key(session, key), table, column, row, sealed)

    def index(self, field: str, value: str) -> str:
        """A blind index: equal values are found without being stored."""
        digest = hmac.new(self._ring.index_key, f"{field}|{value}".encode(), hashlib.sha256)
        return digest.hexdigest()[:32]

    def load(self, rows: Iterable[DataKey]) -> None:
        """Unwrap these data keys, as far as they are not known."""
        for row in rows:
            if row.id not in self._keys:
                self._remember(row.id, self._ring.unwrap(row.wrapped, row.kek_id, row.id))

    def rotate(self, session: Session) -> int:
        """Wrap every data key with the current key of the keys file; returns how many changed."""
        changed = 0
        for row in session.exec(select(DataKey).where(DataKey.kek_id != self._ring.current)):
            key = self._ring.unwrap(row.wrapped, row.kek_id, row.id)
            row.wrapped, row.kek_id = self._ring.wrap(key, row.id)
            session.add(row)
            changed += 1
        return changed

    def _key(self, session: Session, name: str) -> bytes:
        key = self._keys.get(name)
        if key is None:
            row = session.get(DataKey, name)
            if row is None:
                raise SealError(f"the data key {name!r} is gone")
            key = self._ring.unwrap(row.wrapped, row.kek_id, name)
            self._remember(name, key)
        return key

    def _remember(self, name: str, key: bytes) -> None:
        self._keys[name] = key
        if len(self._keys) > CACHE:
            oldest = next(iter(self._keys))
            if oldest != HOUSE:
                del self._keys[oldest]
            else:
                self._keys.move_to_end(HOUSE)


def is_sealed(session: Session) -> bool:
    """Whether something was sealed in this database; then its keys cannot be new."""
    if not inspect(session.connection()).has_table(DataKey.__tablename__):
        return False
    return session.exec(select(DataKey.id).limit(1)).first() is not None
