"""The inbox: raw updates, stored before they are confirmed to Telegram, taken in order per chat.

What waits lies in a small hot table; that an update was ever here is remembered apart, for as long as Telegram may
bring it again.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select, text, update
from sqlalchemy import case as when
from sqlalchemy.dialects import postgresql, sqlite

from bot.core.haste import Haste, haste
from storage import addresses
from storage.session import Session
from storage.tables import Inbox, Received
from storage.types import EPOCH, MOST, NOW, fixed, full_hour

TRIES = 5
PAUSES = (0.2, 1.0, 3.0, 10.0)
"""Seconds until a failed update is tried again; after the fifth try it goes aside."""
REPEATS = timedelta(hours=48)
"""How long an update may come again: Telegram keeps it for 24 hours, and clocks differ."""

_table: Any = Inbox.__table__  # type: ignore[attr-defined]
_seen: Any = Received.__table__  # type: ignore[attr-defined]

# Each turn asks these, so they are built once. A parameter that bears a column's name sets it, hence "of_".
_OF = (_table.c.bot_id == bindparam("of_bot"), _table.c.update_id == bindparam("of_update"), _table.c.state == "new")
_NEW = _table.c.state == fixed("new")
_BOTS: Any = bindparam("bots", expanding=True)
_UPDATES: Any = bindparam("updates", expanding=True)
_MAY = _table.c.not_before <= NOW
_IS_DANGER = and_(_table.c.haste == fixed(Haste.DANGER), _MAY)
_MATTERS = and_(_table.c.haste != fixed(Haste.CHAT), _MAY)
_FAILING = func.count(when((and_(_table.c.attempts > 0, _table.c.not_before > NOW), 1)))
_DANGER = func.min(when((_IS_DANGER, _table.c.update_id)))
_HEAD = func.coalesce(
    _DANGER,
    when(
        (func.max(_table.c.not_before) <= NOW, func.min(_table.c.update_id)),
        # The chat pauses, so only what matters is taken; if one failed, all behind it wait for its next try.
        (_FAILING == 0, func.min(when((_MATTERS, _table.c.update_id)))),
    ),
)
_OLDEST = (
    select(_table.c.bot_id, _HEAD, _table.c.chat_key, func.count(), _DANGER.is_not(None))
    .where(_NEW)
    .group_by(_table.c.bot_id, _table.c.chat_key)
    .having(_HEAD.is_not(None))
    .order_by(_HEAD)
    .limit(MOST)
)
_HELD = (
    select(_table.c.bot_id, _table.c.update_id, _table.c.chat_key, _table.c.payload_sealed)
    .where(_table.c.bot_id.in_(_BOTS), _table.c.update_id.in_(_UPDATES), _NEW)
    .order_by(_table.c.update_id)
)
_ALONE = text("pg_try_advisory_xact_lock(hashtextextended('chat:' || chat_key, 0)) AS alone")
"""A key of its own for chats, so that no other advisory lock is ever confused with it."""
_HELD_ON = {"sqlite": _HELD, "postgresql": _HELD.add_columns(_ALONE).with_for_update(skip_locked=True)}
_SET = update(_table).where(*_OF)
_DONE = delete(_table).where(*_OF)
_HANDLED = update(_seen).where(_seen.c.bot_id == bindparam("of_bot"), _seen.c.update_id == bindparam("of_update"))
_NOTE = {
    "sqlite": sqlite.insert(_seen).on_conflict_do_nothing().returning(_seen.c.update_id),
    "postgresql": postgresql.insert(_seen).on_conflict_do_nothing().returning(_seen.c.update_id),
}
_STORE = _table.insert()
_WAITING = select(_table.c.update_id).where(_NEW, _table.c.not_before <= NOW).limit(1)
_NEXT_TRY = select(func.min(_table.c.not_before)).where(_NEW, _table.c.not_before > NOW)
_OLDEST_SEEN = select(func.min(_seen.c.at))
_OLD = select(_seen.c.bot_id, _seen.c.update_id).where(_seen.c.at <= bindparam("before", type_=_seen.c.at.type))


@dataclass(frozen=True, slots=True)
class Head:
    """The oldest waiting update of one chat."""

    bot_id: int
    update_id: int
    chat_key: int
    more: bool = field(default=False, compare=False)
    """Whether others of its chat wait behind it."""
    danger: bool = field(default=False, compare=False)
    """Whether somebody pressed *Ada bahaya*."""


def storable(raw: object) -> bool:
    """Whether an update has an id that the database can keep: a whole number of 64 bits."""
    update_id = raw.get("update_id") if isinstance(raw, Mapping) else None
    return isinstance(update_id, int) and not isinstance(update_id, bool) and abs(update_id) < 2**63


def store(session: Session, bot_id: int, updates: Iterable[Mapping[str, Any]], now: datetime) -> int:
    """Store raw updates (each `storable`); one that was ever here is swallowed. Returns how many are new."""
    by_id = {raw["update_id"]: raw for raw in updates}
    if not by_id:
        return 0
    names = [{"bot_id": bot_id, "update_id": update_id, "at": now} for update_id in by_id]
    fresh = sorted(session.core(_NOTE[session.get_bind().dialect.name], names).scalars())
    found = {update_id: address(by_id[update_id]) for update_id in fresh}
    references = addresses.references(session, {one for one in found.values() if one})
    rows = [
        _row(session, (bot_id, number), by_id[number], references.get(found[number], addresses.NOBODY), now)
        for number in fresh
    ]
    if rows:
        session.core(_STORE, rows)
    return len(rows)


def _row(session: Session, name: tuple[int, int], raw: Mapping[str, Any], chat: int, now: datetime) -> dict[str, Any]:
    payload = json.dumps(raw, ensure_ascii=True, separators=(",", ":"))
    return {
        "bot_id": name[0],
        "update_id": name[1],
        "chat_key": chat,
        "payload_sealed": session.vault.seal(session, "inbox", "payload", f"{name[0]}:{name[1]}", payload),
        "haste": haste(raw),
        "state": "new",
        "attempts": 0,
        "not_before": EPOCH,
        "received_at": now,
    }


def address(raw: Mapping[str, Any]) -> int:
    """The real id of the chat whose turns this update belongs to (0 when it has none): its turns never overlap."""
    for body in raw.values():
        if not isinstance(body, Mapping):
            continue
        message = body.get("message") if isinstance(body.get("message"), Mapping) else body
        chat = message.get("chat") if isinstance(message, Mapping) else None
        person = body.get("from")
        for holder in (chat, person):
            if isinstance(holder, Mapping) and isinstance(holder.get("id"), int) and abs(holder["id"]) < 2**63:
                return int(holder["id"])
    return 0


def heads(session: Session, now: datetime, limit: int) -> list[Head]:
    """What goes next in each of at most `limit` chats, the oldest first: its danger, or else what waits longest."""
    return [
        Head(bot, head, chat, count > 1, bool(danger))
        for bot, head, chat, count, danger in session.core(_OLDEST, {"now": now, "most": limit})
    ]


def waiting(session: Session, now: datetime) -> bool:
    """Whether an update waits that may be taken."""
    return session.core(_WAITING, {"now": now}).first() is not None and bool(heads(session, now, 1))


def claim(session: Session, wanted: Collection[Head]) -> dict[Head, bytes]:
    """The sealed updates of these chats, held until this transaction ends, oldest first.

    One is missing when another worker has it or is in its chat.
    """
    if not wanted:
        return {}
    # Two lists and not one of pairs, for which SQLite would read every row.
    names = {"bots": list({head.bot_id for head in wanted}), "updates": [head.update_id for head in wanted]}
    rows = session.core(_HELD_ON[session.get_bind().dialect.name], names).all()
    found = {Head(*row[:3]): row.payload_sealed for row in rows if getattr(row, "alone", True)}
    return {head: sealed for head, sealed in found.items() if head in wanted}


def opened(session: Session, head: Head, sealed: bytes) -> dict[str, Any]:
    """What an update says."""
    name = f"{head.bot_id}:{head.update_id}"
    raw: dict[str, Any] = json.loads(session.vault.open(session, "inbox", "payload", name, sealed))
    return raw


def done(session: Session, handled: Collection[tuple[Head, datetime]]) -> None:
    """These were handled in this very transaction, each at its moment: only that they were here is kept."""
    if handled:
        session.core(_DONE, [_of(head) for head, _ in handled])
        session.core(_HANDLED, [{**_of(head), "at": now} for head, now in handled])


def failed(session: Session, head: Head, now: datetime, error: str, *, last: bool = False) -> timedelta | None:
    """One more failed try: the pause until the next; None when it was the fifth, or the last: it goes aside."""
    attempts = session.execute(
        select(_table.c.attempts).where(_table.c.bot_id == head.bot_id, _table.c.update_id == head.update_id)
    ).scalar_one()
    attempts += 1
    if last or attempts >= TRIES:
        aside = {"state": "dead", "attempts": attempts, "done_at": now, "error": error}
        session.core(_SET, {**_of(head), **aside})
        return None
    pause = timedelta(seconds=PAUSES[attempts - 1])
    session.core(_SET, {**_of(head), "attempts": attempts, "not_before": now + pause, "error": error})
    return pause


def pause(session: Session, head: Head, until: datetime) -> None:
    """What a chat sent waits until then, all but what matters."""
    session.core(_SET, {**_of(head), "not_before": until})


def forget(session: Session, now: datetime, limit: int) -> int:
    """Telegram will not bring the oldest updates again: that they were here is forgotten, at most `limit` of them."""
    old = session.core(_OLD.limit(MOST), {"before": now - REPEATS, "most": limit}).all()
    if old:
        one = and_(_seen.c.bot_id == bindparam("of_bot"), _seen.c.update_id == bindparam("of_update"))
        session.execute(delete(_seen).where(one), [{"of_bot": bot, "of_update": update_id} for bot, update_id in old])
    return len(old)


def forgettable(session: Session) -> datetime | None:
    """When the oldest may be forgotten: at the full hour, all of an hour together."""
    oldest: datetime | None = session.core(_OLDEST_SEEN).scalar_one()
    return None if oldest is None else full_hour(oldest + REPEATS)


def set_back(session: Session, now: datetime) -> None:
    """The clock was set back: an update that waits for its next try gets it now."""
    waiting = update(_table).where(_NEW, _table.c.not_before > now)
    session.execute(waiting.values(not_before=now))


def next_try(session: Session, now: datetime) -> datetime | None:
    """When the earliest update that failed is tried again."""
    found: datetime | None = session.core(_NEXT_TRY, {"now": now}).scalar_one()
    return found


def _of(head: Head) -> dict[str, int]:
    return {"of_bot": head.bot_id, "of_update": head.update_id}
