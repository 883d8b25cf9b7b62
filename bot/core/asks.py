"""What becomes of the asks of a case when something happens to it: plain functions, named by the table of moves."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.escalation import AskState, AskView
from bot.core.standing import Happening

Asks = tuple[AskView, ...]
OTHER = "reporter"
"""Why somebody is not waited for whom the reporter does not want again."""


def same(asks: Asks, _: Happening) -> Asks:
    """Nothing changes."""
    return asks


def ended(asks: Asks, _: Happening) -> Asks:
    """Somebody has the case: nobody else is awaited."""
    return _each(asks, AskState.WAITING, lambda ask: replace(ask, state=AskState.OVER))


def asked(asks: Asks, what: Happening) -> Asks:
    """The people of a rung are asked, those who were asked before once more."""
    given = what.given
    assert given.rings_at is not None
    known = {ask.person: ask for ask in asks}
    for person in given.people:
        times = known[person].asked + 1 if person in known else 1
        fresh = AskView(person, given.rung, AskState.WAITING, given.rings_at, asked=times)
        known[person] = replace(fresh, listens=person in what.around.listeners)
    return tuple(known.values())


def reminded(asks: Asks, what: Happening) -> Asks:
    """Some of those asked were reminded."""
    reached = dict(zip(what.given.people, what.given.reached, strict=True))
    return tuple(replace(ask, reminded=reached.get(ask.person, ask.reminded)) for ask in asks)


def declined(asks: Asks, what: Happening) -> Asks:
    """Somebody who was asked cannot come."""

    def no(ask: AskView) -> AskView:
        return replace(ask, state=AskState.DECLINED, reason=what.given.reason)

    return tuple(no(ask) if ask.person in what.given.people else ask for ask in asks)


def explained(asks: Asks, what: Happening) -> Asks:
    """Somebody who passed it on says why."""
    people, reason = what.given.people, what.given.reason
    return tuple(replace(ask, reason=reason) if ask.person in people else ask for ask in asks)


def arrived(asks: Asks, what: Happening) -> Asks:
    """The message of an ask was delivered; the first time counts."""

    def there(ask: AskView) -> AskView:
        return replace(ask, delivered_at=ask.delivered_at or what.now)

    return tuple(there(ask) if ask.person in what.given.people else ask for ask in asks)


def dead(asks: Asks, what: Happening) -> Asks:
    """Nobody waits for these people any more."""

    def gone(ask: AskView) -> AskView:
        return replace(ask, state=AskState.DEAD, reason=what.given.reason)

    return _each(asks, AskState.WAITING, lambda ask: gone(ask) if ask.person in what.given.people else ask)


def revived(asks: Asks, what: Happening) -> Asks:
    """The case is open as if nobody had pressed; whoever left meanwhile is not waited for."""
    return _each(asks, AskState.OVER, lambda ask: _here(ask, what))


def returned(asks: Asks, what: Happening) -> Asks:
    """The case is open again without its owner; everybody else is rung anew, and reminders count from now."""
    owner = what.before.state.owner_id

    def again(ask: AskView) -> AskView:
        if ask.person == owner:
            return replace(ask, state=AskState.DECLINED, reason=what.given.reason)
        fresh = replace(ask, fired_at=what.opening, reminded=0)
        return _here(fresh, what)

    return _each(asks, AskState.OVER, again)


def set_aside(asks: Asks, what: Happening) -> Asks:
    """Somebody else shall do it: these people are not waited for, and not asked before the ladder's end."""
    known = {ask.person: ask for ask in asks}
    for person in what.given.people:
        ask = known.get(person) or AskView(person, 0, AskState.DECLINED, what.opening)
        known[person] = replace(ask, state=AskState.DECLINED, reason=OTHER)
    return tuple(known.values())


def of_a_new_round(_: Asks, what: Happening) -> Asks:
    """Nobody was asked yet, and some are not to be asked first."""
    return set_aside((), what)


def rung_anew(asks: Asks, what: Happening) -> Asks:
    """Whoever is awaited is rung now, and reminders count from now."""
    return _each(asks, AskState.WAITING, lambda ask: replace(ask, fired_at=what.opening, reminded=0))


def _here(ask: AskView, what: Happening) -> AskView:
    if ask.person in what.given.absent:
        return replace(ask, state=AskState.DEAD, reason="absent")
    return replace(ask, state=AskState.WAITING)


def _each(asks: Asks, state: AskState, change: Callable[[AskView], AskView]) -> Asks:
    """The asks with those in `state` changed."""
    return tuple(change(ask) if ask.state is state else ask for ask in asks)
