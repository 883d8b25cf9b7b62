"""Times and lengths as people here say them: WIB, a dot between hour and minute."""

from datetime import date, datetime, timedelta

from bot.core.days import DAYS as DAYS
from bot.core.days import date_words as date_words
from bot.core.hours import WIB
from bot.core.words import Words
from bot.texts.catalog import Speech


def clock(at: datetime) -> str:
    """ "14.30"."""
    return at.astimezone(WIB).strftime("%H.%M")


def day_words(at: datetime) -> Words:
    """The weekday's name with its date; never "today": what is said now may be read after a night or an outage."""
    return date_words(at.astimezone(WIB).date())


def day(speech: Speech, at: datetime) -> str:
    """`day_words` in one language."""
    return speech.label(day_words(at))


def at_words(at: datetime) -> dict[str, Words | str]:
    """The values `hari` and `jam` of a text: an absolute moment with its day."""
    return {"hari": day_words(at), "jam": clock(at)}


def full_date(speech: Speech, when: date) -> dict[str, str]:
    """The values `hari` and `tanggal` of a text: "Senin", "2 Maret 2026"."""
    month = speech.word(f"bulan-{when.month}")
    written = speech.word("tanggal", hari=str(when.day), bulan=month, tahun=str(when.year))
    return {"hari": speech.word(f"hari-{DAYS[when.weekday()]}"), "tanggal": written}


def age(speech: Speech, length: timedelta) -> str:
    """A rounded length: minutes, then hours, then days."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 60:
        return speech.word("umur-menit", jumlah=str(minutes))
    if minutes < 48 * 60:
        return speech.word("umur-jam", jumlah=str(minutes // 60))
    return speech.word("umur-hari", jumlah=str(minutes // (24 * 60)))
