"""Planted mistakes in what workers and reporters do to a case: each is seen by the story that stands beside it.

A mistake is planted from outside, as in tests/promises/mutants.py; the story then fails where it holds without it.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

from bot.actions import grading, grouping, ladder, respond
from bot.core import asks, changes
from bot.core.moves import LADDER, MOVES, Event, Status
from storage import groups
from storage.session import Session
from storage.tables import Case, Meta
from tests.promises.mutants import MUTANTS
from tests.stories import test_company as company
from tests.stories import test_correcting as correcting
from tests.stories import test_desk as desk
from tests.stories import test_enrolling as enrolling
from tests.stories import test_grades as grades
from tests.support.world import World

Planted = AbstractContextManager[Any]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What plants it for as long as it is entered, and the story that sees it."""

    plant: Callable[[], Planted]
    seen_by: Callable[[World], Awaitable[None]]


def _both(*planted: Planted) -> Planted:
    stack = ExitStack()
    for one in planted:
        stack.enter_context(one)
    return stack


def _nobody_is_asked_next() -> Planted:
    """*Tidak bisa* is noted, and the case waits as if it had not been said."""
    passing = MOVES[Status.OPEN, Event.DECLINE]
    waits = SimpleNamespace(step=lambda _, file: (file, None), climb_now=ladder.climb_now)
    moves = {(Status.OPEN, Event.DECLINE): replace(passing, due=changes.as_before)}
    return _both(patch.dict(MOVES, moves), patch.object(respond, "ladder", waits))


def _raised_with_the_old_clock() -> Planted:
    """A case is called graver, and its ladder stays the old one."""

    def named(_: Any, case: Case, urgency: str) -> None:
        case.urgency = urgency

    return patch.object(grading, "deadlines", SimpleNamespace(regrade=named))


def _corrected_with_the_old_clock() -> Planted:
    """A case goes elsewhere in its old round: its clock runs on."""
    anew = MOVES[Status.OPEN, Event.CORRECT]
    moves = {(Status.OPEN, Event.CORRECT): replace(anew, keeps=LADDER, sets=changes.nothing)}
    return patch.dict(MOVES, moves)


def _corrected_and_the_old_one_is_awaited() -> Planted:
    """A case goes elsewhere with its ladder as it is: whoever was asked before is waited for."""
    anew = MOVES[Status.OPEN, Event.CORRECT]
    kept = replace(anew, keeps=LADDER, sets=changes.nothing, asks=asks.same)
    return patch.dict(MOVES, {(Status.OPEN, Event.CORRECT): kept})


def _codes_are_never_used_up() -> Planted:
    """A code that has enrolled a group enrols the next one too."""
    used: list[str] = []

    def enrol(session: Session, group: int, now: datetime) -> None:
        row = session.get(Meta, groups.ENROLLED) or Meta(name=groups.ENROLLED, value="")
        row.value, row.at = str(group), now
        session.add(row)
        used.append(groups.code_of(session, group, now) or used[0])

    def code_of(session: Session, group: int, now: datetime) -> str | None:
        return used[0] if used else groups.code_of(session, group, now)

    kept = SimpleNamespace(enrol=enrol, code_of=code_of, offer=groups.offer)
    return patch.object(grouping, "groups", kept)


REROUTED = correcting.test_a_wrong_place_is_asked_about_where_it_is
MISTAKES = {
    "passing on asks nobody": Mistake(
        _nobody_is_asked_next, desk.test_a_refusal_with_a_reason_asks_the_next_person_at_once
    ),
    "raised with the old clock": Mistake(
        _raised_with_the_old_clock, grades.test_raised_it_has_the_clock_of_its_new_grade
    ),
    "corrected with the old clock": Mistake(_corrected_with_the_old_clock, REROUTED),
    "corrected, and the old one is awaited": Mistake(_corrected_and_the_old_one_is_awaited, REROUTED),
    "a used code enrols a second group": Mistake(
        _codes_are_never_used_up, enrolling.test_a_code_that_was_used_enrols_nothing_any_more
    ),
    "whoever goes along has the case": Mistake(
        MUTANTS["company_owns"], company.test_taken_and_company_asked_for_and_the_case_stays_where_it_is
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
async def test_a_planted_mistake_is_seen_by_its_story(w: World, name: str) -> None:
    mistake = MISTAKES[name]
    with mistake.plant(), pytest.raises(AssertionError):
        await mistake.seen_by(w)
