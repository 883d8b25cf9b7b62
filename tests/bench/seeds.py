"""What a bench puts into a database before its bot starts: keys, tables, ways in, drafts that stand at the review."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.config import load_settings
from bot.core import buttons as b
from bot.core.report_flow import REPORT
from bot.preflight import open_keys
from bot.texts.message import Message, call
from storage import addresses, drafts, kinds, outbox, roster, schema
from storage.database import Database
from storage.outbox import Outgoing
from storage.session import Session
from storage.vault import Vault
from tests.support.told import REVIEW, told

DAY = timedelta(days=1)
NEWS = "Kabar untuk"
CALM, GRAVE = ("Lansia", "Tidak ada"), ("Gangguan jiwa", "Menyerang")
"""Kind and danger of a biasa and of a darurat case."""


@contextmanager
def opened(config: Path) -> Iterator[Database]:
    """The database of a settings file, with its tables and keys made."""
    settings = load_settings(config)
    db = Database(settings.database.url)
    try:
        schema.require(db)
        db.vault = Vault(open_keys(settings, db))
        db.write(db.vault.unlock)
        yield db
    finally:
        db.close()


def invited(config: Path, *roles: tuple[str, str]) -> list[str]:
    """The payloads of the links by which people of these roles and areas come in."""
    now = datetime.now(UTC)
    with opened(config) as db:
        tokens = db.write(lambda session: [roster.invite(session, role, area, now)[0] for role, area in roles])
    return [f"i_{token}" for token in tokens]


def answered(kind: str, danger: str, kecamatan: str = "Kec. Singosari") -> dict[str, Any]:
    """What somebody has answered before the review of a report from Kab. Malang."""
    return told("Setuju", "Tetangga", kind, danger, "Tidak bisa telepon", "Pilih dari daftar", "Kab. Malang", kecamatan)


def at_the_review(config: Path, people: Iterable[int], answers: Mapping[str, Any]) -> dict[int, str]:
    """Drafts of these people in which only *Kirim laporan* is left; returns the data of that button."""
    now = datetime.now(UTC)

    def seed(session: Session) -> dict[int, str]:
        found = {}
        for person in people:
            draft = drafts.begin(session, chat_of(session, person), REPORT.name, answers, now, now + DAY)
            found[person] = b.Pick(draft.id, 0, REVIEW, "kirim").pack()
        return found

    with opened(config) as db:
        return db.write(seed)


def waiting(config: Path, people: Iterable[int]) -> None:
    """One message for each of these people that has not left yet."""
    now = datetime.now(UTC)

    def seed(session: Session) -> None:
        for person in people:
            chat = chat_of(session, person)
            words = call(Message(f"{NEWS} {person}"), chat)
            outbox.put(session, Outgoing(outbox.TELEGRAM, chat, kinds.NEWS, words), now)

    with opened(config) as db:
        db.write(seed)


def chat_of(session: Session, person: int) -> int:
    """The chat of a person with this Telegram id, as the tables name it."""
    return addresses.reference(session, person)


def stored(config: Path, table: str = "report") -> int:
    """How many rows a table has."""
    with opened(config) as db, db.engine.connect() as connection:
        return int(connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one())
