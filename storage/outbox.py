"""The outbox: what is said is stored with the deed, then sent. One lane per destination keeps the order.

How a row leaves is in `sending`, what holds a lane back in `lanes`.
"""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Text, and_, bindparam, func, insert, or_, select, update
from sqlalchemy import case as when
from sqlalchemy.dialects import postgresql, sqlite

from storage import trail
from storage.kinds import FOR_WORKERS, HELD, PINGS, PRESS, REDRAW, UNSAID, URGENT, Kind
from storage.session import Line, Said, Session
from storage.tables import Lane, Outbox
from storage.types import EPOCH, NOW, fixed, new_id

WAITING_GROUP, WAITING_PERSON = 3, 5
"""More pings than this waiting for one chat are said in one digest (row 62)."""
WAITING_URGENT = 20
"""Darurat cards go one by one; after an outage so many may wait for one person that the last would come too late."""

TELEGRAM, JSC, MAIL = "telegram", "jsc", "mail"
MENUS = "menus"
"""The menu of a chat leaves by itself, so that no message waits for a call that nobody misses."""

_out: Any = Outbox.__table__  # type: ignore[attr-defined]
_lane: Any = Lane.__table__  # type: ignore[attr-defined]

_PINGS = and_(_out.c.channel == TELEGRAM, _out.c.state == fixed("pending"), _out.c.kind.in_(PINGS))
_WAITING_PINGS = and_(_PINGS, _out.c.not_before <= NOW)
_CALM = func.sum(when((_out.c.priority > URGENT, 1), else_=0))
_CROWDS = select(_out.c.dest, func.count(), _CALM).where(_WAITING_PINGS).group_by(_out.c.dest)
_CROWDS_OF = _CROWDS.where(_out.c.dest == bindparam("of_dest"))
_NEXT_PING = select(func.min(_out.c.not_before)).where(_PINGS, _out.c.not_before > NOW)
_CROWD = select(_out.c.uid).where(_WAITING_PINGS, _out.c.dest == bindparam("of_dest"))
_CROWD = _CROWD.where(_out.c.priority > bindparam("over"))
_CROWD = _CROWD.order_by(_out.c.seq).with_for_update()
_SAID = [spec.name for spec in fields(Line)]
_SAY = insert(_out)
STANDS = or_(
    _out.c.state.in_(("pending", "sending")),
    and_(_out.c.state == "sent", _out.c.message_id.is_not(None)),  # not what stood in a group before it moved
)
"""Of a message: it is in its chat, or will be."""


def _waking(insert: Any, lesser: Any) -> Any:
    """Makes a lane ready no later, and no less urgent, than it was."""
    row = insert(_lane)
    changed = {
        "ready_at": lesser(func.coalesce(_lane.c.ready_at, row.excluded.ready_at), row.excluded.ready_at),
        "priority": lesser(_lane.c.priority, row.excluded.priority),
        "newest": func.coalesce(
            when((_lane.c.newest > row.excluded.newest, None), else_=row.excluded.newest), _lane.c.newest
        ),
        "trail": trail.longer(_lane.c.trail, row.excluded.trail),
    }
    return row.on_conflict_do_update(index_elements=["channel", "dest"], set_=changed)


