"""The ladder: what has to happen to a case now, decided by one pure function (rows 52-61, 64, 117).

`next_action` never reads a clock, a table or a roster: the case, the moment, the policy and the people who
could be asked are arguments. Offsets count from the delivery of the first ping, with a ceiling of twice the
first wait from acceptance; a rung fires no sooner than its gap after the previous one really fired. A held
send "fires" when it may ring.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.hours import Hours

URGENCIES = ("darurat", "mendesak", "biasa")
GRACE = timedelta(minutes=10)
"""After downtime the people already asked get this long before a rung is climbed (presses are lost after 150 s)."""
STUCK = timedelta(minutes=5)
"""A case that nobody can be asked about is looked at again after this long."""
CALM = timedelta(minutes=10)
"""The end of the ladder is not asked again sooner, however often somebody presses *Eskalasi sekarang*."""


QUIET = timedelta(minutes=30)
"""After *Sudah saya telepon* nobody is rung again for this long;"""
MUTED, MUTES = timedelta(hours=1), 2
"""and for this long after JSC muted a case, so often in a round at most."""


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
    again: bool = False
    """Whether it also rings those of its people who were asked before and have not answered."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The ladder of one urgency."""

    rungs: tuple[Rung, ...]
    repeat: timedelta
    hours: Hours = field(default_factory=Hours)
    turns: tuple[tuple[str, ...], ...] = ()
    """Which roles the end of the ladder asks, one after the other; with none, the highest rung each time."""
    alarm: timedelta | None = None
    """After how long without anybody the admins are told."""

    def __post_init__(self) -> None:
        if not self.rungs:
            raise ValueError("a ladder needs at least one rung")
        if self.repeat <= timedelta(0):
            raise ValueError("repeat must be longer than nothing")
        if any(b.after < a.after for a, b in zip(self.rungs, self.rungs[1:], strict=False)):
            raise ValueError("rungs must be in the order of their times")
        if any(wait <= timedelta(0) for rung in self.rungs for wait in rung.remind):
            raise ValueError("a reminder must come after its rung")
        if self.rungs[0].after:
            raise ValueError("the first rung is asked at once: its time must be 0")
        if any(list(rung.remind) != sorted(set(rung.remind)) for rung in self.rungs):
            raise ValueError("reminders must be in the order of their times")
        if {role for turn in self.turns for role in turn} - {role for rung in self.rungs for role in rung.ask}:
            raise ValueError("turns may name only roles that a rung asks")
        if self.alarm is not None and self.alarm <= timedelta(0):
            raise ValueError("alarm must be longer than nothing")

    @property
    def first_wait(self) -> timedelta:
        """How long the first rung has before a later one is due (the repeat, if none is)."""
        return next((rung.after for rung in self.rungs if rung.after), self.repeat)

    def gap(self, rung: int) -> timedelta:
        """The least time between rung-1 and rung."""
        return self.rungs[rung].after - self.rungs[rung - 1].after


@dataclass(frozen=True, slots=True)
class AskView:
    """One person asked: `person` is an opaque key, `fired_at` when the ask was allowed to ring.

    `listens`: a group that reads one silent card; where a named person is asked too, nobody waits for it.
    """

    person: str
    rung: int
    state: AskState
    fired_at: datetime
    delivered_at: datetime | None = None
    reminded: int = 0
    listens: bool = False
    asked: int = 1
    """How often they were asked in this round."""
    reason: str | None = None
    """Why nobody waits for them any more."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the ladder needs to know of a case in its present round.

    `rung` is the highest one climbed (-1 before the first); `fired_at` is when it (or its last repeat) was
    allowed to ring; `grace_until` holds climbing back after downtime, and `ask_again` says that the people
    asked before it have not been asked again since.
    """

    accepted_at: datetime
    open: bool = True
    rung: int = -1
    fired_at: datetime | None = None
    asks: tuple[AskView, ...] = ()
    grace_until: datetime | None = None
    ask_again: bool = False
    quiet_until: datetime | None = None
    """Until when nobody is rung again, for somebody acts: only when nobody is left to answer it goes on before."""
    alarmed: bool = False
    """Whether the admins were told that nobody has it."""
    listed_until: datetime | None = None
    """Where nobody works yet: when JSC reads of it next. Once a rung was climbed, the ladder goes on."""


