"""Dead channels: one that fails for half an hour is told to the admins by another one, once, and again when it is well.

Which outages are told stands in the table of jobs, so a restart tells nothing twice, and of two replicas one speaks.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.actions import letters
from bot.actions.speak import tell_admins
from bot.actions.turn import Turn
from bot.texts.times import clock
from storage import jobs, lanes, outbox
from storage.session import Session
from storage.types import EPOCH

log = logging.getLogger("tersapa.channels")

PATIENCE = timedelta(minutes=30)
EVERY = timedelta(seconds=30)
"""How often the channels are looked at."""
WATCHED = (outbox.TELEGRAM, outbox.JSC, outbox.MAIL)


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between what fails in a channel and what was told of it, lane by lane."""

    channel: str
    dead: Mapping[int, datetime]
    well: Sequence[str]
    silent: bool
    """Whether nothing can be said over Telegram."""


class Lookout:
    """Looks at the channels now and then; `refused` names those whose credentials are refused at a moment."""

    def __init__(self, refused: Callable[[], Collection[str]]) -> None:
        self._refused = refused
        self._at = EPOCH

    def look_soon(self) -> None:
        """Something happened: look at the next occasion."""
        self._at = EPOCH

    def changed(self, session: Session, now: datetime, limit: int) -> Sequence[str]:
        """The channels of which there is news for the admins; they are looked at until it is told."""
        if self._at - EVERY <= now < self._at:  # an earlier time: the clock was turned back
            return ()
        found = [change.channel for change in changes(session, now, self._refused())]
        if not found:
            following = next_look(session, now)
            self._at = min(now + EVERY, following or now + EVERY)
        return found

    def say(self, turn: Turn, channel: str) -> int:
        """Tell the admins the news of one channel; returns of how many lanes."""
        found = changes(turn.session, turn.now, self._refused())
        return sum(tell(turn, change) for change in found if change.channel == channel)

    def next_look(self, session: Session, now: datetime) -> datetime | None:
        """When the next lane will have failed for too long."""
        return next_look(session, now)


def changes(session: Session, now: datetime, refused: Collection[str] = ()) -> list[Change]:
    """What is to be told of each channel.

    For Telegram, refused credentials need no half hour.
    """
    silent = _silence(session, now, outbox.TELEGRAM in refused)
    found = []
    for channel in WATCHED:
        if channel == outbox.TELEGRAM:
            failing = {0: silent} if silent else {}
            died = silent is not None
        else:
            failing = lanes.failing(session, channel, now)
            died = any(now - since >= PATIENCE for since in failing.values())
        told = jobs.done(session, _kind(channel))
        over = [] if lanes.trying(session, channel, now) else [dest for dest in told if int(dest) not in failing]
        # Once one lane of a channel is dead, all that fail with it are told in the same breath.
        unknown = {dest: since for dest, since in failing.items() if str(dest) not in told} if died else {}
        if over or unknown:
            found.append(Change(channel, unknown, over, silent is not None))
    return found


def knock(session: Session) -> None:
    """At a start the pauses of JSC's webhook and of the mail end: the settings may have been put right."""
    for channel in (outbox.JSC, outbox.MAIL):
        lanes.knock(session, channel)


def next_look(session: Session, now: datetime) -> datetime | None:
    """When the next lane will have failed for too long."""
    known = (since + PATIENCE for channel in WATCHED for since in lanes.failing(session, channel, now).values())
    return min((moment for moment in known if moment > now), default=None)


def _silence(session: Session, now: datetime, refused: bool) -> datetime | None:
    """Since when Telegram takes nothing; None while anything gets through.

    An outage that was told is over only when something arrived after that: nothing to send is no recovery.
    """
    first = min(lanes.failing(session, outbox.TELEGRAM, now).values(), default=None)
    told = jobs.done(session, _kind(outbox.TELEGRAM)).get("0")
    if told is not None and not refused:
        return None if lanes.alive(session, outbox.TELEGRAM, told) else told
    if first is None or refused:
        return first or told
    over = now - first < PATIENCE or lanes.alive(session, outbox.TELEGRAM, now - PATIENCE)
    return None if over else first


def tell(turn: Turn, change: Change) -> int:
    """Say a change to the admins, returns of how many lanes; of two replicas the first that writes it down speaks."""
    kind, channel = _kind(change.channel), change.channel
    well = [dest for dest in change.well if jobs.undo(turn.session, kind, dest)]
    dead = [dest for dest in change.dead if jobs.first(turn.session, kind, str(dest), turn.now)]
    if well:
        log.warning("a channel is well again", extra={"channel": channel, "lanes": len(well)})
        _say_well(turn, channel, silent=change.silent)
    if dead:
        since = min(change.dead[dest] for dest in dead)
        log.critical("a channel is dead", extra={"channel": channel, "since": since.isoformat(), "lanes": len(dead)})
        _say_dead(turn, channel, since, silent=change.silent)
    return len(well) + len(dead)


def _kind(channel: str) -> str:
    return f"dead {channel}"


def _say_dead(turn: Turn, channel: str, since: datetime, *, silent: bool) -> None:
    if channel == outbox.TELEGRAM:
        letters.to_admins(turn, "m_telegram_mati", jam=clock(since))
        return
    key = "l_webhook_mati" if channel == outbox.JSC else "l_surel_mati"
    if not tell_admins(turn, key, jam=clock(since)) or silent:
        letters.to_admins(turn, key, jam=clock(since))


def _say_well(turn: Turn, channel: str, *, silent: bool) -> None:
    if channel == outbox.TELEGRAM:
        letters.to_admins(turn, "m_telegram_pulih")
        return
    key = "l_webhook_pulih" if channel == outbox.JSC else "l_surel_pulih"
    if not tell_admins(turn, key) or silent:
        letters.to_admins(turn, key)