_WAKE = {"sqlite": _waking(sqlite.insert, func.min), "postgresql": _waking(postgresql.insert, func.least)}
_LANE_OF = and_(_lane.c.channel == TELEGRAM, _lane.c.dest == bindparam("of_dest"))
_WROTE = update(_lane).where(_LANE_OF, func.coalesce(_lane.c.newest, 0) < bindparam("of_newest"))
_WROTE = _WROTE.values(
    newest=bindparam("is_newest", type_=BigInteger()),
    trail=trail.longer(_lane.c.trail, bindparam("step", type_=Text())),
)
_NEWEST = select(_lane.c.newest).where(_LANE_OF).scalar_subquery()
_PRESSED: Any = bindparam("of_message")
_ARRIVED = update(_out).where(
    _out.c.uid == bindparam("of_uid"),
    _out.c.state == "pending",
    _out.c.unknowns > 0,
    or_(_out.c.in_place == _PRESSED, func.coalesce(_NEWEST, 0) < _PRESSED),
)
_ANSWERS = update(_lane).where(_LANE_OF, _lane.c.failing_since.is_not(None))
_ANSWERS = _ANSWERS.values(fails=0, failing_since=None, paused_until=None)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to be stored: what it is, where it goes, and what it belongs to."""

    channel: str
    dest: int
    kind: Kind
    payload: Mapping[str, Any]
    urgency: str | None = None
    """The urgency of its case, which decides how soon it leaves; None where it belongs to no case."""
    not_before: datetime | None = None
    edits: str | None = None
    """The uid of the message that it changes (of the question that was pressed), and of the one that it answers."""
    replies: str | None = None
    in_place: int | None = None
    """The number of the pressed bubble that turns into it, if it can when this leaves; else it is a new bubble."""
    slot: str | None = None
    """Of unsent messages to one chat with the same slot only the newest leaves."""
    case: tuple[str, int] | None = None
    """Id and round."""
    ask: str | None = None


def put(session: Session, message: Outgoing, now: datetime) -> str:
    """Say something: it leaves once this transaction has committed. Returns the row's uid."""
    uid = new_id()
    text = json.dumps(message.payload, ensure_ascii=False, separators=(",", ":"))
    ready, priority = message.not_before or EPOCH, message.kind.ranks(message.urgency)
    session.said.rows.append(
        Line(
            uid=uid,
            channel=message.channel,
            dest=message.dest,
            kind=message.kind.name,
            priority=priority,
            payload_sealed=session.vault.seal(session, "outbox", "payload", uid, text),
            edits_uid=message.edits,
            replies_uid=message.replies,
            in_place=message.in_place,
            slot=message.slot,
            case_id=message.case[0] if message.case else None,
            case_round=message.case[1] if message.case else None,
            ask_id=message.ask,
            not_before=ready,
            created_at=now,
        )
    )
    wake(session, message.channel, message.dest, ready, priority)
    return uid


def wake(session: Session, channel: str, dest: int, ready: datetime, priority: int) -> None:
    """Have a lane ready when this transaction commits; what was said in it gets its numbers then."""
    session.said.wake((channel, dest), ready, priority)
    session.at_end(_wake_lanes)


def wrote(session: Session, dest: int, message_id: int, now: datetime) -> None:
    """The person of a chat wrote something: what was said before stands above it."""
    session.said.newest[dest] = message_id, now
    session.at_end(_wake_lanes)


def pressed(session: Session, dest: int, uid: str, message_id: int, now: datetime) -> None:
    """A bubble was pressed: a message of which nobody knew whether it arrived stands there, and its chat is well."""
    session.said.pressed[dest] = uid, message_id, now
    wake(session, TELEGRAM, dest, EPOCH, PRESS)


def _wake_lanes(session: Session) -> None:
    """Mark the lanes of this transaction ready, in one order everywhere so that no two transactions deadlock."""
    said, session.said = session.said, Said()
    session.flush()
    fresh = [
        {"channel": channel, "dest": dest, "ready_at": ready, "priority": priority, "tokens": 3.0, "fails": 0}
        | _newest(dest, said.newest.pop(dest, None) if channel == TELEGRAM else None)
        for (channel, dest), (ready, priority) in sorted(said.lanes.items())
    ]
    if fresh:
        session.core(_WAKE[session.get_bind().dialect.name], fresh)
    for dest, wrote in sorted(said.newest.items()):  # what they wrote was answered by nothing below it
        session.execute(
            _WROTE, {"of_dest": dest, "of_newest": wrote[0], "is_newest": wrote[0], "step": _step(dest, wrote)}
        )
    for dest, found in sorted(said.pressed.items()):
        _arrived(session, dest, *found)
    # Only now, with its lanes held, does a row get its number: whoever commits first is also first in the lane.
    # Cards that are drawn again come behind what is said in the same turn: whoever acted reads the answer first.
    rows = sorted(said.rows, key=lambda row: row.kind == REDRAW.name)
    if rows:
        session.core(_SAY, [{name: getattr(row, name) for name in _SAID} for row in rows])


