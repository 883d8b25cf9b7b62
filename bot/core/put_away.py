"""A draft that its person hid: nothing of it is shown before the same beginning was told again (R5)."""

from typing import Any

from bot.core.flow import Answers, Flow
from bot.core.report_facts import REACHED, WAY
from bot.core.walk import MEDIA, apply

AWAY = "_sembunyi"
"""What was answered before it was hidden."""
BEGINNING = ("siapa", "jenis", "bahaya")
"""The questions asked again: whoever else holds the phone does not answer them as its person did. Danger may have come
since, so that any answer to the last one will do."""
TOLD = ("cerita", "rekam")
"""Words, of which none is lost when they were told before and after."""


def put_away(flow: Flow, answers: Answers) -> dict[str, Any]:
    """The answers of a draft that is hidden now: its consent stays, the rest waits."""
    before, since = answers.get(AWAY) or {}, _seen(answers)
    other = any(name in since and before.get(name, since[name]) != since[name] for name in BEGINNING[:-1])
    hidden = since if other else _together(flow, before, since)  # of two reports of one chat the newer one waits
    return {name: value for name, value in since.items() if name in _consents(flow)} | {AWAY: hidden}


def was_put_away(answers: Answers) -> bool:
    """Whether something of it is still hidden."""
    return AWAY in answers


def is_away(flow: Flow, answers: Answers) -> bool:
    """Whether nothing was told since it was hidden."""
    return was_put_away(answers) and _seen(answers).keys() <= _consents(flow)


def still_away(flow: Flow, answers: Answers) -> dict[str, Any]:
    """What stays hidden of a draft when another takes its place, or when it is done with; {} when nothing does."""
    kept = {*_consents(flow), AWAY}
    return {name: value for name, value in answers.items() if name in kept} if answers.get(AWAY) else {}


def brought_back(flow: Flow, answers: Answers) -> dict[str, Any]:
    """The answers with what was hidden, once the beginning was told again as it was before."""
    hidden = answers.get(AWAY)
    if hidden is None or not _told_again(flow, hidden, answers):
        return dict(answers)
    return _together(flow, hidden, _seen(answers))


def _consents(flow: Flow) -> set[str]:
    return {step.name for step in flow.steps if step.consent}


def _seen(answers: Answers) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name != AWAY}


def _told_again(flow: Flow, hidden: Answers, answers: Answers) -> bool:
    told = [name for name in BEGINNING if name in hidden]
    same = all(name in answers and (name == BEGINNING[-1] or answers[name] == hidden[name]) for name in told)
    return same and (bool(told) or flow.hidden(answers))


def _together(flow: Flow, before: Answers, since: Answers) -> dict[str, Any]:
    """What was told before with what was told since; a changed answer forgets what depended on the old one."""
    both = apply(flow, before, since)
    for name in TOLD:
        parts = [(told.get(name) or {}).get("teks") for told in (before, since)]
        if all(parts):
            both[name] = {**before[name], **since[name], "teks": "\n".join(dict.fromkeys(filter(None, parts)))}
    for name in (REACHED, WAY):  # how they may be reached does not hang on the danger that was named
        if name in before and flow.hidden(both):
            both.setdefault(name, before[name])
    if before.get(MEDIA) and since.get(MEDIA):
        both[MEDIA] = [*before[MEDIA], *since[MEDIA]]
    return both
