"""A claim takes the head of each ready lane under a lease and a fence; the next file writes down what became of it.

One claim asks a handful of statements however many lanes it takes: every message passes here.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import OperationalError

from storage import addresses, lanes, shares
from storage.heads import READY, heads_by
from storage.kinds import KINDS, LIST
from storage.outbox import TELEGRAM
from storage.session import Session
from storage.shares import Share
from storage.tables import Ask, Case, Lane, Outbox

LEASE = timedelta(seconds=30)
"""Longer than the sender's limit for one call (20 s), so that a live sender's row is never taken."""
LONGEST = 2 * LEASE
"""A lease that ends later was made before the clock was set back; two looks at one clock are a moment apart."""

_out: Any = Outbox.__table__  # type: ignore[attr-defined]
_lane: Any = Lane.__table__  # type: ignore[attr-defined]
_ask: Any = Ask.__table__  # type: ignore[attr-defined]
_case: Any = Case.__table__  # type: ignore[attr-defined]
_HEADS = heads_by(func.min)
_OPEN_STILL = select(_case.c.id, _case.c.round).where(
    _case.c.id.in_(bindparam("cases", expanding=True)), _case.c.status == "open"
)
_ASKED_STILL = (
    select(_ask.c.id, _ask.c.reply_uid)
    .join(_case, _case.c.id == _ask.c.case_id)
    .where(_ask.c.id.in_(bindparam("asks", expanding=True)), _ask.c.state == "waiting", _ask.c.round == _case.c.round)
    .where(_case.c.status == "open")
)
# In an UPDATE a parameter that bears a column's name sets that column, hence "of_" for what only finds the row.
_SET_LANE = update(_lane).where(_lane.c.channel == bindparam("of_channel"), _lane.c.dest == bindparam("of_dest"))
_TAKE = update(_out).where(_out.c.seq == bindparam("of_seq"), _out.c.fence == bindparam("of_fence"))
_TAKE = _TAKE.where(_out.c.state == "pending")
_CANCEL = update(_out).where(_out.c.seq == bindparam("of_seq")).values(state="cancelled", payload_sealed=None)


@dataclass(frozen=True, slots=True)
class Pace:
    """Messages a second refilled into a bucket, per private chat and per group; a rate of 0 is no limit."""

    chat_rate: float = 1.0
    chat_burst: float = 3.0
    group_rate: float = 18 / 60
    group_burst: float = 1.0
    """One, not three: 3 + 18 in a minute would be more than the 20 that Telegram lets pass."""

    def of(self, channel: str, dest: int) -> tuple[float, float]:
        """(rate, burst) of a destination; references of groups are negative, as their ids are at Telegram."""
        if channel != TELEGRAM:
            return 0.0, 0.0
        return (self.group_rate, self.group_burst) if dest < 0 else (self.chat_rate, self.chat_burst)


@dataclass(frozen=True, slots=True)
class Order:
    """What a claim may take: how much, of which channels, at which pace, and which lanes are in flight."""

    room: int
    pace: Pace
    channels: Collection[str]
    busy: Collection[tuple[str, int]] = ()
    others: int = 1 << 30
    """How many of them may be no pings."""
    place: int = 0
    """The place of the wheel (see `storage.shares`) that the first of them has."""


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
    fails: int = 0
    """How often its lane failed in a row before this try, and since when."""
    failing_since: datetime | None = None
    address: int | None = None
    """The chat's real id, for Telegram alone; None when its row is no longer there."""
    unreachable: bool = False
    """Whether nothing could arrive in the chat until now."""
    in_place: int | None = None
    """The pressed bubble that turns into it, or loses its buttons once it has arrived as another."""
    more: bool = False
    """Whether something else waited in its lane."""


@dataclass(slots=True)
class Claims:
    """What a claim took."""

    rows: list[Claimed] = field(default_factory=list)
    again: datetime | None = None
    """When the first lane may go on that its pace holds back."""
    full: bool = False
    """Whether there may be more than there was room for."""
    held: bool = False
    """Whether there may be more, that waits until fewer that are no pings are in flight."""


def claim(session: Session, now: datetime, order: Order) -> Claims:
    """The heads of at most `order.room` ready lanes, ours for the length of a lease."""
    most = order.room + len(order.busy)
    asked = {"now": now, "longest": now + LONGEST, "channels": list(order.channels), "most": most}
    waiting: dict[Share, list[Any]] = {share: [] for share in Share}
    for lane in session.core(READY, asked).all():
        if (lane.channel, lane.dest) not in order.busy:
            waiting[shares.of(lane.priority)].append(lane)
    dealt = shares.dealt(waiting, order.place, order.room, order.others)
    left = sum(map(len, waiting.values())) > len(dealt)
    claims = Claims(full=len(dealt) == order.room, held=left and len(dealt) < order.room)
    tokens, lane_values, going = dict[tuple[str, int], float](), _Values(), dict[tuple[str, int], Any]()
    for lane in dealt:
        if lane.lease_until is not None:  # its sender died between claim and record: nobody knows
            lanes.abandon(session, lane.channel, lane.dest)
        key = lane.channel, lane.dest
        tokens[key], again = _tokens(lane, order.pace, now)
        if tokens[key] < 1:
            claims.again = min(claims.again or again, again)
            lane_values.put(key, _unchanged(lane) | {"ready_at": again})
        else:
            going[key] = lane
    taken: list[dict[str, Any]] = []
    while going:
        # Two lists and not one of pairs, for which SQLite would read every lane.
        of = {"now": now, "channels": [channel for channel, _ in going], "chats": [chat for _, chat in going]}
        rows = [row for row in session.core(_HEADS, of).all() if (row.of_channel, row.of_dest) in going]
        edits = {row.seq: _changes(row, going[row.of_channel, row.of_dest]) for row in rows if row.seq is not None}
        pointless = _pointless(session, [row for row in rows if row.seq is not None], edits)
        for row in rows:
            key = row.of_channel, row.of_dest
            if row.seq in pointless:
                continue  # the next one of this lane is looked at
            lane = going.pop(key)
            values = _unchanged(lane) | {"ready_at": row.left_at, "priority": _left(row, now)}
            if row.seq is not None:
                values |= {"lease_until": now + LEASE, "tokens": tokens[key] - 1, "tokens_at": now}
                if lane.channel == TELEGRAM and lane.fails and lane.tokens_at < now - lanes.STALE:
                    values |= {"fails": 0, "failing_since": None}
                taken.append(
                    {"of_seq": row.seq, "of_fence": row.fence, "fence": row.fence + 1, "state": "sending"}
                    | {"lease_until": now + LEASE, "attempts": row.attempts + 1}
                )
                claims.rows.append(_claimed(session, lane, row, edits[row.seq]))
            lane_values.put(key, values)
        if pointless:
            session.core(_CANCEL, [{"of_seq": seq} for seq in pointless])
    _write(session, taken, lane_values)
    return claims


