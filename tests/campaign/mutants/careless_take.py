"""Mutant: a case is taken without a look at whether somebody has it; of four who press, four win."""

from bot.core.moves import MOVES, Event, Status
from tests.campaign.named import main

if __name__ == "__main__":
    MOVES[Status.ACKNOWLEDGED, Event.ACKNOWLEDGE] = MOVES[Status.OPEN, Event.ACKNOWLEDGE]
    main()
