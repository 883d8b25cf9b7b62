"""The moves of a case: one table, and what it does not list is refused."""

from enum import StrEnum


class Status(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Event(StrEnum):
    """What can happen to a case."""

    ACKNOWLEDGE = "acknowledge"
    DECLINE = "decline"
    UNDO = "undo"  # the winner pressed by mistake
    RELEASE = "release"  # given back, or taken back because nothing was heard
    WAIT = "wait"  # the owner waits for something outside, until a date
    WITHDRAW = "withdraw"
    CLOSE = "close"
    REOPEN = "reopen"


MOVES: dict[tuple[Status, Event], Status] = {
    (Status.OPEN, Event.ACKNOWLEDGE): Status.ACKNOWLEDGED,
    (Status.OPEN, Event.DECLINE): Status.OPEN,
    (Status.OPEN, Event.WITHDRAW): Status.WITHDRAWN,
    (Status.OPEN, Event.CLOSE): Status.CLOSED,
    (Status.ACKNOWLEDGED, Event.UNDO): Status.OPEN,
    (Status.ACKNOWLEDGED, Event.RELEASE): Status.OPEN,
    (Status.ACKNOWLEDGED, Event.WAIT): Status.ACKNOWLEDGED,
    (Status.ACKNOWLEDGED, Event.WITHDRAW): Status.WITHDRAWN,
    (Status.ACKNOWLEDGED, Event.CLOSE): Status.CLOSED,
    (Status.CLOSED, Event.REOPEN): Status.OPEN,
    (Status.WITHDRAWN, Event.REOPEN): Status.OPEN,
}

ENDS = frozenset({Status.CLOSED, Status.WITHDRAWN})
"""A case at one of these needs no next due time; every other case has one (CHECK constraint)."""


def after(status: Status, event: Event) -> Status | None:
    """The status that `event` leads to, or None when the move is refused."""
    return MOVES.get((status, event))
