"""Properties of the ladder: never early, one step a pass, nothing due in the past, nobody stranded."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import Settings
from bot.core.escalation import (
    AskState,
    AskView,
    CaseView,
    Climb,
    Policy,
    Remind,
    Repeat,
    Rung,
    Stop,
    Stuck,
    Wait,
    next_action,
)
from bot.core.hours import WIB, Hours

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
Decide = Callable[..., object]
EVERYBODY = {"tksk": ["t"], "deputy": ["d"], "koordinator": ["k"], "dinsos": ["s"], "jsc": ["j"], "jsc2": ["j2"]}
policies = st.sampled_from([Settings().escalation.policy(urgency) for urgency in ("darurat", "mendesak", "biasa")])
rosters = st.fixed_dictionaries({role: st.sampled_from([names, []]) for role, names in EVERYBODY.items()})


@dataclass(slots=True)
class Play:
    """A case played forward as the bot does: each pass at most one step, then on to the next due moment."""

    policy: Policy
    people: dict[str, list[str]]
    decide: Decide = next_action
    delay: timedelta = MINUTE
    now: datetime = START
    case: CaseView = field(default_factory=lambda: CaseView(START))
    climbs: list[tuple[int, datetime]] = field(default_factory=list)
    repeats: list[datetime] = field(default_factory=list)
    reminders: list[str] = field(default_factory=list)

    def one_pass(self) -> None:
        """Decide, apply, deliver what rings, and move to the next due moment."""
        action = self.decide(self.case, self.now, self.policy, self.people)
        match action:
            case Climb(rung, people, rings_at) | Repeat(rung, people, rings_at):
                others = tuple(ask for ask in self.case.asks if ask.person not in people)
                fresh = tuple(AskView(p, rung, AskState.WAITING, rings_at, rings_at + self.delay) for p in people)
                self.case = replace(self.case, rung=rung, fired_at=rings_at, asks=others + fresh, grace_until=None)
                if isinstance(action, Climb):
                    self.climbs.append((rung, rings_at))
                else:
                    self.repeats.append(rings_at)
            case Remind(people):
                self.reminders.extend(people)
                asks = (replace(a, reminded=a.reminded + 1) if a.person in people else a for a in self.case.asks)
                self.case = replace(self.case, asks=tuple(asks))
            case Wait(until) | Stuck(until):
                assert until > self.now, "a due time in the past"
                self.now = until

    def run(self, passes: int) -> "Play":
        """Many passes."""
        for _ in range(passes):
            self.one_pass()
        return self


def obeys(policy: Policy, people: dict[str, list[str]], decide: Decide = next_action) -> None:
    """What must hold of any unanswered case."""
    play = Play(policy, people, decide).run(60)
    rungs = [rung for rung, _ in play.climbs]
    assert rungs == sorted(set(rungs)), "each rung once, in order"
    for (low, first), (_, then) in zip(play.climbs, play.climbs[1:], strict=False):
        assert then - first >= policy.gap(low + 1), "never early; empty rungs in between are passed at once"
    assert all(policy.hours.is_open(at) for at in (*(at for _, at in play.climbs), *play.repeats))
    if any(people.get(role) for rung in policy.rungs for role in rung.ask):
        assert play.repeats, "the end repeats"
        for one, two in zip(play.repeats, play.repeats[1:], strict=False):
            assert two - one >= policy.repeat
    for rung, at in play.climbs[:1]:
        assert at == policy.hours.opening(START), "the first reachable rung is asked at once"
        waited = [person for person in play.reminders if person in _asked(policy, people, rung)]
        most = len(policy.rungs[rung].remind)
        assert all(waited.count(person) <= most for person in waited)


def _asked(policy: Policy, people: dict[str, list[str]], rung: int) -> list[str]:
    return [person for role in policy.rungs[rung].ask for person in people.get(role, ())]


@given(policies, rosters)
def test_an_unanswered_case_climbs_as_planned(policy: Policy, people: dict[str, list[str]]) -> None:
    obeys(policy, people)


@given(policies, st.integers(0, 400))
def test_after_any_outage_one_pass_climbs_one_rung(policy: Policy, hours: int) -> None:
    play = Play(policy, EVERYBODY).run(3)
    play.now += hours * HOUR
    back, before = play.now, len(play.climbs) + len(play.repeats)
    for _ in range(6):
        play.one_pass()
        if play.now == back:
            assert len(play.climbs) + len(play.repeats) - before <= 1, "the next rung has its full wait again"


@given(policies, rosters, st.integers(0, 40))
def test_an_answered_case_is_left_alone(policy: Policy, people: dict[str, list[str]], passes: int) -> None:
    play = Play(policy, people).run(passes)
    assert next_action(replace(play.case, open=False), play.now, policy, people) == Stop()


@given(policies, policies, st.integers(0, 40))
@settings(max_examples=60)
def test_a_changed_policy_strands_nobody(old: Policy, new: Policy, passes: int) -> None:
    play = Play(old, EVERYBODY).run(passes)
    play.policy = replace(new, rungs=new.rungs[:2])
    play.run(40)
    assert play.repeats


def test_declined_or_dead_is_climbed_at_once_but_a_late_answer_waits_for_nothing() -> None:
    policy = Settings().escalation.policy("mendesak")
    play = Play(policy, EVERYBODY)
    play.one_pass()
    for state in (AskState.DECLINED, AskState.DEAD):
        asks = tuple(replace(ask, state=state) for ask in play.case.asks)
        action = next_action(replace(play.case, asks=asks), play.now, policy, EVERYBODY)
        assert isinstance(action, Climb)
        assert action.rung == 1


def test_without_delivery_the_ceiling_is_twice_the_first_wait() -> None:
    policy = Settings().escalation.policy("mendesak")
    play = Play(policy, EVERYBODY)
    play.one_pass()
    case = replace(play.case, asks=tuple(replace(ask, delivered_at=None) for ask in play.case.asks))
    assert next_action(case, START, policy, EVERYBODY) == Wait(START + 4 * HOUR)


def test_hours_move_sends_to_the_next_opening() -> None:
    mendesak, biasa = Settings().escalation.policy("mendesak"), Settings().escalation.policy("biasa")
    late = datetime(2026, 3, 2, 22, 30, tzinfo=WIB)
    first = next_action(CaseView(late), late, mendesak, EVERYBODY)
    assert isinstance(first, Climb)
    assert first.rings_at == datetime(2026, 3, 3, 6, 0, tzinfo=WIB)
    saturday = datetime(2026, 3, 7, 21, 0, tzinfo=WIB)
    first = next_action(CaseView(saturday), saturday, biasa, EVERYBODY)
    assert isinstance(first, Climb)
    assert first.rings_at == datetime(2026, 3, 9, 7, 0, tzinfo=WIB)


def _storm(case: CaseView, now: datetime, policy: Policy, people: dict[str, list[str]]) -> object:
    """Mutant: due counted from acceptance alone."""
    moved = replace(case, fired_at=case.accepted_at) if case.fired_at else case
    return next_action(moved, now, policy, people)


def _silent_end(case: CaseView, now: datetime, policy: Policy, people: dict[str, list[str]]) -> object:
    """Mutant: the last rung forgets that it repeats."""
    action = next_action(case, now, policy, people)
    return Wait(now + HOUR) if isinstance(action, Repeat) else action


def _sleepless(case: CaseView, now: datetime, policy: Policy, people: dict[str, list[str]]) -> object:
    """Mutant: quiet hours are ignored."""
    return next_action(case, now, replace(policy, hours=Hours()), people)


@pytest.mark.parametrize("mutant", [_silent_end, _sleepless])
def test_a_mutant_breaks_the_properties(mutant: Decide) -> None:
    policy = Settings().escalation.policy("mendesak")
    with pytest.raises(AssertionError):
        obeys(policy, EVERYBODY, mutant)


def test_the_storm_is_caught() -> None:
    policy = Settings().escalation.policy("mendesak")
    play = Play(policy, EVERYBODY, _storm).run(2)
    play.now += 48 * HOUR
    before = len(play.climbs)
    play.run(4)
    assert len(play.climbs) - before > 1, "the mutant climbs several rungs at one moment"


def test_a_ladder_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one rung"):
        Policy((), HOUR)
    with pytest.raises(ValueError, match="order"):
        Policy((Rung(HOUR, ("tksk",)), Rung(MINUTE, ("jsc",))), HOUR)
