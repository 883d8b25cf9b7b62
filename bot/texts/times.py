"""Times and lengths as people here say them: WIB, a dot between hour and minute."""

from datetime import date, datetime, timedelta

from bot.core.hours import WIB
from bot.core.words import Words
from bot.texts.catalog import Speech

DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


def clock(at: datetime) -> str:
    """ "14.30"."""
    return at.astimezone(WIB).strftime("%H.%M")


def day_words(at: datetime, now: datetime) -> Words:
    """ "hari ini", "besok", or the weekday's name with its date when it is further away."""
    local, today = at.astimezone(WIB).date(), now.astimezone(WIB).date()
    if local == today:
        return Words("hari-ini")
    if local == today + timedelta(days=1):
        return Words("hari-besok")
    return date_words(local)


def date_words(date: date) -> Words:
    """The weekday's name with the date: "Senin 2/3"."""
    weekday = Words(f"hari-{DAYS[date.weekday()]}")
    return Words("hari-tanggal", {"hari": weekday, "tanggal": f"{date.day}/{date.month}"})


def day(speech: Speech, at: datetime, now: datetime) -> str:
    """`day_words` in one language."""
    return speech.label(day_words(at, now))


def full_date(speech: Speech, when: date) -> dict[str, str]:
    """The values `hari` and `tanggal` of a text: "Senin", "2 Maret 2026"."""
    month = speech.word(f"bulan-{when.month}")
    date_words = speech.word("tanggal", hari=str(when.day), bulan=month, tahun=str(when.year))
    return {"hari": speech.word(f"hari-{DAYS[when.weekday()]}"), "tanggal": date_words}


def age(speech: Speech, length: timedelta) -> str:
    """A rounded length: minutes, then hours, then days."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 60:
        return speech.word("umur-menit", jumlah=str(minutes))
    if minutes < 48 * 60:
        return speech.word("umur-jam", jumlah=str(minutes // 60))
    return speech.word("umur-hari", jumlah=str(minutes // (24 * 60)))
