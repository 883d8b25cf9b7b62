"""The moves of a case: one table, and what it does not list is refused (docs/moves.md shows it).

`stand` gives every state column of a case after an event. What its row does not keep is cleared, so a case that is
open again carries nothing of its former owner. What time does is an event like what people do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.core import asks as a
from bot.core import changes as c
from bot.core.escalation import AskView
from bot.core.standing import ENDS, Around, Given, Happening, Standing, State, Status

__all__ = ["ENDS", "MOVES", "Event", "Move", "Status", "Who", "may", "opened", "row", "stand"]


class Event(StrEnum):
    """What can happen to a case."""

    ACKNOWLEDGE = "acknowledge"
    READ = "read"
    VIEW = "view"  # the owner opens its pictures
    DECLINE = "decline"
    EXPLAIN = "explain"  # whoever declined says why
    ESCALATE = "escalate"
    PHONE = "phone"  # somebody who was asked phones whoever did not answer: quiet for a while
    MUTE = "mute"  # JSC wants quiet, with a reason
    UNDO = "undo"  # the owner pressed by mistake
    GIVE_BACK = "give_back"
    PROGRESS = "progress"
    NOTE = "note"  # the owner notes something
    MEET = "meet"  # the owner met the person
    MISS = "miss"  # the owner was there, and did not find them
    WAIT = "wait"  # the owner waits for something outside, until a date
    RAISE = "raise"  # it is graver: the ladder follows
    LOWER = "lower"  # it is calmer, and why
    HAND = "hand"  # the owner asks somebody to take it over
    ACCEPT = "accept"  # they do
    REFUSE = "refuse"  # they cannot
    LAPSE = "lapse"  # they do not answer, or are not there
    UNHAND = "unhand"  # the owner takes the offer back
    ASK_COMPANY = "ask_company"  # the owner asks somebody to go along
    JOIN = "join"  # they come
    STAY = "stay"  # they cannot
    UNHEARD = "unheard"  # they do not answer, or are not there
    CALL_OFF = "call_off"  # the owner needs nobody to go along any more
    CLOSE = "close"
    KEEP = "keep"  # its reporter is the worker of its kecamatan, and takes it with the sending
    # what time does
    LOOK = "look"  # nothing is due yet
    CLIMB = "climb"
    REPEAT = "repeat"
    REMIND = "remind"
    STICK = "stick"  # nobody can be asked
    ALARM = "alarm"  # nobody has had it for too long: the admins hear it
    FOLLOW_UP = "follow_up"  # a silent owner is asked
    TAKE_BACK = "take_back"  # a silent or missing owner loses the case
    # what happens to messages and people
    ARRIVE = "arrive"  # the message of an ask was delivered
    FAIL = "fail"  # it can never be
    LOSE = "lose"  # somebody asked, or the owner, is no longer there
    # what a reporter says after the number
    WORSEN = "worsen"  # there is danger now: the case is darurat
    WITHDRAW = "withdraw"  # its reporter takes it back: nobody needs help any more
    DOUBT = "doubt"  # they take it back, and may be forced to: it goes on
    REOPEN = "reopen"  # it did not help, or it is so again: a new round
    CORRECT = "correct"  # its reporter, or whoever has it, puts right where it is or what: others are asked
    AMEND = "amend"  # whoever has it puts it right
    SET_ASIDE = "set_aside"  # somebody else shall do it than who had it


class Who(StrEnum):
    """Who may cause an event, among those whom the door lets through to the case."""

    AREA = "area"  # everybody with a role where the case is
    ASKED = "asked"  # who was asked and has not answered
    JSC = "jsc"  # the same, at JSC
    PASSED = "passed"  # who was asked and declined
    OWNER = "owner"
    HANDED = "handed"  # whom the owner asks to take it over
    COMPANY = "company"  # whom the owner asks to go along
    TEAM = "team"  # the owner, and at JSC every colleague of the owner
    NOBODY = "nobody"  # no press: time, the wire, the roster


class Cards(StrEnum):
    """Which cards are drawn again."""

    ALL = "all"
    OWN = "own"  # of whoever did it
    DRAWN = "drawn"  # the cards alone, not the lines below them


class Rings(StrEnum):
    """Who is rung."""

    ASKED = "asked"  # the people of the rung
    REMINDED = "reminded"
    AWAITED = "awaited"  # everybody who may answer now
    GRAVER = "graver"  # everybody who may answer now, but for whoever raised it
    IN_DANGER = "in danger"  # whoever has it, or else everybody who may answer now: there is danger
    IN_DOUBT = "in doubt"  # the same: its reporter takes it back, and may be forced to
    RELEASED = "released"  # everybody who was awaited: there is nothing to do any more


class News(StrEnum):
    """What the reporters hear."""

    TAKEN = "taken"
    CLOSED = "closed"


class Former(StrEnum):
    """What becomes of whoever had the case."""

    DISARMED = "disarmed"  # their buttons go
    TOLD = "told"  # they hear who has it now
    SUCCEEDED = "succeeded"  # both: they wanted somebody to take it over


@dataclass(frozen=True, slots=True)
class Move:
    """One row: where an event leads, what it keeps and sets, and who is drawn, rung and told.

    `notes` names what the timeline keeps of it, the event's name first.
    """

    to: Status
    who: Who
    keeps: frozenset[str]
    due: Callable[[Standing, Happening], datetime | None]
    sets: Callable[[Happening], Mapping[str, Any]] = c.nothing
    asks: Callable[[tuple[AskView, ...], Happening], tuple[AskView, ...]] = a.same
    notes: tuple[str, ...] = ()
    cards: Cards | None = None
    rings: Rings | None = None
    news: News | None = None
    jsc: str | None = None
    former: Former | None = None

    @property
    def by_the_ladder(self) -> bool:
        """Whether its next look depends on who can be asked."""
        return self.due is c.by_the_ladder


COLUMNS = tuple(spec.name for spec in fields(State))
ALL = frozenset(COLUMNS) - {"status", "next_due_at"}
ROUND = frozenset({"round", "round_at"})
CLIMBED = ROUND | {"rung", "fired_at", "grace_until", "released_at", "alarmed", "quiet_until", "mutes"}
FREE = ROUND | {"released_at", "former_id"}
KNOWN = FREE | {"alarmed", "mutes"}
LADDER = CLIMBED | {"stuck", "former_id"}
ASKED = frozenset({"reminded", "asked_at"})
HANDED = frozenset({"handed_to", "handed_until"})
COMPANY = frozenset({"company_id", "company_at", "company_until", "company_says"})
OWNER = frozenset({"owner_id", "acknowledged_at", "heard_at", "visit_by", "waiting_for"})
OWNED = CLIMBED | ASKED | OWNER | HANDED | COMPANY | {"former_id"}
NOT_WAITING = OWNED - {"waiting_for"}

_O, _A, _C, _W, _H = Status.OPEN, Status.ACKNOWLEDGED, Status.CLOSED, Status.WITHDRAWN, Status.HELD
_CLOCK = Who.NOBODY
_READ = ("read", "role")
_BACK = ("release", "why")
_ARRIVED, _FAILED = ("delivered", "role"), ("undeliverable", "role")

MOVES: dict[tuple[Status, Event], Move] = {
    # an open case
    (_O, Event.ACKNOWLEDGE): Move(
        _A, Who.AREA, CLIMBED | {"former_id"}, c.first_word, c.takes, a.ended, ("acknowledge", "role", "round"),
        cards=Cards.ALL, news=News.TAKEN, jsc="case.acknowledged", former=Former.TOLD,
    ),
    (_O, Event.KEEP): Move(
        _A, _CLOCK, CLIMBED, c.first_word, c.takes, notes=("acknowledge", "role", "round"), jsc="case.acknowledged",
    ),
    (_O, Event.READ): Move(_O, Who.AREA, ALL, c.as_before, notes=_READ),
    (_O, Event.DECLINE): Move(
        _O, Who.ASKED, LADDER, c.by_the_ladder, c.nothing, a.declined, ("decline", "reason"), cards=Cards.OWN
    ),
    (_O, Event.EXPLAIN): Move(
        _O, Who.PASSED, ALL, c.as_before, c.nothing, a.explained, ("explain", "reason"), cards=Cards.DRAWN
    ),
    (_O, Event.ESCALATE): Move(_O, Who.ASKED, LADDER, c.by_the_ladder, notes=("escalate", "rung")),
    (_O, Event.RAISE): Move(
        _O, Who.ASKED, FREE, c.by_the_ladder, c.begins_anew, a.rung_anew, ("raise", "role", "urgency"),
        cards=Cards.ALL, rings=Rings.GRAVER,
    ),
    (_O, Event.PHONE): Move(_O, Who.ASKED, LADDER, c.by_the_ladder, c.is_phoned, notes=("phone", "role")),
    (_O, Event.MUTE): Move(_O, Who.JSC, LADDER, c.by_the_ladder, c.is_muted, notes=("mute", "reason")),
    (_O, Event.LOOK): Move(_O, _CLOCK, LADDER - {"stuck"}, c.by_the_ladder),
    (_O, Event.CLIMB): Move(
        _O, _CLOCK, KNOWN, c.by_the_ladder, c.fires, a.asked, ("climb", "rung", "round", "asked"),
        cards=Cards.DRAWN, rings=Rings.ASKED,
    ),
    (_O, Event.REPEAT): Move(
        _O, _CLOCK, KNOWN, c.by_the_ladder, c.fires, a.asked, ("repeat", "rung", "round", "asked"),
        rings=Rings.ASKED,
    ),
    (_O, Event.REMIND): Move(
        _O, _CLOCK, LADDER, c.by_the_ladder, c.nothing, a.reminded, ("remind", "rung", "asked"), rings=Rings.REMINDED
    ),
    (_O, Event.ALARM): Move(_O, _CLOCK, LADDER, c.by_the_ladder, c.is_alarmed, notes=("alarm",)),
    (_O, Event.STICK): Move(_O, _CLOCK, LADDER - {"stuck"}, c.by_the_ladder, c.sticks),
    (_O, Event.ARRIVE): Move(_O, _CLOCK, LADDER, c.at_once, c.nothing, a.arrived, _ARRIVED),
    (_O, Event.FAIL): Move(_O, _CLOCK, LADDER, c.at_once, c.nothing, a.dead, _FAILED),
    (_O, Event.LOSE): Move(_O, _CLOCK, LADDER, c.at_once, c.nothing, a.dead, ("absent", "role", "why")),
    (_O, Event.WORSEN): Move(
        _O, _CLOCK, FREE, c.by_the_ladder, c.begins_anew, a.rung_anew, ("worsen",), cards=Cards.ALL
    ),
    (_O, Event.WITHDRAW): Move(
        _W, _CLOCK, ROUND, c.never, c.ends, a.ended, ("withdraw",),
        cards=Cards.ALL, rings=Rings.RELEASED, jsc="case.withdrawn",
    ),
    (_O, Event.CORRECT): Move(
        _O, _CLOCK, frozenset(), c.by_the_ladder, c.a_new_round, a.of_a_new_round, ("correct", "round"),
        jsc="case.corrected",
    ),
    (_O, Event.SET_ASIDE): Move(
        _O, _CLOCK, LADDER, c.by_the_ladder, c.nothing, a.set_aside, ("set_aside",), cards=Cards.OWN
    ),
    (_O, Event.DOUBT): Move(_O, _CLOCK, ALL, c.as_before, notes=("doubt",), cards=Cards.DRAWN, rings=Rings.IN_DOUBT),
    # a case that somebody has
    (_A, Event.READ): Move(_A, Who.AREA, ALL, c.as_before, notes=_READ),
    (_A, Event.EXPLAIN): Move(
        _A, Who.PASSED, ALL, c.as_before, c.nothing, a.explained, ("explain", "reason"), cards=Cards.DRAWN
    ),
    (_A, Event.NOTE): Move(_A, Who.OWNER, ALL, c.first_word_or_before, c.is_noted, notes=("note", "role")),
    (_A, Event.VIEW): Move(_A, Who.OWNER, ALL, c.as_before, notes=("view", "role")),
    (_A, Event.PROGRESS): Move(_A, Who.OWNER, NOT_WAITING, c.next_word, c.is_heard, notes=("progress",)),
    (_A, Event.MEET): Move(_A, Who.OWNER, NOT_WAITING - ASKED, c.next_word, c.meets, notes=("meet",)),
    (_A, Event.MISS): Move(_A, Who.OWNER, NOT_WAITING - ASKED, c.next_word, c.finds_nobody, notes=("miss",)),
    (_A, Event.WAIT): Move(
        _A, Who.OWNER, NOT_WAITING - ASKED, c.end_of_waiting, c.waits,
        notes=("wait", "reason", "days"), jsc="case.waiting",
    ),
    (_A, Event.UNDO): Move(
        _O, Who.OWNER, CLIMBED | {"former_id"}, c.by_the_ladder, c.nothing, a.revived, ("undo", "why"),
        cards=Cards.ALL, rings=Rings.AWAITED, jsc="case.released", former=Former.DISARMED,
    ),
    (_A, Event.GIVE_BACK): Move(
        _O, Who.TEAM, CLIMBED, c.by_the_ladder, c.opens_again, a.returned, _BACK,
        cards=Cards.ALL, rings=Rings.AWAITED, jsc="case.released", former=Former.DISARMED,
    ),
    (_A, Event.HAND): Move(_A, Who.OWNER, ALL, c.as_before, c.is_handed, notes=("hand", "role", "to")),
    (_A, Event.ACCEPT): Move(
        _A, Who.HANDED, CLIMBED, c.first_word, c.takes_over, notes=("accept", "role", "round"),
        cards=Cards.ALL, jsc="case.acknowledged", former=Former.SUCCEEDED,
    ),
    (_A, Event.REFUSE): Move(_A, Who.HANDED, ALL, c.as_before, c.keeps_it, notes=("refuse", "role")),
    (_A, Event.LAPSE): Move(_A, _CLOCK, ALL, c.as_before, c.keeps_it, notes=("lapse", "why")),
    (_A, Event.UNHAND): Move(_A, Who.OWNER, ALL, c.as_before, c.keeps_it, notes=("unhand",)),
    (_A, Event.ASK_COMPANY): Move(
        _A, Who.OWNER, ALL, c.as_before, c.asks_company, notes=("ask_company", "role", "to")
    ),
    (_A, Event.JOIN): Move(_A, Who.COMPANY, ALL, c.as_before, c.comes_along, notes=("join", "role")),
    (_A, Event.STAY): Move(_A, Who.COMPANY, ALL, c.as_before, c.stays_away, notes=("stay", "role")),
    (_A, Event.UNHEARD): Move(_A, _CLOCK, ALL, c.as_before, c.is_unheard, notes=("unheard", "why")),
    (_A, Event.CALL_OFF): Move(_A, Who.OWNER, ALL, c.as_before, c.goes_alone, notes=("call_off",)),
    (_A, Event.CLOSE): Move(
        _C, Who.OWNER, ROUND, c.never, c.ends, notes=("close", "outcome"),
        cards=Cards.ALL, news=News.CLOSED, jsc="case.closed", former=Former.DISARMED,
    ),
    (_A, Event.RAISE): Move(
        _A, Who.OWNER, NOT_WAITING - ASKED, c.one_word_later, c.hurries, notes=("raise", "role", "urgency")
    ),
    (_A, Event.LOWER): Move(_A, Who.OWNER, ALL, c.as_before, notes=("lower", "urgency", "reason")),
    (_A, Event.LOOK): Move(_A, _CLOCK, OWNED, c.at_the_opening),
    (_A, Event.FOLLOW_UP): Move(
        _A, _CLOCK, NOT_WAITING - ASKED, c.one_word_later, c.is_asked, notes=("follow_up", "times")
    ),
    (_A, Event.TAKE_BACK): Move(
        _O, _CLOCK, CLIMBED, c.by_the_ladder, c.opens_again, a.returned, _BACK,
        cards=Cards.ALL, rings=Rings.AWAITED, jsc="case.released", former=Former.DISARMED,
    ),
    (_A, Event.LOSE): Move(_A, _CLOCK, NOT_WAITING, c.at_once),
    (_A, Event.WORSEN): Move(
        _A, _CLOCK, NOT_WAITING - ASKED, c.one_word_later, c.hurries, notes=("worsen",), rings=Rings.IN_DANGER
    ),
    (_A, Event.AMEND): Move(
        _A, Who.OWNER, ALL, c.one_word_later_at_most, notes=("amend",), cards=Cards.ALL, jsc="case.corrected",
    ),
    (_A, Event.CORRECT): Move(
        _O, _CLOCK, frozenset(), c.by_the_ladder, c.a_new_round, a.of_a_new_round, ("correct", "round"),
        jsc="case.released", former=Former.DISARMED,
    ),
    (_A, Event.DOUBT): Move(_A, _CLOCK, ALL, c.as_before, notes=("doubt",), rings=Rings.IN_DOUBT),
    (_A, Event.ARRIVE): Move(_A, _CLOCK, ALL, c.as_before, c.nothing, a.arrived, _ARRIVED),
    (_A, Event.FAIL): Move(_A, _CLOCK, ALL, c.as_before, c.nothing, a.dead, _FAILED),
    # a case at an end
    (_C, Event.READ): Move(_C, Who.AREA, ALL, c.as_before, notes=_READ),
    (_C, Event.ARRIVE): Move(_C, _CLOCK, ALL, c.as_before, c.nothing, a.arrived, _ARRIVED),
    (_C, Event.FAIL): Move(_C, _CLOCK, ALL, c.as_before, c.nothing, a.dead, _FAILED),
    (_C, Event.REOPEN): Move(
        _O, _CLOCK, frozenset(), c.by_the_ladder, c.a_new_round, a.of_a_new_round, ("reopen", "round", "why"),
        jsc="case.reopened",
    ),
    (_W, Event.READ): Move(_W, Who.AREA, ALL, c.as_before, notes=_READ),
    (_W, Event.ARRIVE): Move(_W, _CLOCK, ALL, c.as_before, c.nothing, a.arrived, _ARRIVED),
    (_W, Event.FAIL): Move(_W, _CLOCK, ALL, c.as_before, c.nothing, a.dead, _FAILED),
}  # fmt: skip


def opened(now: datetime) -> State:
    """The state of a case that was just reported."""
    return State(Status.OPEN, round=1, round_at=now, next_due_at=now)


def row(status: Status, event: Event) -> Move | None:
    """The row of an event, or None when it is refused."""
    return MOVES.get((status, event))


def may(status: Status, event: Event, are: frozenset[Who]) -> bool:
    """Whether whoever stands so to the case (`are`) may cause an event."""
    found = row(status, event)
    return found is not None and found.who in are


def stand(before: Standing, event: Event, now: datetime, around: Around, given: Given) -> Standing | None:
    """How a case stands after an event; None when its status refuses it."""
    found = row(before.state.status, event)
    if found is None:
        return None
    what = Happening(before, now, around, given)
    kept = {name: getattr(before.state, name) for name in found.keeps}
    state = State(**{**kept, "status": found.to, **found.sets(what)})
    after = Standing(state, found.asks(before.asks, what))
    return replace(after, state=replace(state, next_due_at=found.due(after, what)))
