"""Dead channels: one that fails for half an hour is told to the admins by another one, once, and again when it is well.

Which outages are told stands in the table of jobs, so a restart tells nothing twice, and of two replicas one speaks.
"""

import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bot.actions import letters
from bot.actions.speak import tell_admins
from bot.actions.turn import Turn
from bot.texts.times import clock
from storage import jobs, lanes, outbox
from storage.session import Session

log = logging.getLogger("tersapa.channels")

PATIENCE = timedelta(minutes=30)
EVERY = timedelta(seconds=30)
"""How often the channels are looked at."""
WATCHED = (outbox.TELEGRAM, outbox.JSC, outbox.MAIL)


def look(turn: Turn, refused: Collection[str] = ()) -> int:
    """Tell the admins which channels died, and which are well again, since the last look; returns how many.

    `refused` are the channels whose credentials are refused at this moment: for Telegram that needs no half hour.
    """
    silent = _silence(turn, outbox.TELEGRAM in refused)
    changed = 0
    for channel in WATCHED:
        if channel == outbox.TELEGRAM:
            failing = {0: silent} if silent else {}
            died = silent is not None
        else:
            failing = lanes.failing(turn.session, channel, turn.now)
            died = any(turn.now - since >= PATIENCE for since in failing.values())
        changed += _compare(turn, channel, failing, died=died, silent=silent is not None)
    return changed


def knock(session: Session) -> None:
    """At a start the pauses of JSC's webhook and of the mail end: the settings may have been put right."""
    for channel in (outbox.JSC, outbox.MAIL):
        lanes.knock(session, channel)


def next_look(session: Session, now: datetime) -> datetime | None:
    """When the next lane will have failed for too long."""
    known = (since + PATIENCE for channel in WATCHED for since in lanes.failing(session, channel, now).values())
    return min((moment for moment in known if moment > now), default=None)


def _silence(turn: Turn, refused: bool) -> datetime | None:
    """Since when Telegram takes nothing; None while anything gets through.

    An outage that was told is over only when something arrived after that: nothing to send is no recovery.
    """
    first = min(lanes.failing(turn.session, outbox.TELEGRAM, turn.now).values(), default=None)
    told = jobs.done(turn.session, _kind(outbox.TELEGRAM)).get("0")
    if told is not None and not refused:
        return None if lanes.alive(turn.session, outbox.TELEGRAM, told) else told
    if first is None or refused:
        return first or told
    over = turn.now - first < PATIENCE or lanes.alive(turn.session, outbox.TELEGRAM, turn.now - PATIENCE)
    return None if over else first


def _compare(turn: Turn, channel: str, failing: Mapping[int, datetime], *, died: bool, silent: bool) -> int:
    """Say the difference between what fails and what was told; whoever writes it down first is who speaks.

    Once one lane of a channel is dead, all that fail with it are told in the same breath.
    """
    kind = _kind(channel)
    told = jobs.done(turn.session, kind)
    over = [] if lanes.trying(turn.session, channel, turn.now) else [dest for dest in told if int(dest) not in failing]
    well = [dest for dest in over if jobs.undo(turn.session, kind, dest)]
    unknown = [dest for dest in failing if str(dest) not in told] if died else []
    dead = [dest for dest in unknown if jobs.first(turn.session, kind, str(dest), turn.now)]
    if well:
        log.warning("a channel is well again", extra={"channel": channel, "lanes": len(well)})
        _say_well(turn, channel, silent=silent)
    if dead:
        since = min(failing[dest] for dest in dead)
        log.critical("a channel is dead", extra={"channel": channel, "since": since.isoformat(), "lanes": len(dead)})
        _say_dead(turn, channel, since, silent=silent)
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
