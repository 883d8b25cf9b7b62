"""Who a chat is to the bot: somebody who works, somebody who waits for help, or a stranger (row 163)."""

from collections.abc import Collection
from enum import IntEnum
from typing import Any

from sqlalchemy import bindparam, select

from storage.session import Session
from storage.tables import Case, Member, Report


class Caller(IntEnum):
    """The classes between which turns are shared out."""

    WORKER = 0
    REPORTER = 1
    """Whose report is open."""
    STRANGER = 2


_member: Any = Member.__table__  # type: ignore[attr-defined]
_report: Any = Report.__table__  # type: ignore[attr-defined]
_case: Any = Case.__table__  # type: ignore[attr-defined]
_CHATS: Any = bindparam("chats", expanding=True)
_WORKERS = select(_member.c.chat_id).where(_member.c.chat_id.in_(_CHATS), _member.c.active)
_REPORTERS = (
    select(_report.c.chat_id)
    .join(_case, _case.c.id == _report.c.case_id)
    .where(_report.c.chat_id.in_(_CHATS), _case.c.next_due_at.is_not(None))
)


def callers(session: Session, chats: Collection[int]) -> dict[int, Caller]:
    """What each of these chats is; in a group workers speak."""
    asked = {"chats": list(chats)}
    workers = set(session.core(_WORKERS, asked).scalars())
    reporters = set(session.core(_REPORTERS, asked).scalars())

    def caller(chat: int) -> Caller:
        if chat < 0 or chat in workers:
            return Caller.WORKER
        return Caller.REPORTER if chat in reporters else Caller.STRANGER

    return {chat: caller(chat) for chat in chats}
