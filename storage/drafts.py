"""Unfinished conversations: one per chat, its answers sealed."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select

from storage.session import Session
from storage.tables import Draft
from storage.types import MOST, NOW, new_id

_DUE = select(Draft.chat_id).where(col(Draft.due_at) <= NOW).order_by(col(Draft.due_at)).limit(MOST)


def begin(session: Session, chat_id: int, answers: Mapping[str, Any], now: datetime, due: datetime) -> Draft:
    """A new draft; an older one of this chat is thrown away."""
    old = session.get(Draft, chat_id)
    if old is not None:
        session.delete(old)
        session.flush()
    draft = Draft(chat_id=chat_id, id=new_id(8), answers_sealed=b"", updated_at=now, due_at=due)
    return keep(session, draft, answers, now, due)


def keep(session: Session, draft: Draft, answers: Mapping[str, Any], now: datetime, due: datetime) -> Draft:
    """Store the answers."""
    text = json.dumps(answers, ensure_ascii=False)
    draft.answers_sealed = session.vault.seal(session, "draft", "answers", f"{draft.chat_id}:{draft.id}", text)
    draft.updated_at, draft.due_at = now, due
    session.add(draft)
    return draft


def of(session: Session, chat_id: int) -> Draft | None:
    """The draft of a chat."""
    return session.get(Draft, chat_id)


def answers_of(session: Session, draft: Draft) -> dict[str, Any]:
    """What was answered so far."""
    name = f"{draft.chat_id}:{draft.id}"
    answers: dict[str, Any] = json.loads(session.vault.open(session, "draft", "answers", name, draft.answers_sealed))
    return answers


def drop(session: Session, draft: Draft) -> None:
    """Forget a draft."""
    session.delete(draft)
    session.flush()


def due(session: Session, now: datetime, limit: int) -> Sequence[int]:
    """Chats whose draft is to be nudged or dropped."""
    return session.exec(_DUE, params={"now": now, "most": limit}).all()


def next_due(session: Session) -> datetime | None:
    """When the earliest draft is due."""
    return session.exec(select(func.min(Draft.due_at))).one()
