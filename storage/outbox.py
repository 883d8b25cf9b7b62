"""The outbox: what is said is stored with the deed, then sent. One lane per destination keeps the order.

A claim takes the head of each ready lane under a lease and a fence, in its own short transaction; the
outcome is recorded in another, and only by the holder of the fence. Between the two nobody knows whether a
message arrived; such a row is sent again and counted as unknown, so repeats never exceed unknown outcomes.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.database import at_end
from storage.tables import Ask, Case, Chat, Lane, Outbox
from storage.types import EPOCH, new_id
from storage.vault import vault_of

LEASE = timedelta(seconds=30)
"""Longer than the sender's limit for one call (20 s), so that a live sender's row is never taken."""

PRESS, URGENT, PING, RECEIPT, DIGEST = 0, 1, 2, 3, 4
"""Priorities between lanes: answers to presses first, digests last."""

WAITING_GROUP, WAITING_PERSON = 3, 5
"""More pings than this waiting for one chat are said in one digest (row 62)."""

STALE = timedelta(minutes=30)
"""A chat that was not tried for so long says nothing about Telegram now: its failures are counted anew."""

TELEGRAM, JSC, MAIL = "telegram", "jsc", "mail"

ASKS = ("card", "again")
"""Kinds that carry an ask: what becomes of them becomes of it."""
REPLIES = ("again", "remind")
"""Kinds that are short replies to a card: of one ask only the newest makes sense."""
PINGS = ("card", "again", "remind")

_out: Any = Outbox.__table__  # type: ignore[attr-defined]
_lane: Any = Lane.__table__  # type: ignore[attr-defined]
_ask: Any = Ask.__table__  # type: ignore[attr-defined]
_case: Any = Case.__table__  # type: ignore[attr-defined]


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
    fails: int = 0
    """How often its lane failed in a row before this try."""


def put(
    session: Session,
    *,
    channel: str,
    dest: int,
    kind: str,
    payload: Mapping[str, Any],
    priority: int,
    now: datetime,
    not_before: datetime | None = None,
    edits: str | None = None,
    replies: str | None = None,
    case: tuple[str, int] | None = None,
    ask: str | None = None,
) -> str:
    """Say something: it leaves once this transaction has committed. Returns the row's uid."""
    uid = new_id()
    if channel == TELEGRAM:
        dest = _present(session, dest)
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    ready = not_before or EPOCH
    said: list[Outbox] = session.info.setdefault("said", [])
    said.append(
        Outbox(
            uid=uid,
            channel=channel,
            dest=dest,
            kind=kind,
            priority=priority,
            payload_sealed=vault_of(session).seal(session, "outbox", "payload", uid, text),
            edits_uid=edits,
            replies_uid=replies,
            case_id=case[0] if case else None,
            case_round=case[1] if case else None,
            ask_id=ask,
            not_before=ready,
            created_at=now,
        )
    )
    touched: dict[tuple[str, int], tuple[datetime, int]] = session.info.setdefault("lanes", {})
    old = touched.get((channel, dest), (ready, priority))
    touched[channel, dest] = (min(old[0], ready), min(old[1], priority))
    at_end(session, _wake_lanes)
    return uid


def _present(session: Session, dest: int) -> int:
    """The id that a chat has now; that of a group may have changed."""
    chat = session.get(Chat, dest) if dest < 0 else None
    return chat.migrated_to if chat and chat.migrated_to else dest


def _wake_lanes(session: Session) -> None:
    """Mark the lanes of this transaction ready, in one order everywhere so that no two transactions deadlock."""
    touched: dict[tuple[str, int], tuple[datetime, int]] = session.info.pop("lanes", {})
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    lesser = func.least if postgres else func.min
    session.flush()
    for (channel, dest), (ready, priority) in sorted(touched.items()):
        row = insert(_lane).values(channel=channel, dest=dest, ready_at=ready, priority=priority, tokens=3.0, fails=0)
        changed = {
            "ready_at": lesser(func.coalesce(_lane.c.ready_at, row.excluded.ready_at), row.excluded.ready_at),
            "priority": lesser(_lane.c.priority, row.excluded.priority),
        }
        session.execute(row.on_conflict_do_update(index_elements=["channel", "dest"], set_=changed))
    # Only now, with its lanes held, does a row get its number: whoever commits first is also first in the lane.
    session.add_all(session.info.pop("said", []))


