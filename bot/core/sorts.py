"""What a ladder may depend on besides the urgency: where a case is, and of what sort it is (row 37)."""

from collections.abc import Iterator
from typing import Literal, NamedTuple


class Sort(NamedTuple):
    """The codes of the category of a case and of its flag, as far as they are known."""

    category: str | None = None
    flag: str | None = None


ANY = Sort()
"""A case of which no more is known than its urgency and its place."""


class Reach(NamedTuple):
    """What another ladder is meant for: a place (None: everywhere), and a flag or category (None: all of them)."""

    place: str | None = None
    by: Literal["flag", "category"] | None = None
    code: str | None = None


def reaches(place: str | None, sort: Sort) -> Iterator[Reach]:
    """What another ladder may be meant for to fit a case at a place (code of any level), the one that wins first.

    The nearest place wins: the kecamatan, then its kabupaten/kota, then everywhere. At the same place the flag wins
    over the category, and that over a ladder for all.
    """
    for code in dict.fromkeys((place, place[:5], None) if place else (None,)):
        if sort.flag is not None:
            yield Reach(code, "flag", sort.flag)
        if sort.category is not None:
            yield Reach(code, "category", sort.category)
        yield Reach(code)
