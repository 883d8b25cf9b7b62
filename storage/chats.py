"""Chats we may write to: language, reachability, consent, and what happens when a group moves.

Each is known by its reference and has a row since its first update; one whose row was deleted is nobody's.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy import select as columns_of
from sqlmodel import col, select

from storage import addresses, lanes
from storage.outbox import TELEGRAM
from storage.session import Session
from storage.tables import Ask, Chat, Inbox, Member, Outbox
from storage.types import MOST, NOW

_chat: Any = Chat.__table__  # type: ignore[attr-defined]
_LANGUAGE = columns_of(_chat.c.language).where(_chat.c.id == bindparam("of_chat"))
_GREET = columns_of(_chat.c.id).where(_chat.c.greet_at <= NOW).order_by(_chat.c.greet_at).limit(MOST)


def language(session: Session, chat_id: int) -> str:
    """The language this chat chose (Indonesian until then)."""
    known = session.ahead.ready().languages
    if (found := known.get(chat_id)) is None:
        found = known[chat_id] = session.core(_LANGUAGE, {"of_chat": chat_id}).scalar_one_or_none() or "id"
    return found


def speak(session: Session, chat_id: int, language: str) -> None:
    """This chat chose a language."""
    if (row := session.get(Chat, chat_id)) is not None:
        row.language = session.ahead.languages[chat_id] = language
        session.add(row)
        session.flush()


def consented(session: Session, chat_id: int) -> str | None:
    """The version of the consent text that the person agreed to, if any."""
    row = session.get(Chat, chat_id)
    return row.consent_version if row is not None else None


def consent(session: Session, chat_id: int, version: str | None, now: datetime) -> None:
    """The person agreed to this version of the consent text."""
    if (row := session.get(Chat, chat_id)) is not None:
        row.consent_version, row.consent_at = version, now
        session.add(row)


def reachable(session: Session, chat_id: int, yes: bool, now: datetime) -> bool:
    """Note whether messages can arrive; True when this is news."""
    row = session.get(Chat, chat_id)
    if row is None or row.reachable == yes:
        return False
    row.reachable, row.unreachable_since = yes, None if yes else now
    session.add(row)
    return True


def greet(session: Session, chat_id: int, first: datetime | None, last: datetime | None) -> None:
    """Its person is greeted at these two moments; None: no more."""
    if (row := session.get(Chat, chat_id)) is not None:
        row.greet_at, row.greet_last = first, last
        session.add(row)


def to_greet(session: Session, now: datetime, limit: int) -> Sequence[int]:
    """The chats whose person is to be greeted at `now`."""
    return session.core(_GREET, {"now": now, "most": limit}).scalars().all()


def greeted_after(session: Session, moment: datetime) -> Sequence[int]:
    """The chats whose person is greeted later than that."""
    return session.exec(select(Chat.id).where(col(Chat.greet_at) > moment)).all()


def move(session: Session, old: int, address: int, named: int | None) -> None:
    """A group became a supergroup: its reference now stands for the new address.

    The new address may have a row already, because somebody spoke there. Of the two the one `named` in the settings
    stays, otherwise the old one, and takes over what hangs on the other.
    """
    there = addresses.known(session, address)
    if old in (addresses.NOBODY, there):
        return
    if there and there == named:
        _fold(session, old, there)
        return
    # A number of a message in the old group names another one in the new group: nothing there is edited.
    session.exec(update(Outbox).where(*_bubbles(old)).values(message_id=None))
    lanes.rekey(session, old, old)
    if there:
        session.exec(update(Outbox).where(*_bubbles(there)).values(dest=old))
        _fold(session, there, old)
    addresses.readdress(session, old, address)


def _bubbles(group: int) -> tuple[Any, ...]:
    """The messages of a group that a case may still change."""
    cases: Any = select(Ask.case_id).where(Ask.chat_id == group)
    return col(Outbox.channel) == TELEGRAM, col(Outbox.dest) == group, col(Outbox.case_id).in_(cases)


def _fold(session: Session, goes: int, stays: int) -> None:
    """Of two rows of one group one takes over what waits for the other."""
    session.exec(update(Ask).where(col(Ask.chat_id) == goes).values(chat_id=stays))
    session.exec(update(Member).where(col(Member.chat_id) == goes).values(chat_id=stays))
    waiting = update(Inbox).where(col(Inbox.chat_key) == goes, col(Inbox.state) == "new")
    session.exec(waiting.values(chat_key=stays))
    lanes.rekey(session, goes, stays)
    session.exec(delete(Chat).where(col(Chat.id) == goes))
