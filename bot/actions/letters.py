"""Mail: a number and "buka bot" for JSC, and word to the admins when Telegram is silent; never a personal value."""

import hashlib
from datetime import datetime

from sqlmodel import Session

from bot.actions.house import House
from bot.core.words import Label
from storage import outbox
from storage.tables import Case


def lane_of(address: str) -> int:
    """The lane of a mail address: a number that stays when the list in the settings changes."""
    return int.from_bytes(hashlib.sha256(address.lower().encode()).digest()[:6], "big")


def reached(session: Session, house: House, case: Case, now: datetime) -> None:
    """The case reached the province (again): each JSC address reads its number and opens the bot."""
    speech = house.texts.of(None)
    for address in house.settings.jsc.emails:
        if outbox.waits(session, outbox.MAIL, lane_of(address), case.id):
            continue  # a repetition says the same words: one that has not left yet is enough
        subject = speech.word("m_judul", nomor=case.number)
        text = speech.word("m_isi", nomor=case.number, tautan=house.link).strip()
        _put(session, address, subject, text, "letter", now, (case.id, case.round))


def to_admins(session: Session, house: House, key: str, now: datetime, **values: str | Label) -> None:
    """Write `key` to the admins whom the settings name; nothing when they name none."""
    speech = house.texts.of(None)
    for address in house.settings.smtp.admins:
        _put(session, address, speech.word("m_judul_pengelola"), speech.word(key, **values), "notice", now, None)


def _put(
    session: Session, address: str, subject: str, text: str, kind: str, now: datetime, case: tuple[str, int] | None
) -> None:
    outbox.put(
        session,
        channel=outbox.MAIL,
        dest=lane_of(address),
        kind=kind,
        payload={"to": address, "subject": subject, "text": text},
        priority=outbox.URGENT,
        now=now,
        case=case,
    )
