"""What an event sets in a case, and when the case is looked at next: plain functions, named by the table of moves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.company import CANNOT, COMES, GONE, SILENT, answer_by
from bot.core.escalation import MUTED, QUIET, Stuck, Wait, next_action
from bot.core.ownership import FIRST_WORD, first_word_by, visit_by, waits_until, word_by
from bot.core.standing import Happening, Standing, view


def nothing(_: Happening) -> Mapping[str, Any]:
    """Only what the row keeps."""
    return {}


def takes(what: Happening) -> Mapping[str, Any]:
    """Somebody has the case from now on, and is to meet the person."""
    return {"owner_id": what.given.by, "acknowledged_at": what.now, "visit_by": _a_visit(what)}


def fires(what: Happening) -> Mapping[str, Any]:
    """A rung was climbed, or asked again."""
    return {"rung": what.given.rung, "fired_at": what.given.rings_at}


def begins_anew(what: Happening) -> Mapping[str, Any]:
    """The ladder begins again, from now on."""
    return {"round_at": what.now}


def a_new_round(what: Happening) -> Mapping[str, Any]:
    """Everything begins anew, from now on."""
    return {"round": what.before.state.round + 1, "round_at": what.now}


def is_alarmed(_: Happening) -> Mapping[str, Any]:
    """The admins know that nobody has it."""
    return {"alarmed": True}


def is_phoned(what: Happening) -> Mapping[str, Any]:
    """Somebody phones about it: quiet for a while, or for as long as it was quiet anyway."""
    until = what.now + QUIET
    known = what.before.state.quiet_until
    return {"quiet_until": max(until, known) if known else until}


def is_muted(what: Happening) -> Mapping[str, Any]:
    """JSC wants quiet, and says why."""
    return {"quiet_until": what.now + MUTED, "mutes": what.before.state.mutes + 1}


def sticks(_: Happening) -> Mapping[str, Any]:
    """Nobody can be asked."""
    return {"stuck": True}


def opens_again(what: Happening) -> Mapping[str, Any]:
    """Its owner has it no more, and will hear who takes it; the ladder keeps its times."""
    return {"former_id": what.before.state.owner_id, "released_at": what.now}


def is_heard(what: Happening) -> Mapping[str, Any]:
    """The owner was heard. Once the visit is overdue a word alone is no answer: only a visit moves that clock."""
    answered = {"reminded": 0, "asked_at": None} if _buys_time(what) else {}
    return {"heard_at": what.now, **answered}


def meets(what: Happening) -> Mapping[str, Any]:
    """The owner met the person."""
    return {"heard_at": what.now, "visit_by": None}


def finds_nobody(what: Happening) -> Mapping[str, Any]:
    """The owner was there and did not find the person: the next visit is due."""
    return {"heard_at": what.now, "visit_by": _a_visit(what)}


def is_noted(what: Happening) -> Mapping[str, Any]:
    """A note is the first word of an owner; later it moves no clock."""
    if what.before.state.heard_at is not None:
        return {}
    return {**is_heard(what), "reminded": 0, "asked_at": None}


def waits(what: Happening) -> Mapping[str, Any]:
    """The owner waits for something, which is a word too."""
    return {"heard_at": what.now, "waiting_for": what.given.reason}


def is_asked(what: Happening) -> Mapping[str, Any]:
    """The silent owner is asked once more. Until the day they waited for, no visit was due."""
    state = what.before.state
    asked = {"reminded": state.reminded + 1, "asked_at": state.asked_at or what.now}
    waited = state.waiting_for is not None and state.visit_by is not None
    return {**asked, "visit_by": _a_visit(what)} if waited else asked


def hurries(what: Happening) -> Mapping[str, Any]:
    """There is danger now: the person is to be met soon, once more if need be."""
    known = what.before.state.visit_by
    return {"visit_by": min(known, _a_visit(what)) if known else _a_visit(what)}


def is_handed(what: Happening) -> Mapping[str, Any]:
    """Somebody is asked to take it over: as long as the ladder gives whoever it asks first, from when it may ring."""
    (person,), policy = what.given.people, what.around.policy
    return {"handed_to": person, "handed_until": policy.hours.opening(what.opening + policy.first_wait)}


def keeps_it(_: Happening) -> Mapping[str, Any]:
    """Nobody takes it over: whoever has it goes on having it."""
    return {"handed_to": None, "handed_until": None}


def takes_over(what: Happening) -> Mapping[str, Any]:
    """Whoever was asked has it from now on; if the person was met, they were met."""
    before = what.before.state
    met = before.visit_by is None
    return {
        "owner_id": before.handed_to or before.owner_id,
        "acknowledged_at": what.now,
        "visit_by": None if met else _a_visit(what),
    }


def asks_company(what: Happening) -> Mapping[str, Any]:
    """Somebody is asked to go along; an answer is awaited from when the question may ring."""
    (person,), around = what.given.people, what.around
    until = answer_by(around.urgency, what.opening, around.policy.hours, around.calendar)
    return {"company_id": person, "company_at": what.now, "company_until": until, "company_says": None}


def comes_along(_: Happening) -> Mapping[str, Any]:
    """They come."""
    return {"company_until": None, "company_says": COMES}


def stays_away(_: Happening) -> Mapping[str, Any]:
    """They cannot come."""
    return {"company_until": None, "company_says": CANNOT}


def is_unheard(what: Happening) -> Mapping[str, Any]:
    """They did not answer in time, or are not there any more."""
    return {"company_until": None, "company_says": SILENT if what.given.reason == "silence" else GONE}


def goes_alone(_: Happening) -> Mapping[str, Any]:
    """Nobody is asked to go along any more."""
    return {"company_id": None, "company_at": None, "company_until": None, "company_says": None}


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


def first_word(_: Standing, what: Happening) -> datetime:
    """By when whoever took the case must be heard."""
    return first_word_by(what.around.urgency, what.now, what.around.policy.hours)


def next_word(after: Standing, what: Happening) -> datetime:
    """By when the owner must be heard again: of the visit, and once they met the person in some weeks."""
    before, visit = what.before.state, after.state.visit_by
    if visit is None:
        return word_by(what.now, what.around.policy.hours, what.around.calendar)
    if visit > what.now:
        return visit
    if before.heard_at is None:
        return one_word_later(after, what)
    assert before.next_due_at is not None
    return one_word_later_at_most(after, what) if before.waiting_for else before.next_due_at


def first_word_or_before(after: Standing, what: Happening) -> datetime | None:
    """Where it was the first word the next is awaited, else no other time than before."""
    return as_before(after, what) if what.before.state.heard_at is not None else next_word(after, what)


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


def _a_visit(what: Happening) -> datetime:
    return visit_by(what.around.urgency, what.now, what.around.policy.hours)


def _buys_time(what: Happening) -> bool:
    """Whether *Sedang dikerjakan* is an answer now: the visit is not overdue, or it is the first word."""
    state = what.before.state
    return state.visit_by is None or state.visit_by > what.now or state.heard_at is None
