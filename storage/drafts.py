"""Unfinished conversations: one per chat and flow, its answers sealed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns_of
from sqlmodel import col, select

from storage.session import Session
from storage.tables import Draft, Outbox
from storage.types import MOST, NOW, new_id

Name = tuple[int, str]
"""A draft by its chat and its flow."""

_draft: Any = Draft.__table__  # type: ignore[attr-defined]
_DUE = columns_of(_draft.c.chat_id, _draft.c.flow).where(_draft.c.due_at <= NOW).order_by(_draft.c.due_at).limit(MOST)
_ASKED: Any = (Draft, Outbox.message_id, Outbox.in_place, Outbox.state, Outbox.unknowns)
_PRESSED = select(*_ASKED).join(Outbox, col(Outbox.uid) == col(Draft.question_uid), isouter=True)
_PRESSED = _PRESSED.where(col(Draft.chat_id) == bindparam("of_chat"), col(Draft.id) == bindparam("of_draft"))

_OF = select(Draft).where(col(Draft.chat_id) == bindparam("of_chat")).order_by(col(Draft.shown).desc(), col(Draft.flow))


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
    return session.execute(_OF, {"of_chat": chat_id}).scalars().all()


def named(session: Session, name: Name) -> Draft | None:
    """The draft of a chat in a flow."""
    return session.get(Draft, name)


def hold(session: Session, name: Name) -> Draft | None:
    """The same, held until this transaction ends: its person, or another replica, may be at it."""
    return session.get(Draft, name, with_for_update=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """The message that asks the question of a draft, as far as it is known."""

    sent_as: int | None
    in_place: int | None
    """The bubble that is to turn into it, while it has not left."""
    doubtful: bool
    """Nobody knows whether it arrived."""

    def stands_in(self, bubble: int | None) -> bool:
        """Whether this bubble shows it, or will."""
        return bubble is not None and bubble == (self.in_place if self.sent_as is None else self.sent_as)

    def above(self, bubble: int | None) -> bool:
        """Whether this bubble stands below the one that shows it, which is no longer what its person looks at."""
        shows = self.in_place if self.sent_as is None else self.sent_as
        return bubble is not None and shows is not None and bubble > shows

    def elsewhere(self, bubble: int) -> bool:
        """Whether another bubble than this one shows it."""
        return self.sent_as is not None and self.sent_as != bubble


def pressed(session: Session, chat_id: int, draft_id: str) -> tuple[Draft, Asked] | None:
    """The draft of a chat that a button names, and the message that asks its question."""
    row = session.execute(_PRESSED, {"of_chat": chat_id, "of_draft": draft_id}).one_or_none()
    if row is None:
        return None
    draft, sent_as, in_place, state, unknowns = row
    return draft, Asked(sent_as, in_place, state == "pending" and unknowns > 0)


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
    return [(chat_id, flow) for chat_id, flow in session.core(_DUE, {"now": now, "most": limit})]
