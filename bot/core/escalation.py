"""The ladder: what has to happen to a case now, decided by one pure function (rows 52-61, 64, 117).

`next_action` never reads a clock, a table or a roster: the case, the moment, the policy and the people who
could be asked are arguments. Offsets count from the delivery of the first ping, with a ceiling of twice the
first wait from acceptance; a rung fires no sooner than its gap after the previous one really fired.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.hours import Hours

LADDER_ROLES = ("tksk", "deputy", "koordinator", "dinsos", "jsc", "jsc2")
GRACE = timedelta(minutes=10)
"""After downtime the people already asked get this long before a rung is climbed (presses are lost after 150 s)."""
STUCK = timedelta(minutes=5)
"""A case that nobody can be asked about is looked at again after this long."""


class AskState(StrEnum):
    """What became of one ask."""

    WAITING = "waiting"
    DECLINED = "declined"
    DEAD = "dead"  # the ping can never arrive
    OVER = "over"  # somebody took the case, or the round ended


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: after how long, which roles, and when each is reminded (offsets from the rung)."""

    after: timedelta
    ask: tuple[str, ...]
    remind: tuple[timedelta, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """The ladder of one urgency."""

    rungs: tuple[Rung, ...]
    repeat: timedelta
    hours: Hours = field(default_factory=Hours)

    def __post_init__(self) -> None:
        if not self.rungs:
            raise ValueError("a ladder needs at least one rung")
        if self.repeat <= timedelta(0):
            raise ValueError("repeat must be longer than nothing")
        if any(b.after < a.after for a, b in zip(self.rungs, self.rungs[1:], strict=False)):
            raise ValueError("rungs must be in the order of their times")
        if any(wait <= timedelta(0) for rung in self.rungs for wait in rung.remind):
            raise ValueError("a reminder must come after its rung")

    @property
    def first_wait(self) -> timedelta:
        """How long the first rung has before the second is due (the repeat, if there is only one)."""
        return (self.rungs[1].after - self.rungs[0].after) if len(self.rungs) > 1 else self.repeat

    def gap(self, rung: int) -> timedelta:
        """The least time between rung-1 and rung."""
        return self.rungs[rung].after - self.rungs[rung - 1].after


@dataclass(frozen=True, slots=True)
class AskView:
    """One person asked: `person` is an opaque key, `fired_at` when the ask was allowed to ring."""

    person: str
    rung: int
    state: AskState
    fired_at: datetime
    delivered_at: datetime | None = None
    reminded: int = 0


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the ladder needs to know of a case in its present round.

    `rung` is the highest one climbed (-1 before the first); `fired_at` is when it (or its last repeat) was
    allowed to ring; `grace_until` holds climbing back after downtime.
    """

    accepted_at: datetime
    open: bool = True
    rung: int = -1
    fired_at: datetime | None = None
    asks: tuple[AskView, ...] = ()
    grace_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Climb:
    """Ask `people` on `rung`; their messages may ring from `rings_at` on. `skipped` rungs had nobody."""

    rung: int
    people: tuple[str, ...]
    rings_at: datetime
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Remind:
    """Remind these people (already asked) with a short reply to their first card."""

    people: tuple[str, ...]
    rings_at: datetime


@dataclass(frozen=True, slots=True)
class Repeat:
    """Ask `people` again, as the ladder's last `rung`; this goes on until a human acts."""

    rung: int
    people: tuple[str, ...]
    rings_at: datetime


@dataclass(frozen=True, slots=True)
class Stuck:
    """Nobody on any rung can be asked: the case is red, an admin must hear it, look again at `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do before `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Stop:
    """The ladder does not run on this case."""


Action = Climb | Remind | Repeat | Stuck | Wait | Stop
People = Mapping[str, Sequence[str]]
"""Who can be asked now, per role of the ladder: the vacant, absent, unreachable and kin are not in it."""


def next_action(case: CaseView, now: datetime, policy: Policy, people: People, *, at_once: bool = False) -> Action:
    """What has to happen to `case` at `now`; at most one step, so that no outage makes a storm.

    `at_once` is a worker's wish to climb without waiting; on the last rung it asks again.
    """
    if not case.open:
        return Stop()
    last = len(policy.rungs) - 1
    rung = min(case.rung, last)  # a policy that lost rungs strands nobody
    if rung < 0 or case.fired_at is None:
        return _climb(case, 0, now, policy, people)

    alive = [ask for ask in case.asks if ask.rung == case.rung and ask.state is AskState.WAITING]
    if not alive or at_once:  # everybody on this rung is dead or said no: the next one, at once
        return _climb(case, rung + 1, now, policy, people) if rung < last else _repeat(case, now, policy, people)

    times: list[datetime] = []
    if rung < last:
        due = _due(case, rung + 1, policy)
        if due <= now:
            return _climb(case, rung + 1, now, policy, people)
        times.append(due)
    else:
        due = policy.hours.opening(max(case.fired_at + policy.repeat, _grace(case)))
        if due <= now:
            return _repeat(case, now, policy, people)
        times.append(due)

    reminders = {ask.person: when for ask in alive if (when := _reminder(ask, policy.rungs[rung], policy))}
    ripe = tuple(person for person, when in reminders.items() if when <= now)
    if ripe:
        return Remind(ripe, policy.hours.opening(now))
    times.extend(when for when in reminders.values() if when < due)
    return Wait(min(times))


def _due(case: CaseView, rung: int, policy: Policy) -> datetime:
    """When `rung` is to be climbed: from delivery, under the ceiling, one gap after the last one rang."""
    assert case.fired_at is not None
    delivered = min((ask.delivered_at for ask in case.asks if ask.delivered_at), default=None)
    ceiling = case.accepted_at + policy.first_wait
    start = ceiling if delivered is None else min(delivered, ceiling)
    due = start + policy.rungs[rung].after - policy.rungs[0].after
    return policy.hours.opening(max(due, case.fired_at + policy.gap(rung), _grace(case)))


def _grace(case: CaseView) -> datetime:
    return case.grace_until or case.accepted_at


def _reminder(ask: AskView, rung: Rung, policy: Policy) -> datetime | None:
    """The next reminder of this ask: counted from when it rang, never before it was delivered."""
    if ask.reminded >= len(rung.remind) or ask.delivered_at is None:
        return None
    return policy.hours.opening(max(ask.fired_at, ask.delivered_at) + rung.remind[ask.reminded])


def _climb(case: CaseView, rung: int, now: datetime, policy: Policy, people: People) -> Action:
    """Climb to `rung`, or past rungs on which nobody can be asked; the last rung may ask again."""
    asked = {ask.person for ask in case.asks}
    skipped: list[int] = []
    for step in range(rung, len(policy.rungs)):
        fresh = _people(policy.rungs[step], people, asked)
        if fresh:
            return Climb(step, fresh, policy.hours.opening(now), tuple(skipped))
        skipped.append(step)
    return _repeat(case, now, policy, people)


def _repeat(case: CaseView, now: datetime, policy: Policy, people: People) -> Action:
    """Ask again from the top down: the highest rung that has anybody at all; nobody = stuck."""
    if case.fired_at is not None:
        alive = any(ask.state is AskState.WAITING for ask in case.asks)
        pause = policy.repeat if alive or case.rung >= len(policy.rungs) - 1 else timedelta(0)
        due = policy.hours.opening(max(case.fired_at + pause, _grace(case)))
        if due > now:
            return Wait(due)
    for step in reversed(range(len(policy.rungs))):
        everybody = _people(policy.rungs[step], people, set())
        if everybody:
            return Repeat(len(policy.rungs) - 1, everybody, policy.hours.opening(now))
    return Stuck(now + STUCK)


def _people(rung: Rung, people: People, without: set[str]) -> tuple[str, ...]:
    names = dict.fromkeys(person for role in rung.ask for person in people.get(role, ()))
    return tuple(person for person in names if person not in without)
