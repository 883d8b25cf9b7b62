"""The timeline of a case: append-only, ids and codes only, each entry chained to the one before."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, desc, insert
from sqlalchemy import select as columns_of
from sqlmodel import col, select

from storage.session import Session
from storage.tables import Timeline

CLOCK, REPORTER, TELEGRAM = "clock", "reporter", "telegram"
"""Actors who are no member."""
_line: Any = Timeline.__table__  # type: ignore[attr-defined]
_APPEND = insert(_line)
_LAST = columns_of(_line.c.seq, _line.c.hash).where(_line.c.case_id == bindparam("of_case"))
_LAST = _LAST.order_by(_line.c.seq.desc()).limit(1)


def note(session: Session, case_id: str, event: str, actor: str, now: datetime, **data: str | int | None) -> None:
    """Append `event`; `data` holds ids and codes, never what somebody wrote."""
    tails = session.ahead.ready().tails
    seq, prev = tails.get(case_id) or _tail(session, case_id)
    body = json.dumps({key: value for key, value in data.items() if value is not None}, sort_keys=True)
    row = {"case_id": case_id, "seq": seq + 1, "at": now, "event": event, "actor": actor, "data": body}
    digest = _hash(prev, case_id, str(seq + 1), now, event, actor, body)
    row |= {"prev_hash": prev, "hash": digest}
    if case_id in tails:
        tails[case_id] = (seq + 1, digest)
        session.ahead.entries.append(row)
        session.at_end(_write)
        return
    session.core(_APPEND, row)
    session.flush()


def _tail(session: Session, case_id: str) -> tuple[int, str]:
    """The number and the hash of the last entry."""
    last = session.core(_LAST, {"of_case": case_id}).one_or_none()
    return (last.seq, last.hash) if last is not None else (0, "")


def _write(session: Session) -> None:
    """Write down the entries of many timelines at once."""
    entries, session.ahead.entries = session.ahead.entries, []
    session.core(_APPEND, entries)


def entry_hash(prev: str, entry: Timeline) -> str:
    """SHA-256 over the previous hash and every field of the entry."""
    return _hash(prev, entry.case_id, str(entry.seq), entry.at, entry.event, entry.actor, entry.data)


def _hash(prev: str, case_id: str, seq: str, at: datetime, *fields: str) -> str:
    said = (prev, case_id, seq, at.astimezone(UTC).isoformat(), *fields)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def entries(session: Session, case_id: str) -> list[Timeline]:
    """The whole timeline of a case, oldest first."""
    query = select(Timeline).where(Timeline.case_id == case_id).order_by(col(Timeline.seq))
    return list(session.exec(query))


def last(session: Session, case_id: str, event: str) -> datetime | None:
    """When `event` happened last, or None."""
    query = select(Timeline.at).where(Timeline.case_id == case_id, Timeline.event == event)
    return session.exec(query.order_by(desc(col(Timeline.seq))).limit(1)).first()


def last_of(session: Session, case_id: str, events: Sequence[str]) -> Timeline | None:
    """The last entry that is one of `events`, or None."""
    query = select(Timeline).where(Timeline.case_id == case_id, col(Timeline.event).in_(events))
    return session.exec(query.order_by(desc(col(Timeline.seq))).limit(1)).first()


def actors(session: Session, case_id: str, event: str) -> list[str]:
    """Who did `event`, the last one last."""
    query = select(Timeline.actor).where(Timeline.case_id == case_id, Timeline.event == event)
    return list(session.exec(query.order_by(col(Timeline.seq))))


def count(session: Session, case_id: str, event: str) -> int:
    """How often `event` stands in the timeline."""
    return sum(1 for entry in entries(session, case_id) if entry.event == event)


def broken_at(session: Session, case_id: str) -> int | None:
    """The seq of the first entry that does not follow from the one before it; None when the chain holds."""
    prev = ""
    for position, entry in enumerate(entries(session, case_id), 1):
        if entry.seq != position or entry.prev_hash != prev or entry.hash != entry_hash(prev, entry):
            return entry.seq
        prev = entry.hash
    return None


def facts(entry: Timeline) -> Mapping[str, str | int]:
    """The data of an entry."""
    data: Mapping[str, str | int] = json.loads(entry.data)
    return data
