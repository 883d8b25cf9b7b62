"""What can become of one message; an adapter never raises for what the world does."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived."""

    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """It surely did not arrive and goes again, however often; `counts` False when the try was no attempt.

    `delay` None leaves the pause to the sender: it grows with the attempts.
    """

    why: str
    delay: timedelta | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can know whether it arrived."""

    why: str
    delay: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """Our own code failed on it: tried a few times, then given up, for it would hold its lane for ever."""

    why: str


@dataclass(frozen=True, slots=True)
class Never:
    """It can never arrive; `unreachable` when no other message to this chat can either."""

    why: str
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Plainer:
    """The text was refused; `shorter` when it was too long."""

    why: str
    shorter: bool = False


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group has a new address."""

    address: int


@dataclass(frozen=True, slots=True)
class Gone:
    """The message to edit is not there (any more); what it would have shown is said elsewhere too."""

    why: str


@dataclass(frozen=True, slots=True)
class Unauthorized:
    """The credentials are refused: everything on this channel pauses, nothing is used up.

    `delay` holds the row's own lane back for longer: a login that is tried too often gets locked.
    """

    why: str
    delay: timedelta | None = None


Outcome = Sent | Later | Unknown | Broken | Never | Plainer | Migrated | Gone | Unauthorized
