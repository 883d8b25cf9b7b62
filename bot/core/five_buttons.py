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


_ASKED = ("take", "company", "called", "mute", "write", "read", "contacts", "graver", "raise", "decline")
_LATER = ("pictures", "grade", "hand", "unhand", "back", "read", "undo")
_OWNED = ("progress", "met", "missed", "wait", "finish", "company", "alone", "contacts", *_LATER)
ORDER: dict[Stand, tuple[str, ...]] = {
    Stand.ASKED: _ASKED,
    Stand.TAKEN: _OWNED,
    Stand.HEARD: _OWNED,
    Stand.OWNED: _OWNED,
}
"""From the top of the screen to its bottom."""
_STANDS = ("alone", "unhand")
"""What takes a question back that was asked: it is there as long as nobody has answered."""
_OPEN = ("read", "undo", *_STANDS)
_VISIT, _SELDOM = ("met", "missed", *_OPEN), ("back", "pictures", "grade", "hand", "company")
_WORD = ("progress", *_OPEN)
FIRST: dict[Stand, tuple[str, ...]] = {
    Stand.ASKED: ("take", "decline", "called", "mute", "read", "write", "contacts", "graver", "raise", "company"),
    Stand.TAKEN: ("progress", *_VISIT, "contacts", "finish", "wait", *_SELDOM),
    Stand.HEARD: (*_VISIT, "wait", "contacts", "finish", "progress", *_SELDOM),
    Stand.OWNED: (*_WORD, "finish", "wait", "contacts", *_SELDOM, "met", "missed"),
}
"""Which are shown before others."""
GRAVE: dict[Stand, tuple[str, ...]] = {
    **FIRST,
    Stand.HEARD: (*_VISIT, "contacts", "wait", "finish", "progress", *_SELDOM),
    Stand.OWNED: (*_WORD, "contacts", "finish", "wait", *_SELDOM, "met", "missed"),
}
"""The same in darurat, where whoever has the case phones first."""
ESCORTED: dict[Stand, tuple[str, ...]] = {
    **GRAVE,
    Stand.ASKED: ("take", "decline", "called", "mute", "read", "write", "contacts", "company", "graver", "raise"),
    Stand.TAKEN: (
        *_WORD,
        "contacts",
        "company",
        "met",
        "missed",
        "finish",
        "wait",
        "back",
        "pictures",
        "grade",
        "hand",
    ),
    Stand.HEARD: (*_VISIT, "contacts", "company", "wait", "finish", "progress", "back", "pictures", "grade", "hand"),
}
"""The same where nobody should go alone: whom to phone goes before whom to ask along."""
PROTECTED = ("pictures", "wait")
"""Where pictures open by a tap only, that button stands before this one."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The names that are shown, and those behind *Lainnya*, each in their order."""

    shown: tuple[str, ...]
    rest: tuple[str, ...] = ()


def screen(there: Collection[str], stand: Stand, *, grave: bool, escorted: bool = False) -> Screen:
    """The buttons of one screen, of those that are `there`."""
    order = tuple(name for name in ORDER[stand] if name in there)
    if len(order) <= MOST:
        return Screen(order)
    table = ESCORTED if escorted else GRAVE if grave else FIRST
    ranks = [name for name in table[stand] if name in there]
    first, second = PROTECTED
    if first in ranks and second in ranks:
        ranks.remove(first)
        ranks.insert(ranks.index(second), first)
    top = set(ranks[:MOST])
    return Screen(tuple(name for name in order if name in top), tuple(name for name in order if name not in top))
