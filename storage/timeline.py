"""The timeline of a case: append-only, ids and codes only, each entry chained to the one before."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import desc
from sqlmodel import col, select

from storage.session import Session
from storage.tables import Timeline

CLOCK, REPORTER, TELEGRAM = "clock", "reporter", "telegram"
"""Actors who are no member."""


def note(session: Session, case_id: str, event: str, actor: str, now: datetime, **data: str | int | None) -> None:
    """Append `event`; `data` holds ids and codes, never what somebody wrote."""
    query = select(Timeline).where(Timeline.case_id == case_id).order_by(desc(col(Timeline.seq))).limit(1)
    last = session.exec(query).one_or_none()
    seq, prev = (last.seq + 1, last.hash) if last else (1, "")
    body = json.dumps({key: value for key, value in data.items() if value is not None}, sort_keys=True)
    row = Timeline(case_id=case_id, seq=seq, at=now, event=event, actor=actor, data=body, prev_hash=prev, hash="")
    row.hash = entry_hash(prev, row)
    session.add(row)
    session.flush()


def entry_hash(prev: str, entry: Timeline) -> str:
    """SHA-256 over the previous hash and every field of the entry."""
    at = entry.at.astimezone(UTC).isoformat()
    fields = (prev, entry.case_id, str(entry.seq), at, entry.event, entry.actor, entry.data)
    return hashlib.sha256("\x1f".join(fields).encode()).hexdigest()


def entries(session: Session, case_id: str) -> list[Timeline]:
    """The whole timeline of a case, oldest first."""
    query = select(Timeline).where(Timeline.case_id == case_id).order_by(col(Timeline.seq))
    return list(session.exec(query))


def last(session: Session, case_id: str, event: str) -> datetime | None:
    """When `event` happened last, or None."""
    query = select(Timeline.at).where(Timeline.case_id == case_id, Timeline.event == event)
    return session.exec(query.order_by(desc(col(Timeline.seq))).limit(1)).first()


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