def said_something(session: Session) -> bool:
    """Whether this transaction has said anything so far."""
    return bool(session.info.get("said"))


def claim(
    session: Session,
    now: datetime,
    limit: int,
    pace: Pace,
    channels: Collection[str],
    busy: Collection[tuple[str, int]] = (),
) -> list[Claimed]:
    """The heads of at most `limit` ready lanes of `channels`, ours for the length of a lease; not the `busy` ones."""
    free = or_(_lane.c.lease_until.is_(None), _lane.c.lease_until <= now, _lane.c.lease_until > now + LEASE)
    query = (
        select(_lane)
        .where(_lane.c.ready_at <= now, free, or_(_lane.c.paused_until.is_(None), _lane.c.paused_until <= now))
        .where(_lane.c.channel.in_(list(channels)))
        .order_by(_lane.c.priority, _lane.c.ready_at)
        .limit(limit + len(busy))
    )
    if session.get_bind().dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True)
    claimed: list[Claimed] = []
    for lane in session.execute(query).all():
        if (lane.channel, lane.dest) in busy or len(claimed) >= limit:
            continue
        taken = _claim_lane(session, lane, now, pace)
        if taken is not None:
            claimed.append(taken)
    return claimed


def _claim_lane(session: Session, lane: Any, now: datetime, pace: Pace) -> Claimed | None:
    if lane.lease_until is not None:  # its sender died between claim and record: nobody knows
        abandon(session, lane.channel, lane.dest)
    rate, burst = pace.of(lane.channel, lane.dest)
    tokens = 1.0
    if rate:
        idle = max(0.0, (now - lane.tokens_at).total_seconds()) if lane.tokens_at else burst / rate
        tokens = min(burst, lane.tokens + idle * rate)
        if tokens < 1:
            _set_lane(session, lane, ready_at=now + timedelta(seconds=(1 - tokens) / rate), lease_until=None)
            return None
    while (row := _head(session, lane, now)) is not None:
        edits, replies = (_message_id(session, uid, row.dest) for uid in (row.edits_uid, row.replies_uid))
        if _pointless(session, row) or (row.edits_uid and edits is None):
            session.execute(update(_out).where(_out.c.seq == row.seq).values(state="cancelled", payload_sealed=None))
            continue
        lease, fence = now + LEASE, row.fence + 1
        changed = {"state": "sending", "fence": fence, "lease_until": lease, "attempts": row.attempts + 1}
        session.execute(update(_out).where(_out.c.seq == row.seq).values(**changed))
        _set_lane(session, lane, lease_until=lease, tokens=tokens - 1, tokens_at=now, ready_at=EPOCH)
        if lane.channel == TELEGRAM and lane.fails and (lane.tokens_at or EPOCH) < now - STALE:
            _set_lane(session, lane, fails=0, failing_since=None)
        if row.priority == lane.priority:  # maybe the last that hurried: the rest must not go on in its name
            _set_lane(session, lane, priority=_most_urgent(session, lane))
        text = vault_of(session).open(session, "outbox", "payload", row.uid, row.payload_sealed)
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
            lane.fails,
        )
    ready = session.execute(select(func.min(_out.c.not_before)).where(_in_lane(lane))).scalar_one()
    _set_lane(session, lane, ready_at=ready, priority=_most_urgent(session, lane), lease_until=None)
    return None


def _most_urgent(session: Session, lane: Any) -> int:
    """The best priority that waits in a lane; what comes first in it hurries with what stands behind."""
    found = session.execute(select(func.min(_out.c.priority)).where(_in_lane(lane))).scalar_one()
    return 9 if found is None else int(found)


def _head(session: Session, lane: Any, now: datetime) -> Any:
    query = select(_out).where(_in_lane(lane), _out.c.not_before <= now).order_by(_out.c.seq).limit(1)
    return session.execute(query).one_or_none()


