"""Which replicas live on one PostgreSQL: they share the pace that Telegram allows a bot (row 163).

Each says at every beat that it lives. One that joins is silent until the others must have counted it, and one that
stood still joins anew: so at no moment do all of them together speak faster than one would.
"""

from time import monotonic

from sqlalchemy import bindparam, text

from storage.session import Session
from storage.types import new_id

LIVES = 30.0
"""Seconds after its last beat for which a replica is counted; it holds its own share for less,"""
HOLDS = 20.0
JOINS = 15.0
"""and is silent for so many when it joins: longer than the others need from one beat to the next."""

_IN_TURN = text("SELECT pg_advisory_xact_lock(hashtext('replica'))")
"""Of two that begin at once, one counts the other."""
_BEAT = text(
    "INSERT INTO meta (name, value, at) VALUES (:name, '', clock_timestamp())"
    " ON CONFLICT (name) DO UPDATE SET at = clock_timestamp()"
)
_COUNT = text(
    "SELECT count(*) FROM meta WHERE name LIKE 'replica:%' AND at > clock_timestamp() - make_interval(secs => :lives)"
).bindparams(bindparam("lives", LIVES))
_BURY = text("DELETE FROM meta WHERE name LIKE 'replica:%' AND at < clock_timestamp() - interval '1 hour'")
_LEAVE = text("DELETE FROM meta WHERE name = :name")


class Replica:
    """This process among those that work on its database."""

    def __init__(self) -> None:
        self._name = {"name": f"replica:{new_id()}"}
        self._joined = self._last = -LIVES
        self._shares = False

    def beat(self, session: Session) -> int:
        """Say that it lives; returns among how many the pace is shared, 0 while it must be silent."""
        session.core(_IN_TURN)
        session.core(_BURY)
        session.core(_BEAT, self._name)
        count = int(session.core(_COUNT).scalar_one())
        now = monotonic()
        if now - self._last >= HOLDS:  # it begins, or stood still so long that the others may speak for it
            self._joined, self._shares = now, False
        self._last = now
        self._shares = self._shares or count == 1 or now - self._joined >= JOINS
        return count if self._shares else 0

    def leave(self, session: Session) -> None:
        """It ends: the others speak faster from their next beat on."""
        session.core(_LEAVE, self._name)
