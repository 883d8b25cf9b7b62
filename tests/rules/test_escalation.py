"""The ladder: every life of a case keeps the rules, and every planted mistake breaks the rule it should."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from bot.core.escalation import (
    STUCK,
    AskState,
    AskView,
    CaseView,
    Climb,
    Policy,
    Repeat,
    Rung,
    Stuck,
    Wait,
    goes_on_at,
    next_action,
)
from tests.rules.ladder_mutants import MUTANTS, Mutant
from tests.rules.ladder_rules import broken, everybody
from tests.rules.ladder_simulation import Life, Story
from tests.rules.ladder_stories import DEFAULTS, HOUR, MINUTE, TEAM, TOLD, at, stories
from tests.support.length import many


def keeps_the_rules(story: Story) -> None:
    """Play a story and check all that must hold of it."""
    log = Life(story).play()
    assert [said for _, said in broken(log)] == []
    calm = log[-100:]
    if len(log) > len(calm) and all(one.before.open and everybody(one.before) for one in calm):
        assert any(isinstance(one.action, Repeat) for one in calm), "the end repeats for ever"


@pytest.mark.parametrize("story", TOLD.values(), ids=TOLD)
def test_a_story_told_on_purpose_keeps_the_rules(story: Story) -> None:
    keeps_the_rules(story)


@given(stories)
@settings(max_examples=many(300, 100))
def test_every_life_of_a_case_keeps_the_rules_and_never_falls_silent(story: Story) -> None:
    keeps_the_rules(story)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_mistake_breaks_its_rule(mutant: Mutant) -> None:
    found = {rule for story in TOLD.values() for rule, _ in broken(mutant.life(story).play(60))}
    assert mutant.caught_by in found


def _asked(*asks: AskView, rung: int = 0, fired: str = "Mon 02 09:00") -> CaseView:
    return CaseView(at("Mon 02 09:00"), rung=rung, fired_at=at(fired), asks=asks)


def _ask(person: str, rung: int = 0, state: AskState = AskState.WAITING, heard: str | None = "Mon 02 09:00") -> AskView:
    return AskView(person, rung, state, at("Mon 02 09:00"), at(heard) if heard else None)


def test_cards_that_never_arrive_are_waited_for_twice_the_first_wait() -> None:
    case = _asked(_ask("t1", heard=None))
    assert next_action(case, at("Mon 02 10:00"), DEFAULTS["mendesak"], TEAM) == Wait(at("Mon 02 13:00"))


def test_delivered_in_reverse_counts_from_whichever_came_first() -> None:
    case = _asked(_ask("t1", heard="Mon 02 12:00"), _ask("t2", heard="Mon 02 10:00"))
    assert goes_on_at(case, DEFAULTS["mendesak"]) == at("Mon 02 12:00")


def test_dead_before_it_may_ring_is_climbed_at_once_and_rings_at_the_opening() -> None:
    case = replace(_asked(_ask("t1", state=AskState.DEAD, heard=None), fired="Tue 03 06:00"))
    action = next_action(case, at("Mon 02 23:00"), DEFAULTS["mendesak"], TEAM)
    assert action == Climb(1, ("d1", "k1"), at("Tue 03 06:00"))
    case = _asked(*case.asks, _ask("d1", 1, heard=None), _ask("k1", 1, heard=None), rung=1, fired="Tue 03 06:00")
    assert goes_on_at(case, DEFAULTS["mendesak"]) == at("Tue 03 08:00"), "the next gap begins when it may ring"


def test_a_rung_climbed_early_keeps_the_times_of_the_table_for_those_above() -> None:
    case = _asked(_ask("t1", state=AskState.DECLINED), _ask("k1", 1), rung=1)
    assert goes_on_at(case, DEFAULTS["mendesak"]) == at("Mon 02 13:00"), "what is promised is what happens"
    assert next_action(case, at("Mon 02 12:00"), DEFAULTS["mendesak"], TEAM) == Wait(at("Mon 02 13:00"))


def test_a_press_at_the_end_asks_again_but_not_at_every_press() -> None:
    case, ladder = _asked(_ask("j1", 3), rung=3), DEFAULTS["mendesak"]
    soon, later = at("Mon 02 09:09"), at("Mon 02 09:10")
    assert next_action(case, soon, ladder, TEAM, at_once=True) == Wait(at("Mon 02 12:00"))
    assert next_action(case, later, ladder, TEAM, at_once=True) == Repeat(3, ("j1", "group"), later)


def test_in_its_turn_a_group_that_only_listens_is_rung_once() -> None:
    ladder = Policy((Rung(0 * HOUR, ("tksk", "grup")), Rung(HOUR, ("jsc",))), HOUR, turns=(("jsc", "grup"),))
    people = {"tksk": ["t1"], "grup": ["g1"], "jsc": ["j1"]}
    listening, now = replace(_ask("g1"), listens=True), at("Mon 02 12:00")
    case = _asked(_ask("t1"), _ask("j1", 1), listening, rung=1)
    assert next_action(case, now, ladder, people) == Repeat(1, ("j1",), now)
    unheard = _asked(_ask("t1"), _ask("j1", 1), rung=1)
    assert next_action(unheard, now, ladder, people) == Repeat(1, ("j1", "g1"), now)


def test_when_the_end_said_no_somebody_new_is_asked_at_once_and_others_at_the_repeat() -> None:
    case, ladder, now = _asked(_ask("j1", 3, AskState.DECLINED), rung=3), DEFAULTS["mendesak"], at("Mon 02 10:00")
    assert next_action(case, now, ladder, {"jsc": ["j1"]}) == Wait(at("Mon 02 12:00"))
    assert next_action(case, now, ladder, {"jsc": ["j9"]}) == Repeat(3, ("j9",), now)
    assert next_action(case, now, ladder, {}) == Stuck(now + STUCK)


def test_a_raised_case_begins_the_new_ladder_without_asking_anybody_twice() -> None:
    case = CaseView(at("Mon 02 09:00"), asks=(_ask("t1"),))
    now = at("Mon 02 15:00")
    assert next_action(case, now, DEFAULTS["darurat"], TEAM) == Climb(0, ("k1", "s1"), now)


def test_a_shorter_ladder_strands_nobody() -> None:
    short = replace(DEFAULTS["biasa"], rungs=DEFAULTS["biasa"].rungs[:2])
    case = _asked(_ask("t1"), _ask("k1", 1), _ask("s1", 2), rung=2)
    assert next_action(case, at("Tue 03 08:59"), short, TEAM) == Wait(at("Tue 03 09:00"))
    assert next_action(case, at("Tue 03 09:00"), short, TEAM) == Repeat(1, ("d1", "k1"), at("Tue 03 09:00"))


@pytest.mark.parametrize(
    ("rungs", "repeat", "said"),
    [
        ((), HOUR, "at least one rung"),
        ((Rung(HOUR, ("tksk",)), Rung(MINUTE, ("jsc",))), HOUR, "order of their times"),
        ((Rung(HOUR, ("tksk",)),), HOUR, "must be 0"),
        ((Rung(0 * HOUR, ("tksk",), (HOUR, MINUTE)),), HOUR, "order of their times"),
        ((Rung(0 * HOUR, ("tksk",), (0 * HOUR,)),), HOUR, "after its rung"),
        ((Rung(0 * HOUR, ("tksk",)),), 0 * HOUR, "longer than nothing"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused(rungs: tuple[Rung, ...], repeat: timedelta, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Policy(rungs, repeat)
