"""What one run of the campaign is to be: how many reports, which kills, which faults; all drawn from one seed."""

import random
from dataclasses import dataclass, field
from typing import Literal

MIX = {
    "p429": 0.03,
    "p5xx": 0.02,
    "preset": 0.02,
    "pperform_reset": 0.015,
    "pdup_update": 0.05,
    "retry_after": 1,
}
"""Shares of all calls that fail, of sends whose answer is lost, and of updates that come twice."""

POINTS = {
    "intake_before_commit": 1.5,
    "intake_after_commit": 1.5,
    "intake_before_confirm": 1.5,
    "intake_after_confirm": 1.5,
    "turn_before_commit": 16.0,
    "turn_after_commit": 16.0,
    "sweep_before_commit": 3.0,
    "sweep_after_commit": 3.0,
    "claim_before_commit": 8.0,
    "claim_after_commit": 8.0,
    "send_before": 36.0,
    "send_after": 36.0,
    "record_before_commit": 36.0,
    "record_after_commit": 36.0,
}
"""The crash points of the production code, and about how often a report passes each."""

Trouble = Literal["frozen", "held", "restarted", "502", "500", "hang"]
TROUBLES: dict[str, tuple[Trouble, ...]] = {
    "sqlite": ("frozen", "502", "held", "hang", "frozen", "500"),
    "postgresql": ("restarted", "frozen", "502", "held", "hang", "restarted", "500"),
}
"""What befalls a whole run on each engine, in this order (tests/campaign/troubles.py)."""

RANDOM = "random"
"""Not a point: the supervisor kills whenever it likes."""


@dataclass(frozen=True, slots=True)
class Kill:
    """One SIGKILL: at the `visit`-th visit of a named point, or by the supervisor after `seconds`."""

    point: str
    visit: int = 1
    seconds: float = 0.0

    @property
    def named(self) -> bool:
        """Whether the process kills itself at a point."""
        return self.point != RANDOM


@dataclass(frozen=True, slots=True)
class Plan:
    """One run."""

    engine: str = "sqlite"
    reports: int = 300
    kills: tuple[Kill, ...] = ()
    seed: int = 1
    replicas: int = 1
    at_once: int = 48
    """So many residents hold their phones at the same time."""
    mix: dict[str, float] = field(default_factory=lambda: dict(MIX))
    troubles: tuple[Trouble, ...] = ()
    mutant: str | None = None
    patience: float = 30.0
    """Real seconds after which a person tries again what was not answered."""
    turns_clock: bool = True
    """Whether the clock is turned past the leases of whoever was killed; else they end in their own half a minute."""
    limits: bool = False
    """Whether Telegram refuses who sends faster than its limits, and the bot keeps its pace."""
    limit: float = 1200.0
    """Seconds after which the run gives up and is audited as it stands."""


def draw(engine: str, reports: int, kills: int, seed: int) -> Plan:
    """A plan from a seed: named points first, each once, what is left at random moments; in any order.

    Beside a living replica the clock is not turned, or its own messages on their way would count as unknown too.
    """
    chance = random.Random(seed)
    names = list(POINTS)
    chance.shuffle(names)
    replicas = 2 if engine == "postgresql" else 1
    apart = reports / max(1, kills) / replicas
    made = []
    for number in range(kills):
        if number < len(names):
            name = names[number]
            made.append(Kill(name, max(1, round(chance.uniform(0.3, 1.1) * apart * POINTS[name]))))
        else:
            made.append(Kill(RANDOM, seconds=chance.uniform(2.0, 8.0)))
    chance.shuffle(made)
    return Plan(engine, reports, tuple(made), seed, replicas, turns_clock=replicas == 1)
