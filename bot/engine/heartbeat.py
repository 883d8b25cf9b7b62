"""The heartbeat: how long the bot was away, and what that means for cases and promises (rows 61, 123)."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import and_
from sqlmodel import col, func, select

from bot.actions import promises
from bot.actions.house import House
from bot.actions.speak import tell
from bot.actions.turn import Turn
from bot.clock import Clock
from bot.core.escalation import GRACE
from bot.core.moves import Status
from bot.engine import setback
from bot.texts.case_facts import LAMPS
from bot.texts.times import clock, day_words
from storage import beyond, groups, roster
from storage.session import Session
from storage.standing import hold_back
from storage.tables import Case, Meta

log = logging.getLogger("tersapa.heartbeat")

BEAT = "heartbeat"
GRAVEST = (col(Case.urgency) != "darurat", col(Case.urgency) != "mendesak", col(Case.next_due_at))
SHOWN = 20
"""Numbers that admins read one by one."""
REPORTERS = 500
"""Reporters who are told in this transaction; the promises of further ones are found broken by the sweep."""
AWAY = timedelta(minutes=3)
"""Longer than Telegram keeps a press (150 s): after this, presses may be lost and people get a grace."""


def live(session: Session, house: House, clock: Clock) -> tuple[Turn, datetime | None]:
    """One beat: say that the bot lives, and find out whether the clock was set back since the beat before.

    Returns the turn it was said in, and when the beat before was.
    """
    row = hold(session)
    turn = Turn(session, house, clock.now())
    house.identity.group = groups.enrolled(session)  # another replica may have heard the code
    last = beat(session, row, turn.now)
    setback.set_back(turn, last)
    return turn, last


def come_back(session: Session, house: House, clock: Clock) -> None:
    """The first beat after a start: what came due while nobody lived is held back, and the service may have come on."""
    turn, last = live(session, house, clock)
    beyond.begin(turn.session, house.known.service, turn.now)
    after_downtime(turn, last)


def hold(session: Session) -> Meta:
    """The row of the beat, held by this transaction: of two replicas that come back, one finds the gap.

    The time of a beat is read after this, for it may wait: else another replica's later beat looks like a clock
    that was set back.
    """
    return session.get(Meta, BEAT, with_for_update=True) or Meta(name=BEAT, value="")


def beat(session: Session, row: Meta, now: datetime) -> datetime | None:
    """Write that the bot lives; returns the beat before."""
    last, row.at = row.at, now
    session.add(row)
    return last


def after_downtime(turn: Turn, last: datetime | None) -> int:
    """Hold back what came due while the bot was away: darurat climbs at once, the others get ten minutes' grace.

    Admins hear from when to when and which cases it touched, reporters where a promise broke. Returns how many
    cases are held back.
    """
    if last is None or turn.now - last < AWAY:
        return 0
    _tell_admins(turn, last)
    for late in promises.found(turn, promises.overdue(turn.session, turn.now, REPORTERS)):
        promises.tell_outage(turn, late, last)
    turn.session.flush()
    waiting = and_(
        col(Case.status) == Status.OPEN,
        col(Case.urgency) != "darurat",
        col(Case.rung) >= 0,
        col(Case.next_due_at) <= turn.now + GRACE,
    )
    count = hold_back(turn.session, waiting, turn.now, GRACE)
    log.warning("was away", extra={"seconds": int((turn.now - last).total_seconds()), "cases": count})
    return count


def _tell_admins(turn: Turn, last: datetime) -> None:
    admins = roster.reachable_chats(turn.session, "admin", roster.PROVINCE, turn.now)
    touched = col(Case.status) == Status.OPEN, col(Case.rung) >= 0, col(Case.next_due_at) <= turn.now
    count = turn.session.exec(select(func.count()).select_from(Case).where(*touched)).one()
    gravest = select(Case.urgency, Case.number).where(*touched).order_by(*GRAVEST).limit(SHOWN)
    names = [f"{LAMPS[urgency]} {number}" for urgency, number in turn.session.exec(gravest)]
    more = count - len(names)
    tell(
        turn,
        admins,
        "a_gangguan",
        hari=day_words(last),
        jam=clock(last),
        jam2=clock(turn.now),
        jumlah=str(count),
        nomor=", ".join(names) + (f" (+{more})" if more else "") if names else "-",
    )
