"""The three groups of a worker's list, in their order, and which part of each stands on a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """What is expected of the worker."""

    ASKED = "dijawab"
    OWNED = "dikerjakan"
    WAITING = "menunggu"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases a group has, and how many of them are darurat, and late."""

    count: int = 0
    grave: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One case of a list, by its id."""

    group: Group
    case_id: str
    late: bool


def spans(counts: Mapping[Group, Tally], wanted: range) -> list[tuple[Group, range]]:
    """The places of a page as places within each group, in the order of the groups; empty parts are left out."""
    found, before = [], 0
    for group in Group:
        count = counts[group].count
        part = range(max(wanted.start - before, 0), min(wanted.stop - before, count))
        if len(part):
            found.append((group, part))
        before += count
    return found
