"""From the outbox to the wire: a row is claimed, tried, and what became of it is recorded.

A claim takes the head of each ready lane under a lease and a fence, in its own short transaction; the
outcome is recorded in another, and only by the holder of the fence. Between the two nobody knows whether a
message arrived; such a row is sent again and counted as unknown, so repeats never exceed unknown outcomes.

Every message passes here twice, so the statements are built once, not each time.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select, update

from storage import lanes
from storage.kinds import KINDS
from storage.outbox import TELEGRAM
from storage.session import Session
from storage.tables import Ask, Case, Lane, Outbox
from storage.types import EPOCH, MOST, NOW, Moment

LEASE = timedelta(seconds=30)
"""Longer than the sender's limit for one call (20 s), so that a live sender's row is never taken."""

_out: Any = Outbox.__table__  # type: ignore[attr-defined]
_lane: Any = Lane.__table__  # type: ignore[attr-defined]
_ask: Any = Ask.__table__  # type: ignore[attr-defined]
_case: Any = Case.__table__  # type: ignore[attr-defined]

# In an UPDATE a parameter that bears a column's name sets that column, hence "of_" for what only finds the row.
_CHANNEL: Any = bindparam("of_channel")
_DEST: Any = bindparam("of_dest")
_FREE = or_(
    _lane.c.lease_until.is_(None),
    _lane.c.lease_until <= NOW,
    _lane.c.lease_until > bindparam("longest", type_=Moment()),  # no lease is so long: the clock was set back
)
_READY = (
    select(_lane)
    .where(_lane.c.ready_at <= NOW, _FREE, or_(_lane.c.paused_until.is_(None), _lane.c.paused_until <= NOW))
    .where(_lane.c.channel.in_(bindparam("channels", expanding=True)))
    .order_by(_lane.c.priority, _lane.c.ready_at)
    .limit(MOST)
    .with_for_update(skip_locked=True)
)
_IN_LANE = and_(_out.c.channel == _CHANNEL, _out.c.dest == _DEST, _out.c.state == "pending")
_later = _out.alias()
_REPLACED = and_(_later.c.channel == _out.c.channel, _later.c.dest == _out.c.dest, _later.c.state == "pending")
_REPLACED = and_(_out.c.slot.is_not(None), _REPLACED, _later.c.seq > _out.c.seq, _later.c.slot == _out.c.slot)
_HEAD = select(_out, select(_later.c.seq).where(_REPLACED).exists().label("replaced"))
_HEAD = _HEAD.where(_IN_LANE, _out.c.not_before <= NOW).order_by(_out.c.seq).limit(1)
_LEFT = select(func.min(_out.c.not_before).label("ready_at"), func.min(_out.c.priority).label("priority"))
_LEFT = _LEFT.where(_IN_LANE)
# A question that another one replaced before it left: the bubble that it was to turn into still shows the one before.
_NEVER_LEFT = and_(_out.c.state == "cancelled", _out.c.in_place.is_not(None))
_MESSAGE = select(func.coalesce(_out.c.message_id, _out.c.in_place)).where(
    _out.c.uid == bindparam("of_uid"), or_(_out.c.state == "sent", _NEVER_LEFT), _out.c.dest == _DEST
)
_OPEN_STILL = select(_case.c.id).where(
    _case.c.id == bindparam("of_case"), _case.c.status == "open", _case.c.round == bindparam("of_round")
)
_ASKED_STILL = (
    select(_ask.c.reply_uid)
    .join(_case, _case.c.id == _ask.c.case_id)
    .where(_ask.c.id == bindparam("of_ask"), _ask.c.state == "waiting", _ask.c.round == _case.c.round)
    .where(_case.c.status == "open")
)
_SET_LANE = update(_lane).where(_lane.c.channel == _CHANNEL, _lane.c.dest == _DEST)
_FAILED = _SET_LANE.values(
    lease_until=None,
    ready_at=EPOCH,
    fails=_lane.c.fails + 1,
    failing_since=func.coalesce(_lane.c.failing_since, bindparam("failed_at", type_=Moment())),
)
_ARRIVED: Any = bindparam("arrived")
_SHOWN = _SET_LANE.values(newest=case((_lane.c.newest > _ARRIVED, _lane.c.newest), else_=_ARRIVED))
_SET_ROW = update(_out).where(_out.c.seq == bindparam("of_seq"))
_SET_MINE = _SET_ROW.where(_out.c.fence == bindparam("of_fence"), _out.c.state == "sending")


@dataclass(frozen=True, slots=True)
class Pace:
    """Messages a second refilled into a bucket, per private chat and per group; a rate of 0 is no limit."""

    chat_rate: float = 1.0
    chat_burst: float = 3.0
    group_rate: float = 18 / 60
    group_burst: float = 1.0
    """One, not three: 3 + 18 in a minute would be more than the 20 that Telegram lets pass."""

    def of(self, channel: str, dest: int) -> tuple[float, float]:
        """(rate, burst) of a destination; group ids are negative at Telegram."""
        if channel != TELEGRAM:
            return 0.0, 0.0
        return (self.group_rate, self.group_burst) if dest < 0 else (self.chat_rate, self.chat_burst)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row on its way: what to send, where, and the fence that proves it is ours."""

    seq: int
    uid: str
    fence: int
    channel: str
    dest: int
    kind: str
    payload: dict[str, Any]
    edits: int | None
    replies: int | None
    unknowns: int
    attempts: int
    fallbacks: int
    priority: int
    created_at: datetime
    case_id: str | None
    ask_id: str | None
    in_place: int | None = None
    """The pressed bubble that is to turn into it; where `edits` says otherwise it can no longer."""
    fails: int = 0
    """How often its lane failed in a row before this try, and since when."""
    failing_since: datetime | None = None


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
    anew: bool = False
    """Once more, as a new bubble: the one that it was to turn into is not there."""
    failed_at: datetime | None = None
    """Counts one failure in a row more for the lane. Without it, and without an answer, the lane stays as it is."""
    answered: bool = False
    """The channel answered, which ends the lane's failures in a row; so does a row that is sent."""


