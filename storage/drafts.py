"""Unfinished conversations: one per chat and flow, its answers sealed."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select as columns_of
from sqlmodel import col, func, select

from storage.session import Session
from storage.tables import Draft
from storage.types import MOST, NOW, new_id

Name = tuple[int, str]
"""A draft by its chat and its flow."""

_draft: Any = Draft.__table__  # type: ignore[attr-defined]
_DUE = columns_of(_draft.c.chat_id, _draft.c.flow).where(_draft.c.due_at <= NOW).order_by(_draft.c.due_at).limit(MOST)


def begin(session: Session, chat_id: int, flow: str, answers: Mapping[str, Any], now: datetime, due: datetime) -> Draft:
    """A new draft; an older one of this chat and flow is thrown away."""
    old = named(session, (chat_id, flow))
    if old is not None:
        drop(session, old)
    draft = Draft(chat_id=chat_id, flow=flow, id=new_id(8), answers_sealed=b"", updated_at=now, due_at=due)
    return keep(session, draft, answers, now, due)


def keep(session: Session, draft: Draft, answers: Mapping[str, Any], now: datetime, due: datetime) -> Draft:
    """Store the answers."""
    text = json.dumps(answers, ensure_ascii=False)
    draft.answers_sealed = session.vault.seal(session, "draft", "answers", f"{draft.chat_id}:{draft.id}", text)
    draft.updated_at, draft.due_at = now, due
    session.add(draft)
    return draft


def of(session: Session, chat_id: int) -> Draft | None:
    """The draft that a chat talks to: the one shown last."""
    return next(iter(all_of(session, chat_id)), None)


def all_of(session: Session, chat_id: int) -> Sequence[Draft]:
    """Every draft of a chat, the one shown last first."""
    newest = select(Draft).where(Draft.chat_id == chat_id).order_by(col(Draft.shown).desc(), col(Draft.flow))
    return session.exec(newest).all()


def named(session: Session, name: Name) -> Draft | None:
    """The draft of a chat in a flow."""
    return session.get(Draft, name)


def hold(session: Session, name: Name) -> Draft | None:
    """The same, held until this transaction ends: its person, or another replica, may be at it."""
    return session.get(Draft, name, with_for_update=True)


def by_id(session: Session, chat_id: int, draft_id: str) -> Draft | None:
    """The draft of a chat that a button names."""
    return session.exec(select(Draft).where(Draft.chat_id == chat_id, Draft.id == draft_id)).one_or_none()


def answers_of(session: Session, draft: Draft) -> dict[str, Any]:
    """What was answered so far."""
    name = f"{draft.chat_id}:{draft.id}"
    answers: dict[str, Any] = json.loads(session.vault.open(session, "draft", "answers", name, draft.answers_sealed))
    return answers


def drop(session: Session, draft: Draft) -> None:
    """Forget a draft."""
    session.delete(draft)
    session.flush()


def due(session: Session, now: datetime, limit: int) -> Sequence[Name]:
    """Drafts that are to be nudged or dropped."""
    return [(chat_id, flow) for chat_id, flow in session.execute(_DUE, {"now": now, "most": limit})]


def next_due(session: Session) -> datetime | None:
    """When the earliest draft is due."""
    return session.exec(select(func.min(Draft.due_at))).one()
