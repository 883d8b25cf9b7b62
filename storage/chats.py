"""Chats we may write to: language, reachability, consent, and where a group moved to."""

from datetime import datetime

from sqlalchemy import bindparam, update
from sqlmodel import col, select

from storage import lanes
from storage.session import Session
from storage.tables import Ask, Chat, Member

_LANGUAGE = select(Chat.language).where(Chat.id == bindparam("of_chat"))


def chat(session: Session, chat_id: int, kind: str = "private") -> Chat:
    """The row of a chat, made at first sight."""
    row = session.get(Chat, chat_id)
    if row is None:
        row = Chat(id=chat_id, kind=kind)
        session.add(row)
        session.flush()
    return row


def language(session: Session, chat_id: int) -> str:
    """The language this chat chose (Indonesian until then)."""
    if (known := session.ahead.ready().languages.get(chat_id)) is not None:
        return known
    return session.exec(_LANGUAGE, params={"of_chat": chat_id}).one_or_none() or "id"


def consent(session: Session, chat_id: int, version: str | None, now: datetime) -> None:
    """The person agreed to this version of the consent text."""
    row = chat(session, chat_id)
    row.consent_version, row.consent_at = version, now
    session.add(row)


def reachable(session: Session, chat_id: int, yes: bool, now: datetime) -> bool:
    """Note whether messages can arrive; True when this is news."""
    row = chat(session, chat_id, "private" if chat_id > 0 else "group")
    if row.reachable == yes:
        return False
    row.reachable, row.unreachable_since = yes, None if yes else now
    session.add(row)
    return True


def migrate(session: Session, old: int, new: int) -> None:
    """A group became a supergroup: every row that names it is re-keyed in this transaction."""
    row = chat(session, old, "group")
    known = row.migrated_to == new
    row.migrated_to = new
    session.add(row)
    fresh = chat(session, new, "supergroup")
    if not known:
        fresh.language = row.language
        session.add(fresh)
    session.exec(update(Ask).where(col(Ask.chat_id) == old).values(chat_id=new))
    session.exec(update(Member).where(col(Member.chat_id) == old).values(chat_id=new))
    lanes.rekey(session, old, new)
