"""Planted mistakes in the ladder; the rules must catch each of them, by the rule named here.

Most are one changed line of `bot/core/escalation.py`; a line that is no longer there fails loudly.
"""

import inspect
from dataclasses import dataclass, replace
from types import FunctionType
from typing import Any

from bot.config.escalation import Escalation
from bot.core import escalation, sorts
from bot.core.escalation import AskState, CaseView
from tests.rules.ladder_simulation import Decide, Life, State, Story, view


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mistake: `old` becomes `new` in the code, or the world shows something wrong to the ladder."""

    name: str
    caught_by: str
    old: str = ""
    new: str = ""
    steps: int = 1
    shows: Any = view

    def life(self, story: Story) -> Life:
        """A life lived with this mistake."""
        return Life(story, self.decide(), self.shows, self.steps)

    def decide(self) -> Decide:
        """`next_action` with the mistake in it."""
        if not self.old:
            return escalation.next_action
        source = inspect.getsource(escalation)
        source = source[source.index("\ndef next_action(") :]
        assert source.count(self.old) == 1, f"{self.name}: the line to change is not there once"
        scope = dict(vars(escalation))
        exec(
            compile("from __future__ import annotations\n" + source.replace(self.old, self.new), self.name, "exec"),
            scope,
        )
        decide: Decide = scope["next_action"]
        return decide


def _from_old_due(state: State) -> CaseView:
    """The next due is counted from when the last step had been due, not from when it rang."""
    return replace(view(state), fired_at=state.was_due or state.fired)


def _dead_reminders_count(state: State) -> CaseView:
    """A reminder that could not be delivered makes its ask dead."""
    lost = {card.person for card in state.cards if card.lost_reminder}
    seen = view(state)
    asks = (replace(ask, state=AskState.DEAD) if ask.person in lost else ask for ask in seen.asks)
    return replace(seen, asks=tuple(asks))


AT_ONCE, EARLY, HOURS = "dead or declined is climbed at once", "never early", "hours"
HIGHEST = "the end repeats to the highest rung"
COUNT, ORDER, SILENT = "as many reminders as planned", "rungs in order, nobody twice", "never silent"
START = "start = ceiling if delivered is None else min(delivered, ceiling)"
DUE = "due = max(start + policy.rungs[rung + 1].after, case.fired_at + policy.gap(rung + 1))"
FROM_ACCEPTANCE = "due = case.accepted_at + policy.rungs[rung + 1].after"
GRACE = "return policy.hours.opening(case.grace_until - GRACE) + GRACE"
STATE, HEARD = "ask.state is AskState.WAITING]", "if case.rung >= last or ask.state is not AskState.DEAD}"
PAUSE = "ask.fired_at + pause <= now"
QUIET, ALARM = "if case.quiet_until is not None and now < case.quiet_until:", "until=min(action.until, alarm)"
CLIMB, RINGS = "return Climb(step, fresh, policy.hours.opening(now), ", "rings_at = policy.hours.opening(now)"
ALL = "for step in range(rung, len(policy.rungs)):"
REACHED, ASKED = "max(sum(when <= rings_at for when in planned), ask.reminded)", "{ask.person for ask in case.asks}"
NAMED, GROUP = "[ask for ask in asks if not ask.listens] or asks", "if ask.listens and ask.state is AskState.WAITING}"
FIRST, EMPTY, WAITED = "the first is asked at once", "skipped.append(step)", "return Wait(now + policy.first_wait)"
SOMEBODY = "if case.fired_at is not None and (everybody or waiting):"

MUTANTS = (
    Mutant("storm after downtime", "one step a pass", DUE, FROM_ACCEPTANCE, steps=9),
    Mutant("several rungs a moment, a pass each", EARLY, DUE, FROM_ACCEPTANCE),
    Mutant(
        "forgotten due at the last rung",
        SILENT,
        "case.fired_at + policy.repeat",
        "case.fired_at + 9999 * policy.repeat",
    ),
    Mutant("due counted from the old due time", EARLY, shows=_from_old_due),
    Mutant("a reminder that climbs", EARLY, shows=_dead_reminders_count),
    Mutant("a dead ask that waits", AT_ONCE, STATE, "ask.state is not AskState.DECLINED]"),
    Mutant("a declined ask that waits", AT_ONCE, STATE, "ask.state is not AskState.DEAD]"),
    Mutant("early by the delivery rule", EARLY, START, "start = case.accepted_at"),
    Mutant("no ceiling", SILENT, START, "start = delivered or ceiling + 99 * policy.repeat"),
    Mutant("the gap is forgotten", EARLY, "case.fired_at + policy.gap(rung + 1))", "case.fired_at)"),
    Mutant("quiet hours are ignored by a climb", HOURS, CLIMB, "return Climb(step, fresh, now, "),
    Mutant("quiet hours are ignored by a reminder", HOURS, RINGS, "rings_at = now"),
    Mutant("grace is forgotten", EARLY, "max(due, _grace(case, policy))", "due"),
    Mutant("grace runs out in quiet hours", EARLY, GRACE, "return case.grace_until"),
    Mutant("nobody is asked again after downtime", "asked again after downtime", "again or (left", "(left"),
    Mutant("a burst of reminders", COUNT, REACHED, "ask.reminded + 1"),
    Mutant("reminders are forgotten", "every reminder", "(left and left[0] <= now)", "False"),
    Mutant("somebody is asked twice", ORDER, f"asked = {ASKED}", "asked: set[str] = set()"),
    Mutant("an empty rung waits", HIGHEST, ALL, "for step in range(rung, min(rung + 1, len(policy.rungs))):"),
    Mutant("an empty first rung is waited for", FIRST, EMPTY, WAITED),
    Mutant("who declined is asked again at once", EARLY, HEARD, "if False}"),
    Mutant("a dead end storms", EARLY, HEARD, "if ask.state is not AskState.DEAD}"),
    Mutant("a press at the end storms", EARLY, "not (at_once and case.fired_at + CALM <= now)", "not at_once"),
    Mutant("the group keeps the rung waiting", AT_ONCE, NAMED, "asks"),
    Mutant("the group is rung again", "one silent card", GROUP, "if False}"),
    Mutant("nobody at all is not red", "nobody at all is red", SOMEBODY, "if case.fired_at is not None:"),
    Mutant("the quiet is not kept", "quiet is quiet", QUIET, "if False:"),
    Mutant("nobody tells the admins", "the admins hear it in time", ALARM, "until=action.until"),
    Mutant("everybody below is rung each time", "each in turn", PAUSE, "True"),
    Mutant("the silent are not rung again", ORDER, "asked - silent if again else asked", "asked"),
    Mutant("an answered case climbs on", "left alone", "if not case.open:", "if False:"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A mistake in the choice of a ladder: a line of `reaches` (bot/core/sorts.py) becomes another one."""

    name: str
    caught_by: str
    old: str
    new: str

    def ladder(self) -> Any:
        """`Escalation.ladder` with the mistake in what it goes through."""
        source = inspect.getsource(sorts.reaches)
        assert source.count(self.old) == 1, f"{self.name}: the line to change is not there once"
        scope = dict(vars(sorts))
        exec(compile(source.replace(self.old, self.new), self.name, "exec"), scope)
        chooses = Escalation.ladder
        return FunctionType(chooses.__code__, {**chooses.__globals__, "reaches": scope["reaches"]})


PRECEDENCE, FITS, OTHERS = (
    "the nearest place, then the flag, then the category",
    "what fits is used",
    "what does not fit is not used",
)
EVERYWHERE = "dict.fromkeys((place, place[:5], None) if place else (None,))"
CHOICES = (
    Choice("the override is ignored", FITS, "yield Reach(code)", "return"),
    Choice("sorts are ignored", FITS, "if sort.category is not None:", "if False:"),
    Choice("flags are ignored", FITS, "if sort.flag is not None:", "if False:"),
    Choice("only places count", FITS, EVERYWHERE, "((place, place[:5]) if place else ())"),
    Choice("the kabupaten before the kecamatan", PRECEDENCE, EVERYWHERE, "(place[:5], place, None)"),
    Choice("everywhere before a place", PRECEDENCE, EVERYWHERE, "(None, place, place[:5])"),
    Choice("a category for every case", OTHERS, '"category", sort.category)', '"category", "kekerasan")'),
)
