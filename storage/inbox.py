"""The inbox: raw updates, stored before they are confirmed to Telegram, taken in order per chat."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.session import Session
from storage.tables import Inbox
from storage.types import EPOCH, MOST, NOW, fixed

TRIES = 5
PAUSES = (0.2, 1.0, 3.0, 10.0)
"""Seconds until a failed update is tried again; after the fifth try it goes aside."""

_table: Any = Inbox.__table__  # type: ignore[attr-defined]

# Each turn asks these, so they are built once. A parameter that bears a column's name sets it, hence "of_".
_OF = (_table.c.bot_id == bindparam("of_bot"), _table.c.update_id == bindparam("of_update"), _table.c.state == "new")
_HEADS = (
    select(_table.c.bot_id, func.min(_table.c.update_id), _table.c.chat_key)
    .where(_table.c.state == "new")
    .group_by(_table.c.bot_id, _table.c.chat_key)
    .having(func.max(_table.c.not_before) <= NOW)
    .order_by(func.min(_table.c.update_id))
    .limit(MOST)
)
_SEALED = select(_table.c.payload_sealed).where(*_OF).with_for_update(skip_locked=True)
_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtextextended('chat:' || :chat, 0))")
"""A key of its own for chats, so that no other advisory lock is ever confused with it."""
_SET = update(_table).where(*_OF)
_STORE = {
    "sqlite": sqlite.insert(_table).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_table).on_conflict_do_nothing(),
}


@dataclass(frozen=True, slots=True)
class Head:
    """The oldest waiting update of one chat."""

    bot_id: int
    update_id: int
    chat_key: int


def storable(raw: object) -> bool:
    """Whether an update has an id that the database can keep: a whole number of 64 bits."""
    update_id = raw.get("update_id") if isinstance(raw, Mapping) else None
    return isinstance(update_id, int) and not isinstance(update_id, bool) and abs(update_id) < 2**63


def store(session: Session, bot_id: int, updates: Iterable[Mapping[str, Any]], now: datetime) -> int:
    """Store raw updates (each `storable`); one that is already here is swallowed. Returns how many are new."""
    vault = session.vault
    rows = []
    for raw in updates:
        update_id: int = raw["update_id"]
        payload = json.dumps(raw, ensure_ascii=True, separators=(",", ":"))
        rows.append(
            {
                "bot_id": bot_id,
                "update_id": update_id,
                "chat_key": chat_key(raw),
                "payload_sealed": vault.seal(session, "inbox", "payload", f"{bot_id}:{update_id}", payload),
                "state": "new",
                "attempts": 0,
                "not_before": EPOCH,
                "received_at": now,
            }
        )
    if not rows:
        return 0
    result: Any = session.execute(_STORE[session.get_bind().dialect.name], rows)
    return int(result.rowcount)


def chat_key(raw: Mapping[str, Any]) -> int:
    """The chat whose turns this update belongs to (0 when it has none): its turns never overlap."""
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
    """The oldest waiting update of each of at most `limit` chats, who waits longest first: no flood delays others."""
    return [Head(*row) for row in session.execute(_HEADS, {"now": now, "most": limit})]


def claim(session: Session, head: Head) -> dict[str, Any] | None:
    """The update, held until this transaction ends; None when another worker has it or is in this chat."""
    postgres = session.get_bind().dialect.name == "postgresql"
    if postgres and not session.execute(_ALONE, {"chat": str(head.chat_key)}).scalar_one():
        return None
    sealed = session.execute(_SEALED, _of(head)).scalar_one_or_none()
    if sealed is None:
        return None
    payload = session.vault.open(session, "inbox", "payload", f"{head.bot_id}:{head.update_id}", sealed)
    raw: dict[str, Any] = json.loads(payload)
    return raw


def done(session: Session, head: Head, now: datetime) -> None:
    """The update was handled in this very transaction; what it said is forgotten, its id is kept."""
    session.execute(_SET, {**_of(head), "state": "done", "done_at": now, "payload_sealed": None})


def failed(session: Session, head: Head, now: datetime, error: str, *, last: bool = False) -> bool:
    """One more failed try; True when it was the fifth, or is said to be the last: the update goes aside."""
    attempts = session.execute(
        select(_table.c.attempts).where(_table.c.bot_id == head.bot_id, _table.c.update_id == head.update_id)
    ).scalar_one()
    attempts += 1
    if last or attempts >= TRIES:
        aside = {"state": "dead", "attempts": attempts, "done_at": now, "error": error}
        session.execute(_SET, {**_of(head), **aside})
        return True
    pause = timedelta(seconds=PAUSES[attempts - 1])
    session.execute(_SET, {**_of(head), "attempts": attempts, "not_before": now + pause, "error": error})
    return False


def set_back(session: Session, now: datetime) -> None:
    """The clock was set back: an update that waits for its next try gets it now."""
    waiting = update(_table).where(_table.c.state == fixed("new"), _table.c.not_before > now)
    session.execute(waiting.values(not_before=now))


def next_try(session: Session, now: datetime) -> datetime | None:
    """When the earliest update that failed is tried again."""
    held = select(func.min(_table.c.not_before)).where(_table.c.state == fixed("new"), _table.c.not_before > now)
    found: datetime | None = session.execute(held).scalar_one()
    return found


def _of(head: Head) -> dict[str, int]:
    return {"of_bot": head.bot_id, "of_update": head.update_id}
