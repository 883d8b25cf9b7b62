"""Going through a flow: where somebody is, back, a changed answer. Pure: answers in, answers out."""

from collections.abc import Mapping
from typing import Any

from bot.core.flow import Answers, Flow, Known, Step


def current(flow: Flow, answers: Answers) -> Step | None:
    """The first step that applies and is not answered; None when the flow is complete."""
    return next((step for step in flow.steps if step.when(answers) and step.name not in answers), None)


MEDIA, CHANGED, LAST, CONFUSED, BEFORE = "_media", "_lama", "_tadi", "_bingung", "sebelum"
"""Notes of every flow: pictures and recordings, each with the step it belongs to; what a change from the
review took away; the last note of an answered step; the step whose answer was not understood; and, inside a note,
the note before it."""


ASIDE = "_samping"
"""The note that whom to phone was said below the open question: how many questions of its chat had been shown then."""


def is_said_aside(answers: Answers, shown: int) -> bool:
    """Whether whom to phone was said last, where so many questions were shown: its way on leads back to them."""
    return answers.get(ASIDE) == shown


def forget(flow: Flow, answers: Answers, name: str) -> dict[str, Any]:
    """The answers without that of `name`, its notes and pictures, and what depended on it."""
    kept = _without(flow, answers, name)
    kept.pop(name, None)
    if MEDIA in kept:
        kept[MEDIA] = [entry for entry in kept[MEDIA] if entry.get("untuk") != name]
    return kept


def _without(flow: Flow, answers: Answers, name: str) -> dict[str, Any]:
    """The answers without what depends on that of `name`."""
    step = flow.step(name)
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
    until = flow.steps.index(here) if here is not None else len(flow.steps)
    answered = [step for step in flow.steps[:until] if step.name in answers and step.when(answers) and not step.consent]
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


def answered(flow: Flow, answers: Answers, updates: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """The answers after `updates`, as they may be stored."""
    return flow.storable(apply(flow, answers, updates), known)
