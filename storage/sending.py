"""From the wire back: what became of a claimed row is recorded, and only by the holder of its fence.

Between claim and record nobody knows whether a message arrived; such a row is sent again and counted as unknown, so
repeats never exceed unknown outcomes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Text, bindparam, case, func, select, update

from storage import keyboards, lanes, trail
from storage.claims import LONGEST, Claimed
from storage.kinds import URGENT
from storage.session import Session
from storage.tables import Lane, Outbox
from storage.types import EPOCH, Moment, fixed

_out: Any = Outbox.__table__  # type: ignore[attr-defined]
_lane: Any = Lane.__table__  # type: ignore[attr-defined]

# In an UPDATE a parameter that bears a column's name sets that column, hence "of_" for what only finds the row.
_SET_LANE = update(_lane).where(_lane.c.channel == bindparam("of_channel"), _lane.c.dest == bindparam("of_dest"))
_FREE = _SET_LANE.values(lease_until=None)
_GOES_AGAIN = {"lease_until": None, "ready_at": EPOCH, "priority": URGENT}
"""Nobody knows how urgent it is; the claim that looks knows."""
_SHOWN = bindparam("shown", type_=BigInteger())
_NEWER = _FREE.values(
    newest=case((_lane.c.newest > _SHOWN, _lane.c.newest), else_=_SHOWN),
    trail=trail.longer_once(_lane.c.trail, bindparam("step", type_=Text()), bindparam("mark", type_=Text())),
    **keyboards.NOTED,
)
_WELL = _SET_LANE.values(lease_until=None, fails=0, failing_since=None)
_WAITS_AGAIN: Any = {
    "lease_until": None,
    "ready_at": EPOCH,
    "priority": case((_lane.c.priority > bindparam("its"), bindparam("its")), else_=_lane.c.priority),
}
_AGAIN = _SET_LANE.values(**_WAITS_AGAIN)
_FAILED = _SET_LANE.values(
    **_WAITS_AGAIN,
    fails=_lane.c.fails + 1,
    failing_since=func.coalesce(_lane.c.failing_since, bindparam("failed_at", type_=Moment())),
)
_SET_ROW = update(_out).where(_out.c.seq == bindparam("of_seq"))
_SET_MINE = _SET_ROW.where(_out.c.fence == bindparam("of_fence"), _out.c.state == "sending")
_ARRIVED = _SET_MINE.values(
    state="sent",
    lease_until=None,
    error=None,
    payload_sealed=None,
    message_id=func.coalesce(bindparam("is_message", type_=BigInteger()), _out.c.message_id),
    sent_at=bindparam("is_at", type_=Moment()),
)
_NEXT_LOST = select(func.min(_lane.c.lease_until)).where(_lane.c.lease_until.is_not(None))
_LOST = select(_lane.c.channel, _lane.c.dest).where(
    _lane.c.lease_until.is_not(None),
    (_lane.c.lease_until <= bindparam("now", type_=Moment()))
    | (_lane.c.lease_until > bindparam("longest", type_=Moment())),
)


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a claimed row: its new state, and what the try says about its lane."""

    state: str
    message_id: int | None = None
    sent_at: datetime | None = None
    error: str | None = None
    not_before: datetime | None = None
    """When it goes again, if it alone waits: those behind it in its lane go on."""
    counts: bool = True
    """Whether the try is counted."""
    unknown: bool = False
    """Whether nobody knows if it arrived."""
    plainer: Mapping[str, Any] | None = None
    """The same words once more, plainer, in place of what was refused."""
    failed_at: datetime | None = None
    """Counts one failure in a row more for the lane. Without it, and without an answer, the lane stays as it is."""
    anew: bool = False
    """It goes again as a new bubble: the one that was to turn into it cannot."""
    answered: bool = False
    """The channel answered, which ends the lane's failures in a row; so does a row that is sent."""


def recover(session: Session) -> None:
    """A process that is alone with its database starts: whatever was on its way has no sender any more."""
    lost = _out.c.state == fixed("sending")
    session.execute(update(_out).where(lost).values(state="pending", unknowns=_out.c.unknowns + 1, lease_until=None))
    session.execute(update(_lane).where(_lane.c.lease_until.is_not(None)).values(**_GOES_AGAIN))


