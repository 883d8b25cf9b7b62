"""A conversation is a flow: an object with its steps, its words and how long it may lie unfinished (row 2).

Nothing here knows a chat, and no code that drives a flow names one of its steps: what differs from step to step is a
field. A step says how its question reads and what an input means to it; a draft is only its answers, so a restart, a
deploy, a new question, "back" and conditional questions all work (bot/core/walk.py). Names that begin with an
underscore are a step's own notes (a page of a list, places found) and never an answer.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from bot.core.buttons import Go
from bot.core.danger_list import DangerList
from bot.core.inputs import Input
from bot.core.knowledge import Knowledge
from bot.core.phrases import Phrases
from bot.core.places import Places
from bot.core.question import Again, Answered, Question, Result
from bot.core.service import Service
from bot.core.words import Words

Answers = Mapping[str, Any]
"""Answers by the name of their step; every value survives JSON."""


NO_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Known:
    """What a flow knows of the world: places, the field's categories, phrases, and what time it is (aware)."""

    places: Places
    knowledge: Knowledge
    phrases: Phrases = field(default_factory=lambda: Phrases(()))
    """By which a category is proposed."""
    service: Service = field(default_factory=Service)
    """Where the service has begun."""
    now: datetime = NO_TIME
    """Whoever asks or reads an answer in a chat sets it; a flow that asks for no date never looks."""
    dangers: DangerList = field(default_factory=lambda: DangerList(()))
    """By which a danger of a list is proposed."""
    posts: Callable[[], Collection[str]] = tuple
    """The kecamatan whose worker the person is; read only where a step asks."""


def always(_: Answers) -> bool:
    """The condition of a step that everybody is asked."""
    return True


Reader = Literal["review", "card", "owner", "notice"]


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a flow."""

    name: str
    ask: Callable[[Answers, Known], Question]
    read: Callable[[Answers, Input, Known], Result]
    when: Callable[[Answers], bool] = always
    drops: tuple[str, ...] = field(default=())
    """Answers that only make sense beside this one, forgotten when it changes."""
    notes: tuple[str, ...] = field(default=())
    """Its own notes in the draft, forgotten with its answer."""
    readers: tuple[Reader, ...] = ()
    """Who reads the answer: the one who gives it on the review, whoever is asked on the card, only the owner, or
    whoever is told of a leave by the notice."""
    unread: str = ""
    """Why nobody reads it, where nobody does."""
    consent: bool = False
    """It asks for the consent of its flow: whoever agreed to this very text is not asked again, and "back" skips it."""
    late: bool = False
    """It comes after the story: words that do not answer it go on with the story."""
    free: bool = False
    """Any words answer it."""

    def __post_init__(self) -> None:
        assert bool(self.readers) != bool(self.unread), f"{self.name}: who reads it, or why does nobody?"


@dataclass(frozen=True, slots=True)
class Script:
    """What is said around the questions of a flow."""

    unclear: Words
    """What came answers nothing."""
    unfinished: Words
    """It lies unfinished: shall it go on?"""
    cancelled: Words
    first: Words
    """There is no question before this one."""
    numbers: Words | None = None
    """The same as `unclear` a second time, where a number may be typed: the choices follow with theirs."""
    left: Words | None = None
    """The same where what came was kept, and nothing went wrong."""
    kept: Words | None = None
    """What came unasked was kept, and belongs to it."""
    offer: Words | None = None
    """Something came before the first question: shall it begin one?"""
    begin: Words | None = None
    """The button that takes the offer."""
    lapsed: Words | None = None
    """Nobody took it: what was offered is not kept."""
    opened_by: Words | None = None
    """The words that open it when they are typed, with commas between them."""
    danger: bool = False
    """Its offers also say whom to phone,"""
    quick: bool = False
    """and lead to its quick path."""


def _keeps_nothing(_: Answers, __: Input, ___: Step | None, ____: Known) -> Answered | Again | None:
    return None


def _nothing_beside(_: Answers, __: str, ___: Step) -> Mapping[str, Any]:
    return {}


def _as_it_is(answers: Answers, _: Known) -> dict[str, Any]:
    return dict(answers)


def _nothing_to_say(_: Answers, __: Answers, ___: Known) -> Words | None:
    return None


def _never(_: Answers) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation as data; what its completion does stands in handlers/flows.py, by its name."""

    name: str
    steps: tuple[Step, ...]
    script: Script
    leads_to: tuple[Go, ...]
    """Where the menu leads after it was cancelled."""
    consent: str | None = None
    """The version of the consent text that its consent step asks for; None: it needs no consent."""
    workers_only: bool = False
    keeps: Callable[[Answers, Input, Step | None, Known], Answered | Again | None] = _keeps_nothing
    """What an input leaves that answers no question: the one asked is given, None before the first."""
    beside: Callable[[Answers, str, Step], Mapping[str, Any]] = _nothing_beside
    """What words leave that stood beside a typed choice of this step."""
    storable: Callable[[Answers, Known], dict[str, Any]] = _as_it_is
    """The answers without what must not be stored."""
    remark: Callable[[Answers, Answers, Known], Words | None] = _nothing_to_say
    """What is said of what came between these answers and those, before the next question, instead of `script.kept`."""
    holds: Callable[[Answers], bool] = _never
    """Whether something was kept before the first question, so that it can be offered."""
    urgent: Callable[[Answers], bool] = _never
    """Whether somebody is in danger, so that no new text stands in the way of who agreed to an older one."""
    hidden: Callable[[Answers], bool] = _never
    """Whether somebody else who reads the phone must not find it: each question can be hidden, and no time mentions
    it."""
    hides: Callable[[Answers], bool] = _never
    """Whether each question can be hidden, which may be known before the rest."""
    greeted: Callable[[Mapping[str, Any]], bool] = _never
    """Whether these updates of a draft allow that its person is greeted again later."""
    before_consent: timedelta = timedelta(hours=1)
    nudged_after: timedelta = timedelta(hours=3)
    forgotten_after: timedelta = timedelta(hours=24)
    """How long a draft lives: until its consent, until it is mentioned once, and from then on."""

    def step(self, name: str | None) -> Step | None:
        """The step of that name, or None."""
        return next((step for step in self.steps if step.name == name), None)

    def agreed(self, answers: Answers) -> bool:
        """Whether its consent was given, where it needs one."""
        return all(step.name in answers for step in self.steps if step.consent)

    def with_consent(self, answers: Answers, given: str | None) -> dict[str, Any]:
        """The answers with the consent `given` earlier; one to another text counts only where it cannot wait (R4)."""
        if given is None or (given != self.consent and not self.urgent(answers)):
            return dict(answers)
        return {**{step.name: given for step in self.steps if step.consent}, **answers}

    def consents(self, updates: Mapping[str, Any]) -> bool:
        """Whether these updates of a draft give the consent."""
        return any(step.consent and step.name in updates for step in self.steps)

    def begun(self, answers: Answers) -> bool:
        """Whether anything was answered, the consent left aside."""
        return any(step.name in answers and not step.consent for step in self.steps)

    def lives(self, answers: Answers, *, nudged: bool) -> timedelta:
        """How long a draft is left alone from now on, until it is mentioned or forgotten."""
        if not self.agreed(answers):
            return self.before_consent
        return self.forgotten_after if nudged else self.nudged_after
