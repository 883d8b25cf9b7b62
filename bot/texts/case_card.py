"""The card of a case: one table says which lines stand on it, in which order, and for whom.

A case is seen one way: whoever has it reads every line that whoever is asked reads. Moments are absolute and have
their day, for a card may wait a night or an outage before it is read.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum, auto

from bot.texts import case_buttons, case_ends, case_lines
from bot.texts.case_facts import AskedBefore, CaseFacts, Handling, Holder
from bot.texts.case_lines import Line, bubble
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message


class View(StrEnum):
    """Who looks at a case, and why."""

    ASKED = auto()
    """Somebody is asked to take it."""
    OPENED = auto()
    """Somebody who is asked opened it from a list."""
    OWNER = auto()
    FOLLOW_UP = auto()
    """Its owner has not been heard of."""
    HANDED = auto()
    """Its owner asks the reader to take it over."""
    COMPANY = auto()
    """Its owner asks the reader to go along."""
    HELD = auto()
    """Somebody opened it, and another has it."""
    TAKEN = auto()
    """What every card becomes once somebody has it."""
    GROUP = auto()
    """JSC's group is asked."""
    PASSED = auto()
    """The reader passed it on."""
    OVER = auto()
    """Nothing more is to be done."""


TOLD = frozenset({View.ASKED, View.OPENED, View.OWNER, View.FOLLOW_UP, View.HANDED, View.COMPANY, View.HELD})
"""Whoever reads what was reported."""
OWNERS = frozenset({View.OWNER, View.FOLLOW_UP})
QUIET = frozenset({View.TAKEN, View.PASSED, View.OVER})

Before = tuple[AskedBefore, ...]
Tell = Callable[[Speech, CaseFacts, Handling], Line | None]
LINES: tuple[tuple[Tell, frozenset[View]], ...] = (
    (case_lines.reach, TOLD),
    (case_lines.loud_head, frozenset(View) - QUIET),
    (case_lines.head, QUIET),
    (case_ends.taken, frozenset({View.OWNER})),
    (case_lines.duty, frozenset({View.ASKED})),
    (case_lines.kind, TOLD),
    (case_lines.mentioned, TOLD),
    (case_lines.despair, TOLD),
    (case_lines.quick, TOLD),
    (case_lines.danger_now, TOLD),
    (case_lines.taken_back, TOLD),
    (case_lines.group_kind, frozenset({View.GROUP})),
    (case_lines.who, TOLD),
    (case_lines.family, OWNERS),
    (case_lines.seen, TOLD),
    (case_lines.phoned, TOLD),
    (case_lines.warnings, TOLD),
    (case_lines.at_night, TOLD),
    (case_lines.files, TOLD),
    (case_lines.on_tap, OWNERS),
    (case_lines.unkept, TOLD),
    (case_lines.added, TOLD),
    (case_lines.noted, TOLD),
    (case_lines.waiting, TOLD),
    (case_lines.passed_on, TOLD),
    (case_ends.handed_to, OWNERS),
    (case_ends.handed_by, frozenset({View.HANDED})),
    (case_ends.company, OWNERS | {View.HELD}),
    (case_ends.company_wanted, frozenset({View.COMPANY})),
    (case_ends.taken_since, frozenset({View.FOLLOW_UP})),
    (case_ends.held_by, frozenset({View.HELD, View.TAKEN})),
    (case_ends.asked_before, frozenset({View.ASKED, View.OPENED})),
    (case_ends.also_asked, frozenset({View.ASKED})),
    (case_ends.answer_by, frozenset({View.ASKED, View.OPENED})),
    (case_ends.awaited, frozenset({View.FOLLOW_UP})),
    (case_ends.goes_on, frozenset({View.FOLLOW_UP})),
    (case_ends.word_by, frozenset({View.OWNER})),
    (case_ends.first_step, frozenset({View.OWNER})),
    (case_ends.discreet, frozenset({View.OWNER})),
    (case_ends.take_it, frozenset({View.OPENED})),
    (case_ends.nobody_yet, frozenset({View.GROUP})),
    (case_ends.closing, frozenset({View.PASSED, View.OVER})),
)
"""Every line a card can have, in its order, and who reads it."""