class _Values:
    """What becomes of the lanes that were looked at."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, int], dict[str, Any]] = {}

    def put(self, key: tuple[str, int], values: dict[str, Any]) -> None:
        self.of[key] = {"of_channel": key[0], "of_dest": key[1], **values}


def _write(session: Session, taken: Sequence[dict[str, Any]], lane_values: _Values) -> None:
    if taken:
        result: Any = session.core(_TAKE, taken)
        if result.rowcount not in (len(taken), -1):
            raise OperationalError("claim", {}, Exception("a row changed while its lane was held"))
    if lane_values.of:
        session.core(_SET_LANE, [lane_values.of[key] for key in sorted(lane_values.of)])


def _unchanged(lane: Any) -> dict[str, Any]:
    """What a lane that was looked at keeps; its lease is over."""
    return {
        "lease_until": None,
        "ready_at": lane.ready_at,
        "priority": lane.priority,
        "tokens": lane.tokens,
        "tokens_at": lane.tokens_at,
        "fails": lane.fails,
        "failing_since": lane.failing_since,
    }


def _left(row: Any, now: datetime) -> int:
    """The priority of what is left in a lane: of what may go now, or else of what goes later; LIST for nothing."""
    found = row.left_now if row.left_at is not None and row.left_at <= now else row.left_later
    return LIST if found is None else int(found)


def _tokens(lane: Any, pace: Pace, now: datetime) -> tuple[float, datetime]:
    """How many messages a lane may send now, and when it may send one."""
    rate, burst = pace.of(lane.channel, lane.dest)
    if not rate:
        return 1.0, now
    idle = max(0.0, (now - lane.tokens_at).total_seconds())
    tokens = min(burst, lane.tokens + idle * rate)
    return tokens, now + timedelta(seconds=max(0.0, 1 - tokens) / rate)


def _changes(row: Any, lane: Any) -> int | None:
    """The message that a row changes; None for a new bubble, and where there is none to change.

    A pressed bubble turns into the row while it is the newest of its chat, or else a later copy that is.
    """
    newest = lane.newest or 0
    if row.in_place is not None and row.in_place >= newest:
        return int(row.in_place)
    found: int | None = row.edits
    return found if row.in_place is None or (found or 0) >= newest else None


def _claimed(session: Session, lane: Any, row: Any, edits: int | None) -> Claimed:
    text = session.vault.open(session, "outbox", "payload", row.uid, row.payload_sealed)
    return Claimed(
        row.seq,
        row.uid,
        row.fence + 1,
        row.channel,
        row.dest,
        row.kind,
        json.loads(text),
        edits,
        row.replies,
        row.unknowns,
        row.attempts + 1,
        row.fallbacks,
        row.priority,
        row.created_at,
        row.case_id,
        row.ask_id,
        lane.fails,
        lane.failing_since,
        addresses.opened(session, row.dest, row.address_sealed),
        row.reachable is False,
        row.in_place,
        row.left_at is not None,
    )


def _pointless(session: Session, rows: Sequence[Any], edits: Mapping[int, int | None]) -> set[int]:
    """The rows that make no sense any more.

    A ping or a letter whose case was taken, or began another round, or was said anew, while it waited; an edit of what
    never arrived; what a newer one of its slot replaces.
    """
    cases = {row.case_id for row in rows if KINDS[row.kind].rechecked == "case"}
    asks = {row.ask_id for row in rows if KINDS[row.kind].rechecked == "ask" and row.ask_id}
    open_ = {tuple(row) for row in session.core(_OPEN_STILL, {"cases": list(cases)})} if cases else set()
    asked = {row.id: row.reply_uid for row in session.core(_ASKED_STILL, {"asks": list(asks)})} if asks else {}

    def is_pointless(row: Any) -> bool:
        if row.replaced or (row.edits_uid and row.in_place is None and edits[row.seq] is None):
            return True
        if KINDS[row.kind].rechecked == "case":
            return (row.case_id, row.case_round) not in open_
        if row.ask_id not in asks:
            return False
        return row.ask_id not in asked or (KINDS[row.kind].reply and asked[row.ask_id] != row.uid)

    return {row.seq for row in rows if is_pointless(row)}