def record(session: Session, claimed: Claimed, became: Became) -> bool:
    """Write down what became of a claimed row and free its lane; False when the fence is no longer ours."""
    values: dict[str, Any] = {"state": became.state, "lease_until": None, "error": became.error}
    if became.state in ("sent", "dead"):
        values["payload_sealed"] = None
    if became.message_id is not None:
        values["message_id"] = became.message_id
    if became.sent_at is not None:
        values["sent_at"] = became.sent_at
    if became.not_before is not None:
        values["not_before"] = became.not_before
    if became.anew:
        values |= {"in_place": None, "edits_uid": None}
    if not became.counts:
        values["attempts"] = claimed.attempts - 1
    if became.unknown:
        values["unknowns"] = claimed.unknowns + 1
    if became.plainer is not None:
        values["fallbacks"] = claimed.fallbacks + 1
        text = json.dumps(became.plainer, ensure_ascii=False, separators=(",", ":"))
        values["payload_sealed"] = session.vault.seal(session, "outbox", "payload", claimed.uid, text)
    mine = {"of_seq": claimed.seq, "of_fence": claimed.fence}
    result: Any = session.core(_SET_MINE, {**mine, **values})
    if result.rowcount != 1:
        return False
    again = {**_of(claimed), "its": claimed.priority}
    if became.failed_at is not None:
        session.core(_FAILED, {**again, "failed_at": became.failed_at})
        return True
    # What else waits in its lane has woken it already.
    if became.state == "pending":
        session.core(_AGAIN, again)
    else:
        _free(session, [(claimed, became.message_id)], became.sent_at)
    if claimed.fails and (became.answered or became.state == "sent"):
        session.core(_WELL, _of(claimed))
    return True


def arrived(session: Session, sent: Sequence[tuple[Claimed, int | None]], now: datetime) -> bool:
    """The same for many that arrived and carry no ask: (row, message id); False when a fence is no longer ours."""
    ordered = sorted(sent, key=lambda pair: (pair[0].channel, pair[0].dest))  # in which all take lanes
    rows = [{"of_seq": row.seq, "of_fence": row.fence, "is_message": number, "is_at": now} for row, number in ordered]
    result: Any = session.core(_ARRIVED, rows)
    if result.rowcount != len(rows):
        return False
    _free(session, ordered, now)
    if well := [_of(row) for row, _ in ordered if row.fails]:
        session.core(_WELL, well)
    return True


def _free(session: Session, over: Sequence[tuple[Claimed, int | None]], at: datetime | None) -> None:
    """Free the lanes of these, and note which message is the newest there, its buttons, and that it came `at`."""
    if shown := [
        {
            **_of(row),
            "shown": number,
            "mark": trail.mark(number),
            "step": trail.step(row.dest, number, at or row.created_at),
            **keyboards.noted(session, row.dest, number, row.payload),
        }
        for row, number in over
        if number is not None
    ]:
        session.core(_NEWER, shown)
    if silent := [_of(row) for row, number in over if number is None]:
        session.core(_FREE, silent)


def lost(session: Session, now: datetime) -> list[tuple[str, int]]:
    """The lanes whose sender is gone: the lease of what is on its way is over."""
    return [(row.channel, row.dest) for row in session.core(_LOST, {"now": now, "longest": now + LONGEST})]


def next_lost(session: Session) -> datetime | None:
    """When the earliest lease is over."""
    found: datetime | None = session.core(_NEXT_LOST).scalar_one()
    return found


def abandon(session: Session, lane: tuple[str, int]) -> None:
    """Nobody knows what became of what was on its way in a lane; it goes again."""
    of = {"of_channel": lane[0], "of_dest": lane[1]}
    lanes.abandon(session, *lane)
    session.core(_SET_LANE, {**of, **_GOES_AGAIN})


def _of(row: Claimed) -> dict[str, Any]:
    return {"of_channel": row.channel, "of_dest": row.dest}
