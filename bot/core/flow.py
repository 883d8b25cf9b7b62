"""A conversation is a tuple of steps; where somebody is follows from what he answered (row 2).

Nothing here knows a chat. A step says how its question reads and what an input means to it; a draft is only
its answers, so a restart, a deploy, a new question, "back" and conditional questions all work. Names that
begin with an underscore are a step's own notes (a page of a list, places found) and never an answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.core.knowledge import Knowledge
from bot.core.places import Places
from bot.core.words import Label, Words

Answers = Mapping[str, Any]
"""Answers by the name of their step; every value survives JSON."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a question; `columns` many of its like stand in one row."""

    value: str
    label: Label
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: words (one idea), choices, and what the phone's own keyboard may offer."""

    words: Words
    choices: tuple[Choice, ...] = ()
    keyboard: Literal["location", "contact"] | None = None
    before: tuple[Words, ...] = ()
    rows: tuple[tuple[Words, Label], ...] = ()


@dataclass(frozen=True, slots=True)
class Picked:
    """A button of this question, or its number or first word typed."""

    value: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that is no choice."""

    text: str


@dataclass(frozen=True, slots=True)
class Media:
    """A photo, voice note, video note or other file; ids are Telegram's, `album` groups one answer."""

    kind: str
    file_id: str
    unique_id: str
    size: int = 0
    caption: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """A point on the map; degrees, accuracy in metres if the phone told it."""

    lat: float
    lon: float
    accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared contact; `own` when it is the sender's."""

    phone: str
    own: bool


Input = Picked | Typed | Media | Pin | Contact


@dataclass(frozen=True, slots=True)
class Answered:
    """The input means these updates of the draft; `in_place` re-renders the question just asked."""

    updates: Mapping[str, Any]
    in_place: bool = False
    shown: Label | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """The input means nothing here; `why` is said before the question is asked again."""

    why: Words


@dataclass(frozen=True, slots=True)
class Leave:
    """The conversation ends without a report, with these words."""

    words: Words
    menu: tuple[str, ...] = ("lapor",)


Result = Answered | Again | Leave


@dataclass(frozen=True, slots=True)
class Known:
    """What a flow knows of the world: places and the field's categories."""

    places: Places
    knowledge: Knowledge


def always(_: Answers) -> bool:
    """The condition of a step that everybody is asked."""
    return True


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


Flow = tuple[Step, ...]


def current(flow: Flow, answers: Answers) -> Step | None:
    """The first step that applies and is not answered; None when the flow is complete."""
    return next((step for step in flow if step.when(answers) and step.name not in answers), None)


def step_named(flow: Flow, name: str) -> Step | None:
    """The step of that name, or None."""
    return next((step for step in flow if step.name == name), None)


def forget(flow: Flow, answers: Answers, name: str) -> dict[str, Any]:
    """The answers without that of `name`, its notes, and what depended on it."""
    step = step_named(flow, name)
    gone = {name, *(step.drops if step else ()), *(step.notes if step else ())}
    return {key: value for key, value in answers.items() if key not in gone}


def back(flow: Flow, answers: Answers) -> dict[str, Any] | None:
    """The answers with the last answered question open again; None when there is none to go back to.

    Inside a step that has notes (a page of a list), "back" first leaves the notes.
    """
    here = current(flow, answers)
    if here is not None and any(note in answers for note in here.notes):
        return {key: value for key, value in answers.items() if key not in here.notes}
    until = flow.index(here) if here is not None else len(flow)
    before = [step for step in flow[:until] if step.name in answers and step.when(answers) and step.name != "setuju"]
    return forget(flow, answers, before[-1].name) if before else None


def apply(flow: Flow, answers: Answers, updates: Mapping[str, Any]) -> dict[str, Any]:
    """The answers after `updates`; None removes, and a changed answer forgets what depended on the old one."""
    new = dict(answers)
    for name, value in updates.items():
        step = step_named(flow, name)
        if step is not None and new.get(name) != value:
            new = forget(flow, new, name)
        if value is None:
            new.pop(name, None)
        else:
            new[name] = value
    return new
