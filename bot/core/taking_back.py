"""A report that its reporter takes back: whether its case ends by that (row 158).

Whoever takes it back may be forced to. Where somebody may be in danger, or has the case already, it goes on: a human
sees to it. So it does where the news of the report comes by a clock, for an answer would tell whether somebody has it.
"""

from dataclasses import dataclass

GRAVE = "darurat"


@dataclass(frozen=True, slots=True)
class Asked:
    """What matters of a report that is taken back, and of its case."""

    unowned: bool
    """Nobody has the case."""
    urgency: str
    locked: bool
    """Its kind, or who sent it, has news by a fixed clock."""
    of_oneself: bool
    alone: bool
    """Nobody else's report of the case goes on."""


def is_safe(asked: Asked) -> bool:
    """Whether the report is over; else the wish is noted, and the case goes on."""
    return asked.unowned and asked.urgency != GRAVE and not asked.locked and not asked.of_oneself


def ends_case(asked: Asked) -> bool:
    """Whether the case is over with it."""
    return is_safe(asked) and asked.alone
