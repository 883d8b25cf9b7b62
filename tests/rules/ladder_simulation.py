"""The life of one case in a made-up world: cards arrive late or never, people say no, the bot is away, clocks jump.

`State` is the truth; the ladder sees of it what `view` shows, as `storage.cases.view` does, and `apply` does what
`bot/actions/ladder.py` does with a decision. Every pass is logged with the truth before and after it.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Literal

from bot.core.escalation import (
    GRACE,
    Action,
    Alarm,
    AskState,
    AskView,
    CaseView,
    Climb,
    Policy,
    Remind,
    Repeat,
    Stuck,
    Wait,
    next_action,
)

GROUP = "group"
AWAY = timedelta(minutes=3)
"""A shorter absence loses no press and needs no grace."""
Decide = Callable[..., Action]
What = Literal["decline", "press", "away", "roster", "policy", "clock", "take", "quiet"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a message: it arrives `delay` after it rang, or turns out dead then.

    `blocked`: its person cannot be asked any more, until another roster says so.
    """

    delay: timedelta
    arrives: bool = True
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens `at` after the report; `n` chooses among people, rosters or policies."""

    at: timedelta
    what: What
    n: int = 0
    length: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Story:
    """All that is drawn: the first policy and roster are those the case begins with."""

    accepted: datetime
    policies: tuple[Policy, ...]
    rosters: tuple[Mapping[str, Sequence[str]], ...]
    fates: tuple[Fate, ...] = (Fate(timedelta(seconds=2)),)
    events: tuple[Event, ...] = ()
    lag: timedelta = timedelta(0)
    forgiving: bool = True  # not darurat: after downtime there is grace


@dataclass(frozen=True, slots=True)
class Card:
    """One person's card as it truly is; `rang` holds when it and its reminders rang."""

    person: str
    rung: int
    serial: int
    rang: tuple[datetime, ...]
    state: AskState = AskState.WAITING
    delivered: datetime | None = None
    reached: int = 0
    lost_reminder: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The truth about a case; `was_due` is when its last step had been due."""

    accepted: datetime
    policy: Policy
    people: Mapping[str, Sequence[str]]
    open: bool = True
    rung: int = -1
    fired: datetime | None = None
    cards: tuple[Card, ...] = ()
    grace: datetime | None = None
    ask_again: bool = False
    was_due: datetime | None = None
    alarmed: bool = False
    quiet: datetime | None = None


def view(state: State) -> CaseView:
    """What the ladder is shown."""
    asks = (
        AskView(c.person, c.rung, c.state, c.rang[0], c.delivered, c.reached, c.person == GROUP) for c in state.cards
    )
    return CaseView(
        state.accepted,
        state.open,
        state.rung,
        state.fired,
        tuple(asks),
        state.grace,
        state.ask_again,
        state.quiet,
        state.alarmed,
    )


@dataclass(frozen=True, slots=True)
class Pass:
    """One look at the case: `number` is the same for all steps that one look took."""

    number: int
    now: datetime
    before: State
    action: Action
    after: State
    due: datetime
    at_once: bool = False


@dataclass(slots=True)
class Life:
    """A story played; mutants replace what decides, what is shown, or how many steps a look may take."""

    story: Story
    decide: Decide = next_action
    show: Callable[[State], CaseView] = view
    steps: int = 1
    log: list[Pass] = field(default_factory=list)
    _state: State = field(init=False)
    _time: datetime = field(init=False)
    _due: datetime = field(init=False)
    _skew: timedelta = timedelta(0)
    _back: datetime | None = None
    _numbers: "count[int]" = field(default_factory=count)
    _sent: "count[int]" = field(default_factory=count)
    _world: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)

    def play(self, passes: int = 150) -> list[Pass]:
        """From the report on, until all events are over and the end has repeated twice, or too many passes."""
        story = self.story
        self._time = self._due = story.accepted
        self._state = State(story.accepted, story.policies[0], story.rosters[0])
        for event in story.events:
            self._at(story.accepted + event.at, lambda event=event: self._happens(event))  # type: ignore[misc]
        lasting = (e.at + e.length * (e.what in ("away", "take", "clock")) for e in story.events)
        calm = story.accepted + max(lasting, default=timedelta(0))
        repeats = 0
        while len(self.log) < passes and repeats < 2:
            wakes = max(self._due - self._skew + story.lag, self._time)
            if self._back is not None:
                wakes = max(wakes, self._back)
            if self._world and self._world[0][0] <= wakes:
                self._time, _, work = heapq.heappop(self._world)
                work()
                continue
            self._time = wakes
            self._look()
            repeats += self._time > calm and isinstance(self.log[-1].action, Repeat)
        return self.log

    @property
    def _now(self) -> datetime:
        return self._time + self._skew

    def _at(self, time: datetime, work: Callable[[], None]) -> None:
        heapq.heappush(self._world, (max(time, self._time), next(self._numbers), work))

    def _look(self, at_once: bool = False) -> None:
        number = next(self._numbers)
        for _ in range(self.steps):
            before, now = self._state, self._now
            people = before.people
            action = self.decide(self.show(before), now, before.policy, people, at_once=at_once)
            self._state = self._apply(before, action, now)
            following = self.decide(self.show(self._state), now, before.policy, people)
            self._due = following.until if isinstance(following, Wait | Stuck) else now
            if not self._state.open:
                self._due = now + timedelta(days=1)
            self.log.append(Pass(number, now, before, action, self._state, self._due, at_once))
            if not isinstance(action, Climb | Repeat):
                break

    def _apply(self, state: State, action: Action, now: datetime) -> State:
        match action:
            case Climb(rung, people, rings_at) | Repeat(rung, people, rings_at):
                cards = {card.person: card for card in state.cards}
                for person in people:
                    cards[person] = Card(person, rung, next(self._numbers), (rings_at,))
                    self._send(cards[person], rings_at, self._arrived)
                return replace(
                    state,
                    rung=rung,
                    fired=rings_at,
                    cards=tuple(cards.values()),
                    grace=None,
                    ask_again=False,
                    quiet=None,
                    was_due=min(self._due, now),
                )
            case Remind(people, rings_at, reached):
                upto = dict(zip(people, reached, strict=True))
                for card in state.cards:
                    if card.person in upto:
                        self._send(card, rings_at, self._reminded)
                reminded = (
                    replace(c, reached=upto[c.person], rang=(*c.rang, rings_at)) if c.person in upto else c
                    for c in state.cards
                )
                return replace(state, cards=tuple(reminded), ask_again=False)
            case Alarm():
                return replace(state, alarmed=True)
        return state

    def _send(self, card: Card, rings_at: datetime, then: Callable[[Card, Fate], None]) -> None:
        fate = self.story.fates[next(self._sent) % len(self.story.fates)]
        self._at(max(rings_at - self._skew, self._time) + fate.delay, lambda: then(card, fate))

    def _arrived(self, card: Card, fate: Fate) -> None:
        if self._back is not None:  # the sender sleeps with the bot
            return self._at(self._back, lambda: self._arrived(card, fate))
        if fate.blocked and not fate.arrives:
            people = self._state.people.items()
            left = {role: [name for name in names if name != card.person] for role, names in people}
            self._state = replace(self._state, people=left)
        self._change(card, **({"delivered": self._now} if fate.arrives else {"state": AskState.DEAD}))
        return None

    def _reminded(self, card: Card, fate: Fate) -> None:
        if not fate.arrives:
            self._change(card, lost_reminder=True)

    def _change(self, card: Card, **values: object) -> None:
        """Change a card that is still the present one of its person; the case is looked at."""
        cards = (replace(c, **values) if c.serial == card.serial else c for c in self._state.cards)  # type: ignore[arg-type]
        self._state = replace(self._state, cards=tuple(cards))
        self._due = self._now

    def _happens(self, event: Event) -> None:
        state, story = self._state, self.story
        asked = [c for c in state.cards if c.state is AskState.WAITING and c.person != GROUP]
        if self._back is not None and event.what != "clock":  # people's presses wait at Telegram
            return self._at(self._back, lambda: self._happens(event))
        match event.what:
            case "away":
                self._back = self._time + event.length
                self._at(self._back, lambda: self._return(event.length))
            case "clock":
                self._skew += event.length * (-1 if event.n % 2 else 1)
            case "take":
                self._state, self._due = replace(state, open=False), self._now
                self._at(self._time + event.length, self._undo)
            case "roster":
                self._state = replace(state, people=story.rosters[event.n % len(story.rosters)])
                self._due = self._now
            case "policy":
                self._state = replace(state, policy=story.policies[event.n % len(story.policies)])
                self._due = self._now
            case "quiet" if asked and state.open:
                self._state, self._due = replace(state, quiet=self._now + event.length), self._now
            case "decline" if asked and state.open:
                self._change(asked[event.n % len(asked)], state=AskState.DECLINED)
            case "press" if state.open and any(card.rung == state.rung for card in asked):
                self._look(at_once=True)
        return None

    def _undo(self) -> None:
        self._state, self._due = replace(self._state, open=True), self._now

    def _return(self, length: timedelta) -> None:
        self._back, now = None, self._now
        if length >= AWAY and self.story.forgiving and self._state.rung >= 0 and self._due <= now + GRACE:
            self._state, self._due = replace(self._state, grace=now + GRACE, ask_again=True), now
