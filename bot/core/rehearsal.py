"""A rehearsal of the ladder: who would be asked when if nobody answered, by the same decisions as in earnest.

Cards are taken to be delivered the moment they may ring. Nobody waits for the answer of
somebody who goes on leave meanwhile.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.core.escalation import (
    Alarm,
    AskState,
    AskView,
    CaseView,
    Climb,
    People,
    Policy,
    Remind,
    Repeat,
    Stuck,
    Wait,
    next_action,
)
from bot.core.hours import WIB, Hours
from bot.core.ownership import first_word_by, visit_by, word_by
from bot.core.sorts import ANY, Reach, Sort
from bot.core.workdays import Calendar, unknown_years

REPEATS = 2
"""How often the end of the ladder is shown; it goes on until a human acts."""
LONGEST = 500
"""Steps after which a rehearsal is broken off: reminders without end."""


class Kind(StrEnum):
    """What happens at a step."""

    ASK = "ask"
    REMIND = "remind"
    REPEAT = "repeat"
    STUCK = "stuck"  # nobody at all can be asked


@dataclass(frozen=True, slots=True)
class Step:
    """At `at` these people (person -> role) are asked or reminded; their phones ring at `rings_at`.

    `skipped` are the rungs below on which nobody could be asked; of a stuck case rung and rings_at say nothing.
    """

    kind: Kind
    at: datetime
    rings_at: datetime
    rung: int
    asked: Mapping[str, str]
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """Who can be asked at a moment, who is on leave then, the moments at which that changes, and who only listens."""

    people_at: Callable[[datetime], People]
    away_at: Callable[[datetime], Collection[str]] = lambda _: ()
    turns: tuple[datetime, ...] = ()
    listeners: frozenset[str] = frozenset()


def rehearse(policy: Policy, began: datetime, company: Company) -> list[Step]:
    """Every step of a case accepted at `began` that nobody answers, until the end was repeated `REPEATS` times."""
    case, now, steps = CaseView(began), began, list[Step]()
    roles: dict[str, str] = {}
    while len(steps) < LONGEST and sum(step.kind is Kind.REPEAT for step in steps) < REPEATS:
        people = company.people_at(now)
        case = _without(case, company.away_at(now))
        match next_action(case, now, policy, people):
            case Climb(rung, names, rings_at) | Repeat(rung, names, rings_at) as action:
                roles |= _roles(policy.rungs[rung].ask, people, names)
                kind, skipped = (Kind.ASK, action.skipped) if isinstance(action, Climb) else (Kind.REPEAT, ())
                steps.append(Step(kind, now, rings_at, rung, {name: roles[name] for name in names}, skipped))
                case = _asked(case, rung, names, rings_at, company.listeners)
            case Remind(names, rings_at, reached):
                steps.append(Step(Kind.REMIND, now, rings_at, case.rung, {name: roles[name] for name in names}))
                case = _reminded(case, dict(zip(names, reached, strict=True)))
            case Alarm():
                case = replace(case, alarmed=True)
            case Wait(until):
                now = min([until, *_later(company.turns, now)])
            case Stuck():
                if not steps or steps[-1].kind is not Kind.STUCK:
                    steps.append(Step(Kind.STUCK, now, now, max(case.rung, 0), {}))
                if not (later := _later(company.turns, now)):
                    break
                now = min(later)
            case _:  # pragma: no cover - nobody takes the case of a rehearsal
                break
    return steps


def _later(turns: Iterable[datetime], now: datetime) -> list[datetime]:
    return [turn for turn in turns if turn > now]


def _roles(rung: Iterable[str], people: People, names: Iterable[str]) -> dict[str, str]:
    """The role in which each is asked: one of this rung, else any they have."""
    return {name: next(role for role in (*rung, *people) if name in people.get(role, ())) for name in names}


def _asked(
    case: CaseView, rung: int, names: tuple[str, ...], rings_at: datetime, listeners: Collection[str]
) -> CaseView:
    fresh = (AskView(name, rung, AskState.WAITING, rings_at, rings_at, listens=name in listeners) for name in names)
    others = (ask for ask in case.asks if ask.person not in names)
    return replace(case, rung=rung, fired_at=rings_at, asks=(*others, *fresh))


def _reminded(case: CaseView, reached: Mapping[str, int]) -> CaseView:
    asks = (replace(ask, reminded=reached.get(ask.person, ask.reminded)) for ask in case.asks)
    return replace(case, asks=tuple(asks))


def _without(case: CaseView, away: Collection[str]) -> CaseView:
    asks = (replace(ask, state=AskState.DEAD) if ask.person in away else ask for ask in case.asks)
    return replace(case, asks=tuple(asks))


@dataclass(frozen=True, slots=True)
class OwnersClock:
    """By when somebody who takes the case at `taken_at` must be heard, if they speak at the last moment each time."""

    taken_at: datetime
    first_word: datetime
    visit: datetime
    progress: datetime


def owners_clock(urgency: str, taken_at: datetime, hours: Hours, calendar: Calendar) -> OwnersClock:
    """The three deadlines after a case was taken."""
    visit = visit_by(urgency, taken_at, hours)
    return OwnersClock(taken_at, first_word_by(urgency, taken_at, hours), visit, word_by(visit, hours, calendar))


@dataclass(frozen=True, slots=True)
class Absent:
    """Why nobody of a role is asked: vacant, unbound, unreachable, leave (and until when), or asked (already)."""

    role: str
    why: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A step, and which roles that should have been asked by then were not."""

    step: Step
    absent: tuple[Absent, ...]

    @property
    def held(self) -> bool:
        """Whether the phones stay silent until the opening."""
        return self.step.rings_at > self.step.at

    @property
    def roles(self) -> dict[str, int]:
        """How many people are asked per role; no names, for whoever sets the ladder needs none."""
        return dict(Counter(self.step.asked.values()))


@dataclass(frozen=True, slots=True)
class Made:
    """The report of a rehearsal: how urgent it is, where, when it is accepted, and of what sort if that is known."""

    urgency: str
    kecamatan: str
    began: datetime
    sort: Sort = ANY


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All that is shown of one rehearsal; `override` is what the ladder is meant for, None for the usual one."""

    made: Made
    override: Reach | None
    imaginary: bool
    lines: tuple[Line, ...]
    clock: OwnersClock | None
    calendar: Calendar

    @property
    def days_off(self) -> list[tuple[date, str]]:
        """The holidays on which somebody is asked: the ladder counts calendar hours."""
        moments = (moment for line in self.lines for moment in (line.step.at, line.step.rings_at))
        days = sorted({moment.astimezone(WIB).date() for moment in moments})
        return [(day, self.calendar.days_off[day]) for day in days if day in self.calendar.days_off]

    @property
    def not_counted(self) -> list[tuple[date, str]]:
        """The holidays among the owner's last fourteen working days."""
        if self.clock is None:
            return []
        first, last = (moment.astimezone(WIB).date() for moment in (self.clock.visit, self.clock.progress))
        return self.calendar.named(first + timedelta(days=1), last)

    @property
    def unknown_years(self) -> list[int]:
        """The years it reaches into whose holidays nobody has told us."""
        return unknown_years(self.calendar, self.made.began, self.clock.progress if self.clock else self.made.began)
