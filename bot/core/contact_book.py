"""Whom to phone in a kecamatan: the kinds of its contact book, and how long a number is taken for good (row 136)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

KINDS = ("puskesmas", "polsek", "bhabin", "pamong", "psm", "ppa", "rsj")
"""In the order in which they are read."""
HELPERS = ("polsek", "bhabin", "puskesmas", "pamong")
"""Who can go along to somebody, or be phoned before."""
GOOD_FOR = timedelta(days=365)
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the code of a kecamatan or kabupaten/kota, whose number it is, and when that was written down."""

    area: str
    kind: str
    name: str
    phone: str
    noted_at: datetime


def is_old(noted_at: datetime, now: datetime) -> bool:
    """Whether a number may have changed meanwhile."""
    return now - noted_at > GOOD_FOR
