"""Which buttons of a case somebody sees at once: five at most, then *Lainnya*, chosen by how it stands (row 62).

A new button is a name in its place of `ORDER` and of `FIRST`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

MOST = 5


class Stand(StrEnum):
    """Whether the reader is asked about the case, or has it, and what is awaited of them then."""

    ASKED = "asked"
    TAKEN = "taken"
    """The first word and the visit are awaited,"""
    HEARD = "heard"
    """only the visit,"""
    OWNED = "owned"
    """or neither."""


_OWNED = ("progress", "met", "missed", "wait", "finish", "contacts", "pictures", "grade", "back", "read", "undo")
_LATER = ("finish", "wait", "back", "pictures")
_VISIT = ("met", "missed", "read", "undo")
_SELDOM = ("progress", "back", "pictures", "grade")
ORDER: dict[Stand, tuple[str, ...]] = {
    Stand.ASKED: ("take", "called", "mute", "write", "read", "contacts", "graver", "raise", "decline"),
    Stand.TAKEN: _OWNED,
    Stand.HEARD: _OWNED,
    Stand.OWNED: _OWNED,
}
"""From the top of the screen to its bottom."""
FIRST: dict[Stand, tuple[str, ...]] = {
    Stand.ASKED: ("take", "decline", "called", "mute", "read", "write", "contacts", "graver", "raise"),
    Stand.TAKEN: ("progress", "met", "missed", "read", "undo", *_LATER),
    Stand.HEARD: (
        "met",
        "missed",
        "read",
        "undo",
        "wait",
        "contacts",
        "finish",
        "progress",
        "back",
        "pictures",
        "grade",
    ),
    Stand.OWNED: (
        "progress",
        "read",
        "undo",
        "finish",
        "wait",
        "contacts",
        "back",
        "pictures",
        "met",
        "missed",
        "grade",
    ),
}
"""Which are shown before others."""
GRAVE: dict[Stand, tuple[str, ...]] = {
    **FIRST,
    Stand.HEARD: (
        "met",
        "missed",
        "read",
        "undo",
        "contacts",
        "wait",
        "finish",
        "progress",
        "back",
        "pictures",
        "grade",
    ),
    Stand.OWNED: (
        "progress",
        "read",
        "undo",
        "contacts",
        "finish",
        "wait",
        "back",
        "pictures",
        "met",
        "missed",
        "grade",
    ),
}
"""The same in darurat, where whoever has the case phones first."""
PROTECTED = ("pictures", "wait")
"""Where pictures open by a tap only, that button stands before this one."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The names that are shown, and those behind *Lainnya*, each in their order."""

    shown: tuple[str, ...]
    rest: tuple[str, ...] = ()


def screen(there: Collection[str], stand: Stand, *, grave: bool) -> Screen:
    """The buttons of one screen, of those that are `there`."""
    order = tuple(name for name in ORDER[stand] if name in there)
    if len(order) <= MOST:
        return Screen(order)
    ranks = [name for name in (GRAVE if grave else FIRST)[stand] if name in there]
    first, second = PROTECTED
    if first in ranks and second in ranks:
        ranks.remove(first)
        ranks.insert(ranks.index(second), first)
    top = set(ranks[:MOST])
    return Screen(tuple(name for name in order if name in top), tuple(name for name in order if name not in top))
