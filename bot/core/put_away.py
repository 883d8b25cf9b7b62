"""A draft that its person hid: nothing of it is shown before the same beginning was told again (R5)."""

from collections.abc import Iterator
from typing import Any

from bot.core.flow import Answers, Flow
from bot.core.report_facts import REACHED, WAY
from bot.core.walk import MEDIA, apply

AWAY = "_sembunyi"
"""What was answered before it was hidden; inside it, under the same name, another report that was hidden before."""
BEGINNING = ("siapa", "jenis", "bahaya")
"""The questions asked again: whoever else holds the phone does not answer them as its person did. Danger may have come
since, so that any answer to the last one will do."""
TOLD = ("cerita", "rekam")
"""Words, of which none is lost when they were told before and after."""


def put_away(flow: Flow, answers: Answers) -> dict[str, Any]:
    """The answers of a draft that is hidden now: its consent stays, the rest waits."""
    before, since = answers.get(AWAY) or {}, _seen(answers)
    other = any(name in since and before.get(name, since[name]) != since[name] for name in BEGINNING[:-1])
    older = _older(before)
    if other:  # of two reports of one chat both wait
        hidden = {**since, AWAY: before}
    else:
        hidden = {**_together(flow, _seen(before), since), **({AWAY: older} if older else {})}
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
    all_hidden = list(_each(answers))
    found = next((one for one in all_hidden if _told_again(flow, one, answers)), None)
    if found is None:
        return dict(answers)
    left: dict[str, Any] = {}
    for one in reversed(all_hidden):
        if one is not found:
            left = {**one, AWAY: left} if left else one
    return _together(flow, found, _seen(answers)) | ({AWAY: left} if left else {})


def _older(hidden: Answers) -> Answers:
    """The report that was hidden before this one; {} for none."""
    found: Answers = hidden.get(AWAY) or {}
    return found


def _each(answers: Answers) -> Iterator[dict[str, Any]]:
    """Each hidden report without the older ones, the newest first."""
    hidden = _older(answers)
    while hidden:
        yield _seen(hidden)
        hidden = _older(hidden)


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