def _in_lane(lane: Any) -> Any:
    return and_(_out.c.channel == lane.channel, _out.c.dest == lane.dest, _out.c.state == "pending")


def _message_id(session: Session, uid: str | None, dest: int) -> int | None:
    """The number of a sent message in its chat; in another chat it would name something else."""
    if uid is None:
        return None
    query = select(_out.c.message_id).where(_out.c.uid == uid, _out.c.state == "sent", _out.c.dest == dest)
    found: int | None = session.execute(query).scalar_one_or_none()
    return found


def _pointless(session: Session, row: Any) -> bool:
    """A ping or a letter whose case was taken, or began another round, or was said anew, while it waited."""
    if row.kind == "letter":
        open_still = select(_case.c.id).where(_case.c.id == row.case_id, _case.c.status == "open")
        query = open_still.where(_case.c.round == row.case_round)
        return session.execute(query).scalar_one_or_none() is None
    if row.ask_id is None or row.kind not in PINGS:
        return False
    live = (
        select(_ask.c.id)
        .join(_case, _case.c.id == _ask.c.case_id)
        .where(_ask.c.id == row.ask_id, _ask.c.state == "waiting", _ask.c.round == _case.c.round)
        .where(_case.c.status == "open")
    )
    if row.kind in REPLIES:
        live = live.where(_ask.c.reply_uid == row.uid)
    return session.execute(live).scalar_one_or_none() is None


def _set_lane(session: Session, lane: Any, **values: Any) -> None:
    session.execute(update(_lane).where(_lane.c.channel == lane.channel, _lane.c.dest == lane.dest).values(**values))


def abandon(session: Session, channel: str, dest: int) -> None:
    """Rows of this lane whose sender is gone: outcome unknown, to be sent again."""
    lost = and_(_out.c.channel == channel, _out.c.dest == dest, _out.c.state == "sending")
    session.execute(update(_out).where(lost).values(state="pending", unknowns=_out.c.unknowns + 1, lease_until=None))


def stands(session: Session, uid: str, dest: int) -> bool:
    """Whether a message is in this chat, or will be before anything that is said now."""
    dest = _present(session, dest)
    if any(row.uid == uid and row.dest == dest for row in session.info.get("said", ())):
        return True
    query = select(_out.c.seq).where(_out.c.uid == uid, _out.c.channel == TELEGRAM, _out.c.dest == dest)
    return session.execute(query.where(_out.c.state.in_(("pending", "sending", "sent")))).first() is not None


def cancelled(session: Session, uids: Sequence[str]) -> set[str]:
    """Which of these messages were called back before they left."""
    query = select(_out.c.uid).where(_out.c.uid.in_(list(uids)), _out.c.state == "cancelled")
    return set(session.execute(query).scalars())


def crowded(session: Session, now: datetime) -> dict[int, list[str]]:
    """Chats for which more pings wait than one digest's worth, and the uids of those pings, oldest first."""
    pings = and_(_out.c.channel == TELEGRAM, _out.c.state == "pending", _out.c.kind.in_(PINGS))
    ready = and_(pings, _out.c.not_before <= now, _out.c.priority > URGENT)
    counts = select(_out.c.dest, func.count()).where(ready).group_by(_out.c.dest)
    many = [dest for dest, count in session.execute(counts) if count > (WAITING_GROUP if dest < 0 else WAITING_PERSON)]
    found: dict[int, list[str]] = {}
    for dest in many:
        rows = select(_out.c.uid).where(ready, _out.c.dest == dest).order_by(_out.c.seq).with_for_update()
        found[dest] = list(session.execute(rows).scalars())
    return found


def bundle(session: Session, uids: Sequence[str], digest: str) -> None:
    """One digest speaks for these messages."""
    waiting = and_(_out.c.uid.in_(list(uids)), _out.c.state == "pending")
    session.execute(update(_out).where(waiting).values(state="bundled", bundle_uid=digest, payload_sealed=None))


