"""The contact book of a place as a worker reads it, each line with when it was written down; pure (row 136)."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.contact_book import Entry, is_old
from bot.core.hours import WIB
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column

MOST = 20
"""Entries of one message."""
FEW = 5
"""Entries beside something else."""


def book(speech: Speech, place: str, entries: Sequence[Entry], now: datetime, keys: Sequence[Key]) -> Message:
    """Whom to phone there; a number that was written down long ago says so."""
    if not entries:
        return Message(speech.say("kontak_kosong", tempat=place), column(keys), protected=True)
    lines = [speech.say("kontak_judul", tempat=place), *(_line(speech, one, now) for one in entries[:MOST])]
    if more := len(entries) - MOST:
        lines += [speech.say("r_lagi", jumlah=str(more))] if more > 0 else []
    return Message("\n".join(lines), column(keys), protected=True)


def helpers(speech: Speech, entries: Sequence[Entry], now: datetime) -> str:
    """Whom to phone who can go along, as lines of another message."""
    if not entries:
        return speech.say("w_teman_nomor_umum")
    return "\n".join([speech.say("w_teman_nomor"), *(_line(speech, one, now) for one in entries[:FEW])])


def _line(speech: Speech, one: Entry, now: datetime) -> str:
    at = one.noted_at.astimezone(WIB)
    when = {"bulan": speech.word(f"bulan-{at.month}"), "tahun": str(at.year)}
    noted = speech.say("kontak_lama" if is_old(one.noted_at, now) else "kontak_dicatat", **when)
    kind = speech.word(f"kontak-{one.kind}")
    return f"{speech.say('kontak_baris', macam=kind, nama=one.name, telepon=one.phone)} ({noted})"
