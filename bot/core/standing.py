"""How a case stands: every state column of it, who was asked, and what an event depends on."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.escalation import AskView, CaseView, People, Policy
from bot.core.workdays import Calendar


class Status(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


ENDS = frozenset({Status.CLOSED, Status.WITHDRAWN})
"""A case at one of these needs no next due time; every other case has one (CHECK constraint)."""


@dataclass(frozen=True, slots=True)
class State:
    """Every state column of a case; the defaults are what a cleared column holds."""

    status: Status
    round: int
    round_at: datetime
    rung: int = -1
    """The highest rung climbed in this round; -1 before the first."""
    fired_at: datetime | None = None
    """When that rung, or its last repeat, was allowed to ring."""
    grace_until: datetime | None = None
    stuck: bool = False
    alarmed: bool = False
    """Whether the admins were told in this round that nobody has it."""
    quiet_until: datetime | None = None
    """Until when nobody is rung again: somebody phones, or JSC muted it (`mutes` counts how often)."""
    mutes: int = 0
    owner_id: str | None = None
    former_id: str | None = None
    """Who had the case last in this round: they hear who takes it."""
    released_at: datetime | None = None
    """When the last owner let it go; a case taken by mistake was never theirs."""
    acknowledged_at: datetime | None = None
    heard_at: datetime | None = None
    """When the owner was heard last; None before their first word."""
    visit_by: datetime | None = None
    """By when the owner must have met the person; None once they have."""
    reminded: int = 0
    """How often the silent owner was asked, and when first."""
    asked_at: datetime | None = None
    waiting_for: str | None = None
    handed_to: str | None = None
    """To whom the owner wants to hand it, and until when they may answer; until they accept, the owner has it."""
    handed_until: datetime | None = None
    company_id: str | None = None
    """Whom the owner asked to go along, when, until when they may answer, and what they said (bot.core.company)."""
    company_at: datetime | None = None
    company_until: datetime | None = None
    company_says: str | None = None
    outcome: str | None = None
    closed_at: datetime | None = None
    next_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as it stands: its state, and who was asked in this round."""

    state: State
    asks: tuple[AskView, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What a move depends on besides the case: its ladder, days off, and who can be asked now."""

    urgency: str
    policy: Policy
    calendar: Calendar
    people: People = field(default_factory=dict)
    listeners: frozenset[str] = frozenset()
    """Groups that read along."""
    ask_again: bool = False
    """Nobody was asked or reminded since the outage that gave grace."""
    listed_until: datetime | None = None
    """When JSC reads of it next, where the service has not begun."""


@dataclass(frozen=True, slots=True)
class Given:
    """What an event brings with it; a row reads what it needs."""

    by: str = ""
    """The member who does it, or who is meant."""
    role: str | None = None
    """Their role, where the timeline keeps it and nobody came through the door."""
    reason: str | None = None
    outcome: str | None = None
    days: int = 0
    rung: int = -1
    people: tuple[str, ...] = ()
    reached: tuple[int, ...] = ()
    """How many reminders each of `people` has then had."""
    rings_at: datetime | None = None
    absent: frozenset[str] = frozenset()
    """Who of those asked cannot be reached any more."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with all it depends on."""

    before: Standing
    now: datetime
    around: Around
    given: Given

    @property
    def opening(self) -> datetime:
        """When the case may ring next."""
        return self.around.policy.hours.opening(self.now)


def view(standing: Standing, *, ask_again: bool = False, listed_until: datetime | None = None) -> CaseView:
    """The case as the ladder sees it."""
    state = standing.state
    return CaseView(
        accepted_at=state.round_at,
        open=state.status is Status.OPEN,
        rung=state.rung,
        fired_at=state.fired_at,
        asks=standing.asks,
        grace_until=state.grace_until,
        quiet_until=state.quiet_until,
        alarmed=state.alarmed,
        ask_again=ask_again,
        listed_until=listed_until,
    )