def _newest(dest: int, wrote: tuple[int, datetime] | None) -> dict[str, Any]:
    """What a lane notes of a message that its person wrote."""
    return {"newest": wrote and wrote[0], "trail": _step(dest, wrote) if wrote else ""}


def _step(dest: int, wrote: tuple[int, datetime]) -> str:
    return trail.step(dest, *wrote)


def _arrived(session: Session, dest: int, uid: str, message_id: int, now: datetime) -> None:
    """Whoever pressed it has seen it: it is sent, and what waits behind it waits for it no longer."""
    known = {"of_uid": uid, "of_dest": dest, "of_message": message_id}
    became = {"state": "sent", "message_id": message_id, "sent_at": now, "payload_sealed": None}
    result: Any = session.core(_ARRIVED, {**known, **became})
    if result.rowcount:
        session.core(_ANSWERS, {"of_dest": dest})


def stands(session: Session, uid: str, dest: int) -> bool:
    """Whether a message is in this chat, or will be before anything that is said now."""
    if any(row.uid == uid and row.dest == dest for row in session.said.rows):
        return True
    ahead = session.ahead.ready()
    if not uid or uid in ahead.cards:
        return (uid, dest) in ahead.standing
    query = select(_out.c.seq).where(_out.c.uid == uid, _out.c.channel == TELEGRAM, _out.c.dest == dest)
    return session.execute(query.where(STANDS)).first() is not None


def about(session: Session, dest: int, message_id: int) -> str | None:
    """The case that a bubble of this chat is about, or None."""
    query = select(_out.c.case_id).where(_out.c.dest == dest, _out.c.message_id == message_id)
    query = query.where(_out.c.case_id.is_not(None), _out.c.channel == TELEGRAM)
    found: str | None = session.execute(query.order_by(_out.c.seq.desc()).limit(1)).scalar_one_or_none()
    return found


def unsent(session: Session, uid: str) -> bool:
    """Whether a message has not left yet."""
    query = select(_out.c.seq).where(_out.c.uid == uid, _out.c.state == "pending")
    return session.execute(query).first() is not None


def held(session: Session, case_id: str, dest: int, since: datetime, of: Sequence[str] = HELD) -> list[str]:
    """The uids of the bubbles with an owner's buttons, said to a chat about a case since then; the oldest first.

    `of`: the kinds of bubbles, where other buttons than an owner's are meant.
    """
    query = select(_out.c.uid).where(_out.c.case_id == case_id, _out.c.dest == dest)
    query = query.where(_out.c.kind.in_(of), _out.c.created_at >= since)
    query = query.where(_out.c.state.in_(("pending", "sending", "sent"))).order_by(_out.c.seq)
    return list(session.execute(query).scalars())


def call_back(session: Session, uids: Sequence[str]) -> list[str]:
    """Those of these messages that have not left never leave; returns the others, in their order."""
    waiting = and_(_out.c.uid.in_(list(uids)), _out.c.state == fixed("pending"))
    back = set(session.execute(select(_out.c.uid).where(waiting)).scalars())
    session.execute(update(_out).where(waiting).values(state="cancelled", payload_sealed=None))
    return [uid for uid in uids if uid not in back]


def waits(session: Session, channel: str, dest: int, case_id: str) -> bool:
    """Whether something about a case has not left for this destination yet."""
    query = select(_out.c.seq).where(_out.c.case_id == case_id, _out.c.state.in_(("pending", "sending")))
    return session.execute(query.where(_out.c.channel == channel, _out.c.dest == dest).limit(1)).first() is not None


def hurry(session: Session, case_id: str, latest: datetime) -> None:
    """What waits about a case waits until `latest` and no longer."""
    late = and_(_out.c.case_id == case_id, _out.c.state == "pending", _out.c.not_before > latest)
    session.execute(update(_out).where(late).values(not_before=latest))