def claim(
    session: Session,
    now: datetime,
    limit: int,
    pace: Pace,
    channels: Collection[str],
    busy: Collection[tuple[str, int]] = (),
) -> list[Claimed]:
    """The heads of at most `limit` ready lanes of `channels`, ours for the length of a lease; not the `busy` ones."""
    asked = {"now": now, "longest": now + LEASE, "channels": list(channels), "most": limit + len(busy)}
    claimed: list[Claimed] = []
    for lane in session.execute(_READY, asked).all():
        if (lane.channel, lane.dest) in busy or len(claimed) >= limit:
            continue
        taken = _claim_lane(session, lane, now, pace)
        if taken is not None:
            claimed.append(taken)
    return claimed


def _claim_lane(session: Session, lane: Any, now: datetime, pace: Pace) -> Claimed | None:
    if lane.lease_until is not None:  # its sender died between claim and record: nobody knows
        lanes.abandon(session, lane.channel, lane.dest)
    rate, burst = pace.of(lane.channel, lane.dest)
    tokens = 1.0
    if rate:
        idle = max(0.0, (now - lane.tokens_at).total_seconds()) if lane.tokens_at else burst / rate
        tokens = min(burst, lane.tokens + idle * rate)
        if tokens < 1:
            _set_lane(session, lane, ready_at=now + timedelta(seconds=(1 - tokens) / rate), lease_until=None)
            return None
    while (row := _head(session, lane, now)) is not None:
        edits, replies = _changes(session, row, lane), _message_id(session, row.replies_uid, row.dest)
        aimless = row.edits_uid and row.in_place is None and edits is None
        if row.replaced or aimless or _pointless(session, row):
            session.execute(_SET_ROW, {"of_seq": row.seq, "state": "cancelled", "payload_sealed": None})
            continue
        lease, fence = now + LEASE, row.fence + 1
        taken = {"state": "sending", "fence": fence, "lease_until": lease, "attempts": row.attempts + 1}
        session.execute(_SET_ROW, {"of_seq": row.seq, **taken})
        changed: dict[str, Any] = {"lease_until": lease, "tokens": tokens - 1, "tokens_at": now, "ready_at": EPOCH}
        if lane.channel == TELEGRAM and lane.fails and (lane.tokens_at or EPOCH) < now - lanes.STALE:
            changed |= {"fails": 0, "failing_since": None}
        if row.priority == lane.priority:  # maybe the last that hurried: the rest must not go on in its name
            changed["priority"] = _left(session, lane)["priority"]
        _set_lane(session, lane, **changed)
        text = session.vault.open(session, "outbox", "payload", row.uid, row.payload_sealed)
        return Claimed(
            row.seq,
            row.uid,
            fence,
            row.channel,
            row.dest,
            row.kind,
            json.loads(text),
            edits,
            replies,
            row.unknowns,
            row.attempts + 1,
            row.fallbacks,
            row.priority,
            row.created_at,
            row.case_id,
            row.ask_id,
            row.in_place,
            lane.fails,
            lane.failing_since,
        )
    _set_lane(session, lane, **_left(session, lane), lease_until=None)
    return None


