"""What becomes of the turns that share a transaction, and of the messages that are claimed in it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from handlers.turn import Toast
from storage.claims import Claims, Order
from storage.inbox import Head
from storage.session import Session


class Letting(Protocol):
    """Who sends: what a transaction of turns may claim for it, and what it has claimed."""

    def order(self, *, most: int) -> Order | None:
        """What may be claimed now, at most so much."""

    def take(self, order: Order | None, found: Claims | None) -> None:
        """These are claimed and leave; None: nothing was looked for, and something may wait."""

    def claim(self, session: Session, order: Order) -> Claims:
        """Claim what the order allows, in this transaction."""


@dataclass(slots=True)
class Round:
    """What became of the turns of one transaction."""

    wanted: list[Head] = field(default_factory=list)
    done: list[tuple[Head, datetime]] = field(default_factory=list)
    """Each with the moment of its turn."""
    toasts: list[Toast] = field(default_factory=list)
    failed: list[tuple[Head, Exception]] = field(default_factory=list)
    alone: list[Head] = field(default_factory=list)
    """These need a transaction of their own."""
    more: bool = False
    """Whether others may wait behind these."""
    claimed: Claims | None = None
    said: bool = False
    """Whether a message waits now that did not before."""
    heard: list[tuple[int, str | None, datetime, bool]] = field(default_factory=list)
    """Of each turn: its chat, the album it belongs to, its moment, and whether it counts for the chat's minute."""
    paused: list[Head] = field(default_factory=list)
    """These wait, since their chat sent too much in a minute,"""
    told: list[tuple[int, datetime]] = field(default_factory=list)
    """and these chats were told so."""
