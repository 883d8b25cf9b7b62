"""What is forgotten of the outbox: messages that are over and belong to no case, when nothing names them any more.

Most of what is said is a question of a draft. Replies and edits name what was said in the last days; what belongs to a
case is kept with it.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from storage.session import Session
from storage.tables import Outbox
from storage.types import MOST, Moment, full_hour

NAMED = timedelta(days=8)
"""Longer than a message is tried (7 days), and than a draft, an offer or a summary is answered."""

_out: Any = Outbox.__table__  # type: ignore[attr-defined]
_OVER = _out.c.case_id.is_(None), _out.c.state.not_in(("pending", "sending"))
_OLDEST = select(func.min(_out.c.created_at)).where(*_OVER)
_OLD = select(_out.c.seq).where(*_OVER, _out.c.created_at <= bindparam("before", type_=Moment()))
_OLD = _OLD.order_by(_out.c.created_at).limit(MOST)
_DROP = delete(_out).where(_out.c.seq == bindparam("of_seq"))


def forget(session: Session, now: datetime, limit: int) -> None:
    """Forget the oldest of them, at most `limit`."""
    if old := session.core(_OLD, {"before": now - NAMED, "most": limit}).scalars().all():
        session.core(_DROP, [{"of_seq": seq} for seq in old])


def forgettable(session: Session) -> datetime | None:
    """When the oldest may be forgotten: at the full hour, all of an hour together."""
    oldest: datetime | None = session.core(_OLDEST).scalar_one()
    return None if oldest is None else full_hour(oldest + NAMED)
