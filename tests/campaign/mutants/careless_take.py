"""Mutant: a case is taken without a look at whether somebody has it; of four who press, four win."""

from bot.actions import respond
from bot.core.moves import Event, Status, after
from tests.campaign.named import main


def careless(status: Status, event: Event) -> Status | None:
    """Every acknowledgement is welcome."""
    return Status.ACKNOWLEDGED if event is Event.ACKNOWLEDGE else after(status, event)


if __name__ == "__main__":
    respond.__dict__["after"] = careless
    main()
