"""What an outcome becomes: one transaction with its consequences; many plain arrivals share one."""

import logging
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.actions import delivery
from bot.actions.turn import Turn
from bot.texts.message import plainer
from notifiers.outcome import Broken, Gone, Later, Migrated, Never, Outcome, Plainer, Sent, Unauthorized, Unknown
from storage import lanes, outbox, sending
from storage.claims import Claimed
from storage.sending import Became

log = logging.getLogger("tersapa.sender")

KEPT = timedelta(days=7)
"""What surely did not arrive is tried for so long; an outage of a day uses nothing up."""
QUICK, SLOW, SLOWEST = 5, 50.0, 300.0
"""In doubt: so many quick tries, then one in so many seconds, and after half an hour of failing one in so many."""
LONG = timedelta(minutes=30)
BROKEN_TRIES = 5
"""Tries of a row on which our own code fails."""
PARKED_AFTER, HOPELESS, PARKED = 20, 40, timedelta(minutes=10)
"""A row that alone is in doubt so often, while Telegram takes others, lets its lane go on; it is tried as before
until it is hopeless, and then so often. An outage ends raggedly: one more failure in its last minute says little.

Others count that were taken no longer ago: what arrived just before an outage says nothing of it.
"""

Over = tuple[Claimed, Outcome]
"""A row that was tried, and what became of it."""


class Torn(Exception):
    """One of many is no longer ours: they are written down one by one."""


def is_plain(over: Over) -> bool:
    """Whether it arrived and means nothing to a case: such ones are written down together."""
    return isinstance(over[1], Sent) and delivery.plain(over[0])


def record_plain(turn: Turn, plain: Sequence[Over]) -> None:
    """Write down many that arrived; Torn when one is no longer ours."""
    sent = [(row, outcome.message_id) for row, outcome in plain if isinstance(outcome, Sent)]
    if sent and not delivery.arrived(turn, sent):
        raise Torn


def record(turn: Turn, row: Claimed, outcome: Outcome) -> None:
    """Write down what became of one row, and what follows from it."""
    now = turn.now
    fresh = now - row.created_at < KEPT
    match outcome:
        case Sent(message_id):
            delivery.delivered(turn, row, message_id)
        case Later(why, delay, counts) if fresh:
            wait = _backoff(row, 15.0) if delay is None else delay + timedelta(seconds=random.random())
            delivery.later(turn, row, wait, why, counts=counts)
        case Unknown(why) if fresh and row.unknowns >= PARKED_AFTER and _alone(turn, row):
            log.warning("parked", extra={"outbox": row.uid, "error": why[:80]})
            delivery.parked(turn, row, PARKED if row.unknowns >= HOPELESS else timedelta(seconds=SLOW), why)
        case Unknown(why, delay) if fresh:
            delivery.in_doubt(turn, row, delay or _pause_in_doubt(row, now), why)
        case Broken(why) if row.unknowns < BROKEN_TRIES:
            delivery.in_doubt(turn, row, _backoff(row, 60.0), why)
        case Plainer(why, shorter) if row.fallbacks == 0:
            log.error("text refused", extra={"outbox": row.uid, "error": why})
            delivery.fall_back(turn.session, row, plainer(row.payload, shorter=shorter), why)
        case Migrated(address):
            delivery.migrated(turn, row, address)
        case Unauthorized(why, delay):
            delivery.refused(turn, row, delay or timedelta(0), why)
        case Gone(why) | Never(why, unreachable=False) if row.in_place is not None and row.edits is not None:
            delivery.anew(turn.session, row, why)
        case Gone(why):
            sending.record(turn.session, row, Became("dead", error=why, answered=True))
        case Never(why, unreachable):
            log.warning("never", extra={"outbox": row.uid, "error": why[:80]})
            answered = row.channel == outbox.TELEGRAM  # an address that refuses its mail is as good as silent
            delivery.lost(turn, row, why[:200], unreachable=unreachable, answered=answered)
        case Later(why) | Unknown(why) | Broken(why) | Plainer(why):
            log.error("given up", extra={"outbox": row.uid, "error": why[:80]})
            delivery.given_up(turn, row, why[:200])


def _alone(turn: Turn, row: Claimed) -> bool:
    """Whether a row of ours is the trouble: Telegram lately took something else, while its lane failed."""
    if row.channel != outbox.TELEGRAM:
        return False
    return lanes.alive(turn.session, row.channel, max(row.failing_since or turn.now, turn.now - PARKED))


def _pause_in_doubt(row: Claimed, now: datetime) -> timedelta:
    """A few quick tries through a hiccup, then slow ones: each may be a second bubble, or may be the first."""
    if row.unknowns < QUICK or row.channel != outbox.TELEGRAM:
        return _backoff(row, 60.0)
    since = row.failing_since or now
    return timedelta(seconds=random.uniform(0.8, 1) * (SLOW if now - since < LONG else SLOWEST))


def _backoff(row: Claimed, longest: float) -> timedelta:
    """One second after the first try, twice as long after each, at most `longest`; half of it is chance."""
    return timedelta(seconds=random.uniform(0.5, 1) * min(longest, 0.5 * 2 ** min(row.attempts, 8)))
