"""What an event sets in a case, and when the case is looked at next: plain functions, named by the table of moves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.escalation import Stuck, Wait, next_action
from bot.core.ownership import FIRST_WORD, ONE_WORD, heard_by, waits_until
from bot.core.standing import Happening, Standing, view


def nothing(_: Happening) -> Mapping[str, Any]:
    """Only what the row keeps."""
    return {}


def takes(what: Happening) -> Mapping[str, Any]:
    """Somebody has the case from now on."""
    return {"owner_id": what.given.by, "acknowledged_at": what.now}


def fires(what: Happening) -> Mapping[str, Any]:
    """A rung was climbed, or asked again."""
    return {"rung": what.given.rung, "fired_at": what.given.rings_at}


def begins_anew(what: Happening) -> Mapping[str, Any]:
    """The ladder begins again, from now on."""
    return {"round_at": what.now}


def a_new_round(what: Happening) -> Mapping[str, Any]:
    """Everything begins anew, from now on."""
    return {"round": what.before.state.round + 1, "round_at": what.now}


def sticks(_: Happening) -> Mapping[str, Any]:
    """Nobody can be asked."""
    return {"stuck": True}


def opens_again(what: Happening) -> Mapping[str, Any]:
    """Its owner has it no more, and will hear who takes it; the ladder keeps its times."""
    return {"former_id": what.before.state.owner_id, "released_at": what.now}


def is_heard(what: Happening) -> Mapping[str, Any]:
    """Two words within `ONE_WORD` are one."""
    heard, last = what.before.state.heard, what.before.state.heard_at
    another = last is None or what.now - last > ONE_WORD
    return {"heard": heard + another, "heard_at": what.now}


def is_noted(what: Happening) -> Mapping[str, Any]:
    """A note is the first word of an owner; later it moves no clock."""
    if what.before.state.heard:
        return {}
    return {**is_heard(what), "reminded": 0, "asked_at": None}


def waits(what: Happening) -> Mapping[str, Any]:
    """The owner waits for something, which is a word too."""
    return {**is_heard(what), "waiting_for": what.given.reason}


def is_asked(what: Happening) -> Mapping[str, Any]:
    """The silent owner is asked once more."""
    state = what.before.state
    return {"reminded": state.reminded + 1, "asked_at": state.asked_at or what.now}


def ends(what: Happening) -> Mapping[str, Any]:
    """The case ends with an outcome."""
    return {"outcome": what.given.outcome, "closed_at": what.now}


def by_the_ladder(after: Standing, what: Happening) -> datetime:
    """When the ladder wants to look again."""
    again = what.around.ask_again and not what.given.people  # whoever was just rung was asked again
    case = view(after, ask_again=again, listed_until=what.around.listed_until)
    following = next_action(case, what.now, what.around.policy, what.around.people)
    return following.until if isinstance(following, Wait | Stuck) else what.now


def at_once(_: Standing, what: Happening) -> datetime:
    """At the next beat."""
    return what.now


def as_before(_: Standing, what: Happening) -> datetime | None:
    """No other time than before."""
    return what.before.state.next_due_at


def next_word(after: Standing, what: Happening) -> datetime:
    """By when the owner must be heard again."""
    state, around = after.state, what.around
    assert state.acknowledged_at is not None
    hours, calendar = around.policy.hours, around.calendar
    return heard_by(around.urgency, state.acknowledged_at, state.heard, what.now, hours, calendar)


def first_word_or_before(after: Standing, what: Happening) -> datetime | None:
    """Where it was the first word the next is awaited, else no other time than before."""
    return as_before(after, what) if what.before.state.heard else next_word(after, what)


def end_of_waiting(_: Standing, what: Happening) -> datetime:
    """The morning of the day until which the owner waits."""
    return waits_until(what.given.days, what.now, what.around.policy.hours)


def one_word_later(_: Standing, what: Happening) -> datetime:
    """The time of one first word from now."""
    return what.around.policy.hours.opening(what.now + FIRST_WORD[what.around.urgency])


def one_word_later_at_most(after: Standing, what: Happening) -> datetime:
    """As before, or the time of one first word from now if that is sooner: it may be graver than it was."""
    before = what.before.state.next_due_at
    assert before is not None
    return min(before, one_word_later(after, what))


def at_the_opening(_: Standing, what: Happening) -> datetime:
    """When nobody is disturbed any more."""
    return what.opening


def never(_: Standing, __: Happening) -> None:
    """A case at its end is not looked at."""
    return