def bundled(session: Session, digest: str) -> list[Any]:
    """The messages a digest speaks for: (uid, kind, case_id, ask_id)."""
    columns = (_out.c.uid, _out.c.kind, _out.c.case_id, _out.c.ask_id)
    return list(session.execute(select(*columns).where(_out.c.bundle_uid == digest).order_by(_out.c.seq)))


def recover(session: Session) -> None:
    """A process that is alone with its database starts: whatever was on its way has no sender any more."""
    lost = update(_out).where(_out.c.state == "sending")
    session.execute(lost.values(state="pending", unknowns=_out.c.unknowns + 1, lease_until=None))
    session.execute(update(_lane).where(_lane.c.lease_until.is_not(None)).values(lease_until=None, ready_at=EPOCH))


def record(
    session: Session,
    claimed: Claimed,
    *,
    state: str,
    message_id: int | None = None,
    sent_at: datetime | None = None,
    error: str | None = None,
    not_before: datetime | None = None,
    counts: bool = True,
    unknown: bool = False,
    fallback: tuple[int, Mapping[str, Any]] | None = None,
    failed_at: datetime | None = None,
    answered: bool = False,
) -> bool:
    """Write down what became of a claimed row and free its lane; False when the fence is no longer ours.

    `failed_at` counts one failure in a row more for the lane; an answer from its far end (`answered`, or a row that is
    sent) ends the row of failures; neither leaves it as it is.
    """
    values: dict[str, Any] = {"state": state, "lease_until": None, "error": error}
    if state in ("sent", "dead"):
        values["payload_sealed"] = None
    if message_id is not None:
        values["message_id"] = message_id
    if sent_at is not None:
        values["sent_at"] = sent_at
    if not_before is not None:
        values["not_before"] = not_before
    if not counts:
        values["attempts"] = claimed.attempts - 1
    if unknown:
        values["unknowns"] = claimed.unknowns + 1
    if fallback is not None:
        values["fallbacks"] = fallback[0]
        text = json.dumps(fallback[1], ensure_ascii=False, separators=(",", ":"))
        values["payload_sealed"] = vault_of(session).seal(session, "outbox", "payload", claimed.uid, text)
    mine = and_(_out.c.seq == claimed.seq, _out.c.fence == claimed.fence, _out.c.state == "sending")
    result: Any = session.execute(update(_out).where(mine).values(**values))
    if result.rowcount != 1:
        return False
    lane = and_(_lane.c.channel == claimed.channel, _lane.c.dest == claimed.dest)
    freed: dict[str, Any] = {"lease_until": None, "ready_at": EPOCH}
    if failed_at is not None:
        freed |= {"fails": _lane.c.fails + 1, "failing_since": func.coalesce(_lane.c.failing_since, failed_at)}
    elif claimed.fails and (answered or state == "sent"):
        freed |= {"fails": 0, "failing_since": None}
    session.execute(update(_lane).where(lane).values(**freed))
    return True


def pause(session: Session, channel: str, dest: int, until: datetime) -> None:
    """Hold one lane back; everybody else's messages keep moving."""
    lane = and_(_lane.c.channel == channel, _lane.c.dest == dest)
    session.execute(update(_lane).where(lane).values(paused_until=until))


def knock(session: Session, channel: str) -> None:
    """End the pauses of a channel: whatever was wrong may be right now, so the head of each lane tries again."""
    session.execute(update(_lane).where(_lane.c.channel == channel).values(paused_until=None))


def set_back(session: Session, now: datetime) -> None:
    """The clock was set back: no lane waits for a pause or a pace of a time that never came; its head says how long."""
    ahead = or_(
        _lane.c.paused_until > now, _lane.c.tokens_at > now, _lane.c.failing_since > now, _lane.c.ready_at > now
    )
    fresh = {"paused_until": None, "tokens_at": None, "ready_at": case((_lane.c.ready_at.is_not(None), EPOCH))}
    since = case((_lane.c.failing_since > now, now), else_=_lane.c.failing_since)
    session.execute(update(_lane).where(ahead).values(**fresh, failing_since=since))