Buttons = Callable[[Speech, CaseFacts, Handling], tuple[tuple[Key, ...], ...]]
ROWS: Mapping[View, Buttons] = {
    View.ASKED: case_buttons.worker_rows,
    View.OPENED: case_buttons.opened_rows,
    View.OWNER: case_buttons.winner_rows,
    View.FOLLOW_UP: case_buttons.owner_rows,
    View.HANDED: case_buttons.handed_rows,
    View.COMPANY: case_buttons.company_rows,
    View.TAKEN: case_buttons.taken_rows,
    View.GROUP: case_buttons.hold_rows,
    View.PASSED: case_buttons.passed_rows,
}
"""The buttons under a card; where none are named it has none."""


def case_card(speech: Speech, view: View, case: CaseFacts, handling: Handling) -> Message:
    """The card of a case for one view of it."""
    known = case.for_group() if handling.group else case
    told = (write(speech, known, handling) for write, views in LINES if view in views)
    rows = ROWS[view](speech, known, handling) if view in ROWS else ()
    return bubble((line for line in told if line is not None), rows, silent=view is View.GROUP)


def ping(speech: Speech, case: CaseFacts, handling: Handling) -> Message:
    """The first card of a worker: what, where, how grave, until when, who was or is asked beside them, and after."""
    return case_card(speech, View.ASKED, case, handling)


def opened(
    speech: Speech,
    case: CaseFacts,
    *,
    until: datetime | None,
    then: str | None,
    asked: bool = True,
    before: Before = (),
) -> Message:
    """The card again under its details, for whoever opened them from a list: who reads it has not taken it."""
    return case_card(speech, View.OPENED, case, Handling(until=until, then=then, asked=asked, before=before))


def group_card(speech: Speech, case: CaseFacts) -> Message:
    """The silent card of the JSC group: nothing in it is personal."""
    return case_card(speech, View.GROUP, case, Handling(group=True))


def taken_card(
    speech: Speech, case: CaseFacts, role: str, name: str | None, at: datetime, *, group: bool = False
) -> Message:
    """What every card of the case turns into once somebody took it; a group may give back what JSC has."""
    return case_card(speech, View.TAKEN, case, Handling(group=group, holder=Holder(role, name), since=at))


def handed_card(speech: Speech, case: CaseFacts, role: str, name: str | None) -> Message:
    """The whole card for whoever the owner, of this role and name, asks to take it over."""
    return case_card(speech, View.HANDED, case, Handling(holder=Holder(role, name)))


def company_card(speech: Speech, case: CaseFacts, role: str, name: str | None) -> Message:
    """The whole card for whoever the owner, of this role and name, asks to go along."""
    return case_card(speech, View.COMPANY, case, Handling(holder=Holder(role, name)))


def held_card(speech: Speech, case: CaseFacts, role: str, name: str | None, at: datetime) -> Message:
    """What somebody who may read a case reads of one that another has."""
    return case_card(speech, View.HELD, case, Handling(holder=Holder(role, name), since=at))


def over_card(speech: Speech, case: CaseFacts, key: str, *, group: bool = False) -> Message:
    """A card whose buttons mean nothing any more, with the reason."""
    return case_card(speech, View.OVER, case, Handling(group=group, closing=speech.say(key)))


def passed_card(speech: Speech, case: CaseFacts, *, group: bool = False) -> Message:
    """What the card of whoever passed it on turns into; they may take it after all."""
    return case_card(speech, View.PASSED, case, Handling(group=group, closing=speech.say("c_diteruskan")))


def owner_card(speech: Speech, case: CaseFacts, due: datetime | None) -> Message:
    """What whoever has the case reads: all that was asked with, by when a word is due, and what to do first."""
    return case_card(speech, View.OWNER, case, Handling(until=due))


def follow_up(
    speech: Speech, case: CaseFacts, taken_at: datetime, until: datetime, then: str | None, waited: str | None = None
) -> Message:
    """The question to an owner who has not been heard of: what was awaited, and when the case goes on to whom."""
    handling = Handling(until=until, since=taken_at, then=then, waited=waited)
    return case_card(speech, View.FOLLOW_UP, case, handling)