def _of(lane: Any) -> dict[str, Any]:
    return {"of_channel": lane.channel, "of_dest": lane.dest}


def _left(session: Session, lane: Any) -> dict[str, Any]:
    """When the earliest of what waits in a lane may go, and its best priority: the first hurries with the last."""
    ready_at, priority = session.execute(_LEFT, _of(lane)).one()
    return {"ready_at": ready_at, "priority": 9 if priority is None else priority}


def _head(session: Session, lane: Any, now: datetime) -> Any:
    return session.execute(_HEAD, {**_of(lane), "now": now}).one_or_none()


def _message_id(session: Session, uid: str | None, dest: int) -> int | None:
    """The number of a sent message in its chat; in another chat it would name something else."""
    if uid is None:
        return None
    found: int | None = session.execute(_MESSAGE, {"of_uid": uid, "of_dest": dest}).scalar_one_or_none()
    return found


def _changes(session: Session, row: Any, lane: Any) -> int | None:
    """The message that a row changes; None for a new bubble, and where there is none to change.

    A pressed bubble turns into the row while it is the newest of its chat, or else a later copy that is.
    """
    newest = lane.newest or 0
    if row.in_place is not None and row.in_place >= newest:
        return int(row.in_place)
    found = _message_id(session, row.edits_uid, row.dest)
    return found if row.in_place is None or (found or 0) >= newest else None


def _pointless(session: Session, row: Any) -> bool:
    """A ping or a letter whose case was taken, or began another round, or was said anew, while it waited."""
    recheck = KINDS[row.kind].rechecked
    if recheck == "case":
        about = {"of_case": row.case_id, "of_round": row.case_round}
        return session.execute(_OPEN_STILL, about).first() is None
    if row.ask_id is None or recheck is None:
        return False
    asked = session.execute(_ASKED_STILL, {"of_ask": row.ask_id}).first()
    return asked is None or (KINDS[row.kind].reply and asked.reply_uid != row.uid)


def _set_lane(session: Session, lane: Any, **values: Any) -> None:
    session.execute(_SET_LANE, {**_of(lane), **values})


def recover(session: Session) -> None:
    """A process that is alone with its database starts: whatever was on its way has no sender any more."""
    lost = update(_out).where(_out.c.state == "sending")
    session.execute(lost.values(state="pending", unknowns=_out.c.unknowns + 1, lease_until=None))
    session.execute(update(_lane).where(_lane.c.lease_until.is_not(None)).values(lease_until=None, ready_at=EPOCH))


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
    result: Any = session.execute(_SET_MINE, {**mine, **values})
    if result.rowcount != 1:
        return False
    if became.failed_at is not None:
        session.execute(_FAILED, {**_of(claimed), "failed_at": became.failed_at})
        return True
    freed: dict[str, Any] = {"lease_until": None, "ready_at": EPOCH}
    if claimed.fails and (became.answered or became.state == "sent"):
        freed |= {"fails": 0, "failing_since": None}
    if became.message_id is not None:
        session.execute(_SHOWN, {**_of(claimed), **freed, "arrived": became.message_id})
    else:
        _set_lane(session, claimed, **freed)
    return True