def hurry(session: Session, case_id: str, latest: datetime) -> None:
    """What waits about a case waits until `latest` and no longer."""
    late = and_(_out.c.case_id == case_id, _out.c.state == "pending", _out.c.not_before > latest)
    session.execute(update(_out).where(late).values(not_before=latest))


def failing(session: Session, channel: str, now: datetime) -> dict[int, datetime]:
    """The lanes of a channel that have failed since their last success, and since when."""
    query = select(_lane.c.dest, _lane.c.failing_since).where(_lane.c.channel == channel)
    if channel == TELEGRAM:
        query = query.where(_lane.c.tokens_at >= now - STALE)
    found = session.execute(query.where(_lane.c.failing_since.is_not(None)).order_by(_lane.c.dest))
    return {row.dest: row.failing_since for row in found}


def trying(session: Session, channel: str, now: datetime) -> bool:
    """Whether a lane that failed is being tried again right now, so that soon more is known."""
    held_back = _lane.c.paused_until > now
    query = select(_lane.c.dest).where(_lane.c.channel == channel, _lane.c.failing_since.is_not(None))
    query = query.where(_lane.c.ready_at <= now, or_(_lane.c.paused_until.is_(None), ~held_back))
    return session.execute(query.limit(1)).first() is not None


def alive(session: Session, channel: str, since: datetime) -> bool:
    """Whether anything of this channel was tried after `since` and answered."""
    tried = and_(_lane.c.channel == channel, _lane.c.tokens_at >= since, _lane.c.lease_until.is_(None))
    query = select(_lane.c.dest).where(tried, _lane.c.failing_since.is_(None)).limit(1)
    return session.execute(query).first() is not None


def waits(session: Session, channel: str, dest: int, case_id: str) -> bool:
    """Whether something about a case has not left for this destination yet."""
    query = select(_out.c.seq).where(_out.c.case_id == case_id, _out.c.state.in_(("pending", "sending")))
    return session.execute(query.where(_out.c.channel == channel, _out.c.dest == dest).limit(1)).first() is not None


def move(session: Session, old: int, new: int) -> None:
    """A group became a supergroup: its waiting messages and its lane go to the new id, in one transaction.

    One that is on its way right now may have arrived under the old id: it goes again, counted as unknown.
    """
    abandon(session, TELEGRAM, old)
    waiting = and_(_out.c.channel == TELEGRAM, _out.c.dest == old, _out.c.state == "pending")
    best = session.execute(select(func.min(_out.c.priority)).where(waiting)).scalar_one()
    session.execute(update(_out).where(waiting).values(dest=new))
    session.execute(
        update(_lane).where(_lane.c.channel == TELEGRAM, _lane.c.dest == old).values(ready_at=None, lease_until=None)
    )
    if best is not None:
        lanes = session.info.setdefault("lanes", {})
        known = lanes.get((TELEGRAM, new), (EPOCH, best))
        lanes[TELEGRAM, new] = (EPOCH, min(known[1], best))
        at_end(session, _wake_lanes)


def ready(session: Session, now: datetime) -> int:
    """How many lanes have something that may go at `now`."""
    query = select(func.count()).where(
        _lane.c.ready_at <= now, or_(_lane.c.paused_until.is_(None), _lane.c.paused_until <= now)
    )
    return int(session.execute(query).scalar_one())


def next_ready(session: Session, now: datetime) -> datetime | None:
    """When the earliest lane goes on that is held back, paused, or waits for its pace."""
    held = select(func.min(_lane.c.ready_at)).where(_lane.c.ready_at > now)
    paused = select(func.min(_lane.c.paused_until)).where(_lane.c.ready_at.is_not(None), _lane.c.paused_until > now)
    found = (session.execute(query).scalar_one_or_none() for query in (held, paused))
    return min((moment for moment in found if moment is not None), default=None)


def cancel(session: Session, uids: Iterable[str]) -> None:
    """Messages that have become pointless and have not left."""
    waiting = and_(_out.c.uid.in_(list(uids)), _out.c.state == "pending")
    session.execute(update(_out).where(waiting).values(state="cancelled", payload_sealed=None))
