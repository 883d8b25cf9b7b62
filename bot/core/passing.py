"""*Tidak bisa*: a case is passed on at the first press, and why is asked afterwards (words.md, section 4b).

No reason counts against anybody: none is added up anywhere. It is told to whoever is asked next.
"""

from datetime import UTC, datetime, time, timedelta

from bot.core.hours import WIB

REASONS = (
    "bukan_wilayah",
    "luar_kota",
    "sakit",
    "tidak_aman",
    "kasus_lain",
    "kerabat",
    "kendaraan",
    "polisi_medis",
    "lain",
)
IN_WORDS = "lain"
"""This one may be told in words."""
FIRST = 4
"""So many are shown first."""
TONIGHT = "malam"
"""*Tidak bisa malam ini*: of a darurat at night; why is asked in the morning."""
HIDDEN = frozenset({"kerabat"})
"""Told as if there were no reason: that somebody is kin would name who is reported, and who knows them."""
ASKED_AT = time(7)


def passed_on(reason: str | None) -> bool:
    """Whether somebody with this reason said themselves that they cannot take a case."""
    return reason is None or reason == TONIGHT or reason in REASONS


def next_morning(now: datetime) -> datetime:
    """When it is asked why, after a night."""
    local = now.astimezone(WIB)
    day = local.date() + timedelta(days=local.time() >= ASKED_AT)
    return datetime.combine(day, ASKED_AT, WIB).astimezone(UTC)
