"""Mutant: a press takes the case without a look at its status."""

from bot.actions import respond
from bot.cli import main
from bot.core.moves import Event, Status, after


def blind(status: Status, event: Event) -> Status | None:
    """Every acknowledgement is welcome."""
    return Status.ACKNOWLEDGED if event is Event.ACKNOWLEDGE else after(status, event)


respond.__dict__["after"] = blind
main()
