"""Where the service has begun: in the whole province, or in some kabupaten/kota of it (row 15).

Elsewhere nobody works yet whom a ladder could ask: JSC reads of calm reports in a daily list, and is asked at once
about what is darurat.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from bot.core.escalation import Policy, Rung
from bot.core.hours import WIB
from bot.core.roles import PLACES

GRAVE = "darurat"
LIST_AT, LIST_ENDS = time(8), time(20)
"""When JSC reads the daily list (WIB), and until when one that was missed is made up for."""


@dataclass(frozen=True, slots=True)
class Service:
    """The kabupaten/kota where it has begun, by code; none are named where it has begun everywhere."""

    kabupaten: Collection[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether it has begun in the whole province."""
        return not self.kabupaten

    def has_begun(self, place: str | None) -> bool:
        """Whether it has begun at a place (any code); where nobody knows the place, nobody is turned away."""
        return self.whole or place is None or place[:5] in self.kabupaten

    def list_for(self, urgency: str, kabupaten: str | None, now: datetime) -> datetime | None:
        """When JSC reads next of a case in its daily list; None for a case that people are asked about."""
        return None if urgency == GRAVE or self.has_begun(kabupaten) else next_list(now)


def next_list(now: datetime) -> datetime:
    """When the next daily list is made, in UTC."""
    local = now.astimezone(WIB)
    at = datetime.combine(local.date(), LIST_AT, WIB)
    return (at if local < at else at + timedelta(days=1)).astimezone(UTC)


def of_the_province(policy: Policy) -> Policy:
    """The ladder of a place where only JSC is: the rungs on which it is asked, the first of them at once."""
    kept = [(rung, asked) for rung in policy.rungs if (asked := _of_jsc(rung.ask))]
    turns = tuple(asked for turn in policy.turns if (asked := _of_jsc(turn)))
    if not kept:
        return replace(policy, rungs=(Rung(timedelta(0), ("jsc",)),), turns=())
    first = kept[0][0].after
    rungs = tuple(replace(rung, after=rung.after - first, ask=asked) for rung, asked in kept)
    return replace(policy, rungs=rungs, turns=turns)


def _of_jsc(roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(role for role in roles if PLACES[role][0].level == "provinsi")