def crowds(session: Session, now: datetime) -> list[int]:
    """Chats for which more pings wait than one digest's worth."""
    return [row[0] for row in session.core(_CROWDS, {"now": now}).all() if _above(*row) is not None]


def crowd(session: Session, dest: int, now: datetime) -> list[str]:
    """The uids of the pings that are too many for one chat, oldest first, held; none when they are not too many."""
    row = session.core(_CROWDS_OF, {"now": now, "of_dest": dest}).one_or_none()
    over = _above(*row) if row is not None else None
    if over is None:
        return []
    return list(session.core(_CROWD, {"now": now, "of_dest": dest, "over": over}).scalars())


def _above(dest: int, count: int, calm: int) -> int | None:
    """Above which priority the pings of a chat are said in one digest; None when they are few."""
    if count - calm > WAITING_URGENT:
        return URGENT - 1
    return URGENT if calm > (WAITING_GROUP if dest < 0 else WAITING_PERSON) else None


def next_ping(session: Session, now: datetime) -> datetime | None:
    """When the next ping may leave that waits for its hour."""
    found: datetime | None = session.core(_NEXT_PING, {"now": now}).scalar_one()
    return found


def try_now(session: Session, dest: int, uid: str) -> None:
    """A message that nobody knows to have arrived is waited for by its person: it goes again at once."""
    waits = and_(_out.c.uid == uid, _out.c.dest == dest, _out.c.state == fixed("pending"), _out.c.unknowns > 0)
    session.execute(update(_out).where(waits).values(not_before=EPOCH))
    session.execute(update(_lane).where(_lane.c.channel == TELEGRAM, _lane.c.dest == dest).values(paused_until=None))
    wake(session, TELEGRAM, dest, EPOCH, PRESS)


def unsay(session: Session, dest: int, slot: str) -> None:
    """What was said to a person and has not left does not leave, but for news and numbers of reports.

    What is on its way gets the `slot` of what takes its place, so that it does not go again.
    """
    chat = and_(_out.c.channel == TELEGRAM, _out.c.dest == dest, _out.c.kind.in_(UNSAID))
    waiting, flying = _out.c.state == fixed("pending"), _out.c.state == fixed("sending")
    session.execute(update(_out).where(chat, waiting).values(state="cancelled", payload_sealed=None))
    session.execute(update(_out).where(chat, flying).values(slot=slot))


def withdraw(session: Session, dest: int) -> None:
    """What a worker was to read in this chat, and has not left, does not leave: they work here no more."""
    chat = and_(_out.c.channel == TELEGRAM, _out.c.dest == dest, _out.c.kind.in_(FOR_WORKERS))
    waiting = and_(chat, _out.c.state == fixed("pending"))
    session.execute(update(_out).where(waiting).values(state="cancelled", payload_sealed=None))


def forget_files(session: Session, case_id: str, file_ids: Set[str]) -> None:
    """Files of a case that may not be kept do not leave any more."""
    waiting = and_(_out.c.case_id == case_id, _out.c.state == fixed("pending"))
    for uid, sealed in session.execute(select(_out.c.uid, _out.c.payload_sealed).where(waiting)).all():
        payload = json.loads(session.vault.open(session, "outbox", "payload", uid, sealed))
        if not file_ids.isdisjoint(str(value) for value in payload.get("params", {}).values()):
            gone = update(_out).where(_out.c.uid == uid)
            session.execute(gone.values(state="cancelled", payload_sealed=None))


def bundle(session: Session, uids: Sequence[str], digest: str) -> None:
    """One digest speaks for these messages."""
    waiting = and_(_out.c.uid.in_(list(uids)), _out.c.state == "pending")
    session.execute(update(_out).where(waiting).values(state="bundled", bundle_uid=digest, payload_sealed=None))


def bundled(session: Session, digest: str) -> list[Any]:
    """The messages a digest speaks for: (uid, kind, case_id, ask_id)."""
    columns = (_out.c.uid, _out.c.kind, _out.c.case_id, _out.c.ask_id)
    return list(session.execute(select(*columns).where(_out.c.bundle_uid == digest).order_by(_out.c.seq)))