@dataclass(frozen=True, slots=True)
class Climb:
    """Ask `people` on `rung`; their messages may ring from `rings_at` on. `skipped` rungs had nobody."""

    rung: int
    people: tuple[str, ...]
    rings_at: datetime
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Remind:
    """Remind these people (already asked) with a short reply to their first card.

    `reached` is how many reminders each of them has then had: those that came due together are one.
    """

    people: tuple[str, ...]
    rings_at: datetime
    reached: tuple[int, ...]


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
class Alarm:
    """Nobody has taken the case for too long: the admins hear it, once a round."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do before `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Stop:
    """The ladder does not run on this case."""


Action = Climb | Remind | Repeat | Alarm | Stuck | Wait | Stop
People = Mapping[str, Sequence[str]]
"""Who can be asked now, per role of the ladder: the vacant, absent, unreachable and kin are not in it."""


def next_action(case: CaseView, now: datetime, policy: Policy, people: People, *, at_once: bool = False) -> Action:
    """What has to happen to `case` at `now`; at most one step, so that no outage makes a storm.

    `at_once` is a worker's wish to climb without waiting; at the end of the ladder it asks again, but not
    within `CALM` of the last time.
    """
    if not case.open:
        return Stop()
    action = _next(case, now, policy, people, at_once)
    if policy.alarm is None or case.alarmed or case.rung < 0 or not isinstance(action, Wait | Stuck):
        return action
    alarm = case.accepted_at + policy.alarm
    return Alarm() if alarm <= now else replace(action, until=min(action.until, alarm))


def _next(case: CaseView, now: datetime, policy: Policy, people: People, at_once: bool) -> Action:
    """The next step on the ladder itself."""
    last = len(policy.rungs) - 1
    rung = min(case.rung, last)  # a policy that lost rungs strands nobody
    if rung < 0 or case.fired_at is None:
        if case.listed_until is not None:
            return Wait(case.listed_until) if people.get("jsc") else Stuck(now + STUCK)
        return _climb(case, 0, now, policy, people)

    alive = _alive([ask for ask in case.asks if ask.rung == case.rung])
    if not alive or at_once:  # every ask on this rung is dead or declined: the next rung, at once
        return _climb(case, rung + 1, now, policy, people, at_once)

    if case.quiet_until is not None and now < case.quiet_until:
        return Wait(case.quiet_until)
    due = _due(case, rung, policy)
    if due <= now:
        step = _climb(case, rung + 1, now, policy, people)
        if not isinstance(step, Wait):
            return step
        due = step.until

    again = case.ask_again and case.grace_until is not None and now < case.grace_until
    rings_at = policy.hours.opening(now)
    ripe: dict[str, int] = {}
    times = [due]
    for ask in alive:
        if ask.delivered_at is None:  # never before the card itself was delivered
            continue
        planned = _reminders(ask, policy.rungs[rung], policy)
        left = planned[ask.reminded :]
        if again or (left and left[0] <= now):
            ripe[ask.person] = max(sum(when <= rings_at for when in planned), ask.reminded)
        times.extend(when for when in left if when < due)
    if ripe:
        return Remind(tuple(ripe), rings_at, tuple(ripe.values()))
    return Wait(min(times))


def goes_on_at(case: CaseView, policy: Policy) -> datetime:
    """When the ladder goes on if nobody answers and the card arrives as it rings: what may be promised."""
    assert case.fired_at is not None
    return _due(case, min(case.rung, len(policy.rungs) - 1), policy, undelivered=case.fired_at)


def _due(case: CaseView, rung: int, policy: Policy, undelivered: datetime | None = None) -> datetime:
    """When the step after `rung` is due: from delivery, under the ceiling, one gap after the last one rang."""
    assert case.fired_at is not None
    due = case.fired_at + policy.repeat
    if rung < len(policy.rungs) - 1:
        ceiling = case.accepted_at + policy.first_wait
        delivered = min((ask.delivered_at for ask in case.asks if ask.delivered_at), default=undelivered)
        start = ceiling if delivered is None else min(delivered, ceiling)
        due = max(start + policy.rungs[rung + 1].after, case.fired_at + policy.gap(rung + 1))
    return policy.hours.opening(max(due, _grace(case, policy)))


def _grace(case: CaseView, policy: Policy) -> datetime:
    """Until when nothing climbs by itself: people asked again in quiet hours have their grace from the opening on."""
    if case.grace_until is None:
        return case.accepted_at
    return policy.hours.opening(case.grace_until - GRACE) + GRACE


def _reminders(ask: AskView, rung: Rung, policy: Policy) -> list[datetime]:
    """When this ask is to be reminded: counted from when it rang, or from its delivery if that came later."""
    assert ask.delivered_at is not None
    rang = max(ask.fired_at, ask.delivered_at)
    return [policy.hours.opening(rang + wait) for wait in rung.remind]


def _alive(asks: Sequence[AskView]) -> list[AskView]:
    """Those who may still answer; a group that only listens counts where nobody else was asked."""
    named = [ask for ask in asks if not ask.listens] or asks
    return [ask for ask in named if ask.state is AskState.WAITING]


def _climb(case: CaseView, rung: int, now: datetime, policy: Policy, people: People, at_once: bool = False) -> Action:
    """Climb to `rung`, or past rungs on which nobody can be asked; past the last one the ladder repeats."""
    asked = {ask.person for ask in case.asks}
    silent = {ask.person for ask in case.asks if ask.state is AskState.WAITING and not ask.listens}
    skipped: list[int] = []
    for step in range(rung, len(policy.rungs)):
        again = policy.rungs[step].again and not at_once
        fresh = _people(policy.rungs[step], people, asked - silent if again else asked)
        if fresh:
            return Climb(step, fresh, policy.hours.opening(now), tuple(skipped))
        skipped.append(step)
    return _repeat(case, now, policy, people, at_once)


def _repeat(case: CaseView, now: datetime, policy: Policy, people: People, at_once: bool) -> Action:
    """Ask again, as the last rung, the highest rung that has anybody at all; nobody = stuck."""
    last = len(policy.rungs) - 1
    heard = {ask.person for ask in case.asks if ask.listens and ask.state is AskState.WAITING}
    everybody = _whose_turn(case, now, policy, people) or _highest(policy, people, heard)
    waiting = any(ask.state is AskState.WAITING for ask in case.asks)
    if case.fired_at is not None and (everybody or waiting):
        if not _alive([ask for ask in case.asks if ask.rung == case.rung]):
            # Ask at once who has not heard of it. A declined ask waits for the repeat; on the last rung a dead one too.
            heard |= {ask.person for ask in case.asks if case.rung >= last or ask.state is not AskState.DEAD}
            if others := _highest(policy, people, heard, strict=True):
                return Repeat(last, others, policy.hours.opening(now))
        due = _due(case, min(case.rung, last), policy)  # where nobody stands above, the time of the next rung counts
        if due > now and not (at_once and case.fired_at + CALM <= now):
            return Wait(due)
    return Repeat(last, everybody, policy.hours.opening(now)) if everybody else Stuck(now + STUCK)


def _whose_turn(case: CaseView, now: datetime, policy: Policy, people: People) -> tuple[str, ...]:
    """The people of the turn whose names at the ladder's end were rung longest ago; nobody, where there are no turns.

    Whoever stands further down is rung with it once in all turns only, and not if they declined.
    """
    asks = {ask.person: ask for ask in case.asks}
    ends = set(_people(policy.rungs[-1], people, set()))
    pause = policy.repeat * len(policy.turns)

    def rings(name: str) -> bool:
        ask = asks.get(name)
        if ask is None or ask.listens:
            return ask is None
        return name in ends or (ask.state is not AskState.DECLINED and ask.fired_at + pause <= now)

    found: list[tuple[datetime, tuple[str, ...]]] = []
    for roles in policy.turns:
        names = [name for role in roles for name in people.get(role, ()) if rings(name)]
        last = [asks[name].fired_at if name in asks else case.accepted_at for name in names if name in ends]
        if last:
            found.append((max(last), tuple(dict.fromkeys(names))))
    return min(found, key=lambda turn: turn[0], default=(now, ()))[1]


def _highest(policy: Policy, people: People, without: set[str], *, strict: bool = False) -> tuple[str, ...]:
    """The people of the highest rung that has any, less those in `without` (unless strict: if others are left)."""
    for rung in reversed(policy.rungs):
        everybody = _people(rung, people, set())
        if names := tuple(name for name in everybody if name not in without) or (() if strict else everybody):
            return names
    return ()


def _people(rung: Rung, people: People, without: set[str]) -> tuple[str, ...]:
    names = dict.fromkeys(person for role in rung.ask for person in people.get(role, ()))
    return tuple(person for person in names if person not in without)
