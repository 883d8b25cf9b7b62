"""Mail: a number and "buka bot" for JSC, and word to the admins when Telegram is silent; never a personal value."""

import hashlib

from bot.actions.turn import Turn
from bot.core.words import Label
from storage import kinds, outbox
from storage.kinds import Kind
from storage.outbox import Outgoing
from storage.tables import Case


def lane_of(address: str) -> int:
    """The lane of a mail address: a number that stays when the list in the settings changes."""
    return int.from_bytes(hashlib.sha256(address.lower().encode()).digest()[:6], "big")


def reached(turn: Turn, case: Case) -> None:
    """The case reached the province (again): each JSC address reads its number and opens the bot."""
    speech = turn.house.texts.of(None)
    for address in turn.house.settings.jsc.emails:
        if outbox.waits(turn.session, outbox.MAIL, lane_of(address), case.id):
            continue  # a repetition says the same words: one that has not left yet is enough
        subject = speech.word("m_judul", nomor=case.number)
        text = speech.word("m_isi", nomor=case.number, tautan=turn.house.link).strip()
        _put(turn, address, subject, text, kinds.LETTER, (case.id, case.round))


def to_admins(turn: Turn, key: str, **values: str | Label) -> None:
    """Write `key` to the admins whom the settings name; nothing when they name none."""
    speech = turn.house.texts.of(None)
    for address in turn.house.settings.smtp.admins:
        _put(turn, address, speech.word("m_judul_pengelola"), speech.word(key, **values), kinds.NOTICE, None)


def _put(turn: Turn, address: str, subject: str, text: str, kind: Kind, case: tuple[str, int] | None) -> None:
    payload = {"to": address, "subject": subject, "text": text}
    outbox.put(turn.session, Outgoing(outbox.MAIL, lane_of(address), kind, payload, case=case), turn.now)
