"""A conversation is a tuple of steps; where a person is follows from what they answered (row 2).

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


Reader = Literal["review", "card", "owner"]


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
    """Who reads the answer: on the reporter's own review, on the card of whoever is asked, or only as the owner."""
    unread: str = ""
    """Why nobody reads it, where nobody does."""

    def __post_init__(self) -> None:
        assert bool(self.readers) != bool(self.unread), f"{self.name}: who reads it, or why does nobody?"


Flow = tuple[Step, ...]


def current(flow: Flow, answers: Answers) -> Step | None:
    """The first step that applies and is not answered; None when the flow is complete."""
    return next((step for step in flow if step.when(answers) and step.name not in answers), None)


def step_named(flow: Flow, name: str) -> Step | None:
    """The step of that name, or None."""
    return next((step for step in flow if step.name == name), None)


MEDIA, CHANGED, LAST, BEFORE = "_media", "_lama", "_tadi", "sebelum"
"""Notes of every flow: pictures and recordings, each with the step it belongs to; what a change from the
review took away; the last note of an answered step; and, inside a note, the note before it."""


def forget(flow: Flow, answers: Answers, name: str) -> dict[str, Any]:
    """The answers without that of `name`, its notes and pictures, and what depended on it."""
    kept = _without(flow, answers, name)
    kept.pop(name, None)
    if MEDIA in kept:
        kept[MEDIA] = [entry for entry in kept[MEDIA] if entry.get("untuk") != name]
    return kept


def _without(flow: Flow, answers: Answers, name: str) -> dict[str, Any]:
    """The answers without what depends on that of `name`."""
    step = step_named(flow, name)
    gone = {*step.drops, *step.notes} if step else set()
    return {key: value for key, value in answers.items() if key not in gone}


def reopen(flow: Flow, answers: Answers, name: str) -> dict[str, Any]:
    """The answers with one question open again; what goes with it is kept aside, so that "back" undoes it."""
    kept = forget(flow, answers, name)
    gone = {key: value for key, value in answers.items() if kept.get(key) != value}
    return {**kept, CHANGED: {"step": name, "answers": gone}}


def back(flow: Flow, answers: Answers) -> dict[str, Any] | None:
    """The answers with the last answered question open again; None when there is none to go back to.

    Inside a step that has notes (a list), "back" first goes to the note before; after a change from the
    review it takes the change back.
    """
    here = current(flow, answers)
    for note in here.notes if here is not None else ():
        if note in answers:
            kept = {key: value for key, value in answers.items() if key != note}
            before = answers[note].get(BEFORE) if isinstance(answers[note], Mapping) else None
            return {**kept, note: before} if before else kept
    if here is not None and (changed := answers.get(CHANGED)) and changed["step"] == here.name:
        return {**{key: value for key, value in answers.items() if key != CHANGED}, **changed["answers"]}
    until = flow.index(here) if here is not None else len(flow)
    answered = [step for step in flow[:until] if step.name in answers and step.when(answers) and step.name != "setuju"]
    if not answered:
        return None
    return {**forget(flow, answers, answered[-1].name), **_last_note(answered[-1], answers)}


def _last_note(step: Step, answers: Answers) -> dict[str, Any]:
    last: Mapping[str, Any] = answers.get(LAST) or {}
    return {note: last[note] for note in step.notes if note in last}


def apply(flow: Flow, answers: Answers, updates: Mapping[str, Any]) -> dict[str, Any]:
    """The answers after `updates`; None removes, and a changed answer forgets what depended on the old one."""
    new = dict(answers)
    changed = new.get(CHANGED)
    if changed is not None and updates.get(changed["step"]) is not None:
        del new[CHANGED]
    for name, value in updates.items():
        if name in new and new[name] != value:
            new = forget(flow, new, name) if value is None else _without(flow, new, name)
        if value is None:
            new.pop(name, None)
        else:
            new[name] = value
    return new
