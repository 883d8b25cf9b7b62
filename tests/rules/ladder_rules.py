"""What must hold of every life of a case, read from the table in the design and checked on the log.

Each rule is written from the policy alone, without a word of the code that decides.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from bot.core.escalation import CALM, GRACE, STUCK, Alarm, AskState, Climb, Policy, Remind, Repeat, Stop, Stuck, Wait
from tests.rules.ladder_simulation import GROUP, Card, Pass, State

DECADE = timedelta(days=3650)


def broken(log: list[Pass]) -> Iterator[tuple[str, str]]:
    """Every rule that the log breaks, with where."""
    steps: dict[int, int] = {}
    for one in log:
        for rule, holds in _rules(one):
            if not holds:
                yield rule, f"{rule}: at {one.now:%a %d %H:%M:%S} {one.action}, due {one.due}, before: {one.before}"
        steps[one.number] = steps.get(one.number, 0) + isinstance(one.action, Climb | Repeat)
        if steps[one.number] > 1:
            yield "one step a pass", f"several at {one.now}"


def _rules(one: Pass) -> Iterator[tuple[str, bool]]:
    state, action, now = one.before, one.action, one.now
    hours = state.policy.hours
    yield "left alone", state.open == (not isinstance(action, Stop))
    if not state.open:
        return
    if isinstance(action, Wait | Stuck):
        yield "nothing due in the past", action.until > now
    yield "nothing due in the past", one.due >= now
    yield "never silent", one.due <= max(_latest(one.after, now), now)
    if isinstance(action, Climb | Repeat | Remind):
        yield "hours", action.rings_at == hours.opening(now) and hours.is_open(action.rings_at)
    waiting = _waiting(state)
    alarm = state.accepted + state.policy.alarm if state.policy.alarm and not state.alarmed else None
    if isinstance(action, Wait | Stuck) and state.rung >= 0:
        yield "the admins hear it in time", alarm is None or action.until <= alarm
    if isinstance(action, Climb | Repeat | Remind):
        yield "quiet is quiet", not (_quiet(state, now) and waiting) or one.at_once or state.rung < 0
    match action:
        case Alarm():
            yield "the admins hear it in time", alarm is not None and alarm <= now
        case Climb():
            yield from _climb(action, one, waiting)
        case Repeat():
            yield from _repeat(action, one, waiting)
        case Remind():
            yield from _remind(action, one, waiting)
        case Stuck():
            yield "stuck only when nobody is there", not everybody(state)
        case Wait():
            yield "the first is asked at once", state.rung >= 0
            yield "dead or declined is climbed at once", bool(waiting) or not _above(state)
            yield "nobody at all is red", bool(everybody(state)) or _somebody(state)
            if one.at_once or _quiet(state, now):  # a press that changes nothing; the next look does what is due
                return
            yield "every reminder", not any(due <= now for card in waiting for due in _planned(state, card)[:1])
            heard = [card for card in waiting if card.delivered]
            yield "asked again after downtime", not (state.ask_again and _in_grace(state, now) and heard)


def _climb(action: Climb, one: Pass, waiting: list[Card]) -> Iterator[tuple[str, bool]]:
    state = one.before
    above = _above(state, one.at_once)
    yield "rungs in order, nobody twice", bool(above) and above[0] == (action.rung, action.people)
    yield "rungs in order, nobody twice", action.skipped == tuple(range(max(_rung(state), -1) + 1, action.rung))
    if waiting and not one.at_once and state.rung >= 0:
        yield "never early", one.now >= _earliest(state)


def _repeat(action: Repeat, one: Pass, waiting: list[Card]) -> Iterator[tuple[str, bool]]:
    state, last = one.before, len(one.before.policy.rungs) - 1
    anybody = {*everybody(state), *(name for turn in state.policy.turns for name in _names(state, turn))}
    yield "the end repeats to the highest rung", action.rung == last and set(action.people) <= anybody
    yield "the end repeats to the highest rung", bool(action.people) and not _above(state, one.at_once)
    if state.fired is None:
        return
    heard = {c.person for c in state.cards if state.rung >= last or c.state is not AskState.DEAD}
    if not waiting and not heard & set(action.people):
        return  # somebody new is asked at once
    quiet = {c.person for c in state.cards if c.person == GROUP and c.state is AskState.WAITING}
    yield "one silent card", not (quiet & set(action.people)) or len(action.people) == 1
    ends = _names(state, state.policy.rungs[-1].ask) - {GROUP}
    turns = [names for roles in state.policy.turns if (names := _names(state, roles)) & ends]
    if turns:
        rang = {card.person: card.rang[0] for card in state.cards if card.person not in ends}
        mine = [rang[name] for name in action.people if name in rang]
        yield "each in turn", all(at + state.policy.repeat * len(state.policy.turns) <= one.now for at in mine)
        yield "each in turn", any(set(action.people) <= turn for turn in turns)
    pause = min(CALM, state.policy.repeat) if one.at_once else state.policy.repeat
    ends_at = state.fired + pause if one.at_once or _rung(state) == last else _earliest(state)
    yield "never early", one.now >= ends_at
    yield "never early", one.at_once or not _in_grace(state, one.now)


def _remind(action: Remind, one: Pass, waiting: list[Card]) -> Iterator[tuple[str, bool]]:
    state, asked = one.before, {card.person: card for card in waiting if card.delivered}
    yield "only who was asked is reminded", set(action.people) <= set(asked)
    for person, reached in zip(action.people, action.reached, strict=True):
        if (card := asked.get(person)) is None:
            continue
        left = _owed(state, card)
        again = state.ask_again and _in_grace(state, one.now)
        yield "as many reminders as planned", again or (bool(left) and left[0] <= one.now)
        yield "as many reminders as planned", reached == card.reached + sum(at <= action.rings_at for at in left)
        yield "no burst of reminders", again or action.rings_at > card.rang[-1]


def _rung(state: State) -> int:
    return min(state.rung, len(state.policy.rungs) - 1)


def _waiting(state: State) -> list[Card]:
    """Who may still answer on the present rung; the group that only listens keeps nobody waiting."""
    here = [card for card in state.cards if card.rung == state.rung]
    named = [card for card in here if card.person != GROUP] or here
    return [card for card in named if card.state is AskState.WAITING]


def _somebody(state: State) -> bool:
    return any(card.state is AskState.WAITING for card in state.cards)


def everybody(state: State) -> list[str]:
    """Whoever can be asked on any rung."""
    return [name for rung in state.policy.rungs for role in rung.ask for name in state.people.get(role, ())]


def _names(state: State, roles: Iterable[str]) -> set[str]:
    return {name for role in roles for name in state.people.get(role, ())}


def _quiet(state: State, now: datetime) -> bool:
    return state.quiet is not None and now < state.quiet


def _above(state: State, at_once: bool = False) -> list[tuple[int, tuple[str, ...]]]:
    """The rungs above that have somebody who was not asked yet, and whom; some also ring who is silent."""
    every = {card.person for card in state.cards}
    silent = {card.person for card in state.cards if card.state is AskState.WAITING and card.person != GROUP}
    found = []
    for number in range(max(_rung(state), -1) + 1, len(state.policy.rungs)):
        rung = state.policy.rungs[number]
        asked = every - silent if rung.again and not at_once else every
        names = [name for role in rung.ask for name in state.people.get(role, ())]
        if fresh := tuple(dict.fromkeys(name for name in names if name not in asked)):
            found.append((number, fresh))
    return found


def _in_grace(state: State, now: datetime) -> bool:
    return state.grace is not None and now < state.grace


def _after_grace(state: State) -> datetime:
    if state.grace is None:
        return state.accepted
    return state.policy.hours.opening(state.grace - GRACE) + GRACE


def _earliest(state: State) -> datetime:
    """When the next rung may be climbed although somebody may still answer."""
    policy, rung = state.policy, _rung(state)
    assert state.fired is not None
    if rung == len(policy.rungs) - 1:
        return policy.hours.opening(max(state.fired + policy.repeat, _after_grace(state)))
    times = [one.after for one in policy.rungs]
    twice = state.accepted + 2 * _first_wait(policy)
    first = min((card.delivered for card in state.cards if card.delivered), default=twice)
    planned = min(first + times[rung + 1], twice + times[rung + 1] - _first_wait(policy))
    gap = times[rung + 1] - times[rung]
    return policy.hours.opening(max(planned, state.fired + gap, _after_grace(state)))


def _first_wait(policy: Policy) -> timedelta:
    return next((rung.after for rung in policy.rungs if rung.after > timedelta(0)), policy.repeat)


def _owed(state: State, card: Card) -> list[datetime]:
    """The reminders somebody has not had yet."""
    if card.delivered is None:
        return []
    start, rung = max(card.rang[0], card.delivered), state.policy.rungs[_rung(state)]
    return [state.policy.hours.opening(start + wait) for wait in rung.remind][card.reached :]


def _planned(state: State, card: Card) -> list[datetime]:
    """The reminders owed to somebody before their rung ends."""
    return [at for at in _owed(state, card) if at < _end(state)]


def _end(state: State) -> datetime:
    """When the present rung ends by itself: where nobody stands above, those below are asked again then."""
    return _earliest(state)


def _latest(state: State, now: datetime) -> datetime:
    """When the case must be looked at again at the latest."""
    waiting = _waiting(state)
    if not state.open:
        return now + DECADE
    if state.fired is None or (not everybody(state) and not _somebody(state)):
        return now + STUCK
    if not waiting and _above(state):
        return now
    if _quiet(state, now) and waiting:
        assert state.quiet is not None
        return max(state.quiet, now + STUCK)
    end = _end(state)
    if end <= now and not everybody(state):
        return now + STUCK
    return min([end, *(at for card in waiting for at in _planned(state, card))])
