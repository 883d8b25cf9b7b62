"""Say something to a chat: rendered now, stored with the deed, sent after it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.actions.house import House
from bot.core.place_step import place_words
from bot.core.words import Label
from bot.texts.case_facts import CaseFacts
from bot.texts.catalog import Speech
from bot.texts.message import Message, call, disarm_call, edit_call
from storage import chats, outbox, roster
from storage.cases import content, reports
from storage.tables import Case


def speech_for(session: Session, house: House, chat_id: int) -> Speech:
    """The language a chat chose."""
    return house.texts.of(chats.language(session, chat_id))


def say(
    session: Session,
    chat_id: int,
    message: Message,
    now: datetime,
    *,
    kind: str = "answer",
    priority: int = outbox.PRESS,
    not_before: datetime | None = None,
    replies: str | None = None,
    case: Case | None = None,
    ask: str | None = None,
) -> str:
    """Put one message on its way; returns the uid by which it can be edited or replied to."""
    return outbox.put(
        session,
        channel=outbox.TELEGRAM,
        dest=chat_id,
        kind=kind,
        payload=call(message, chat_id),
        priority=priority,
        now=now,
        not_before=not_before,
        replies=replies,
        case=(case.id, case.round) if case else None,
        ask=ask,
    )


def edit(
    session: Session, chat_id: int, uid: str, message: Message, now: datetime, *, priority: int = outbox.PRESS
) -> None:
    """Turn an earlier message into this one; nothing happens if it never arrived."""
    _change(session, chat_id, uid, edit_call(message, chat_id), now, priority)


def disarm(session: Session, chat_id: int, uid: str, now: datetime, *, priority: int = outbox.PRESS) -> None:
    """Take the buttons from an earlier message; nothing happens if it never arrived."""
    _change(session, chat_id, uid, disarm_call(chat_id), now, priority)


def _change(session: Session, chat_id: int, uid: str, payload: Mapping[str, Any], now: datetime, priority: int) -> None:
    outbox.put(
        session,
        channel=outbox.TELEGRAM,
        dest=chat_id,
        kind="edit",
        payload=payload,
        priority=priority,
        now=now,
        edits=uid,
    )


def facts(session: Session, house: House, case: Case) -> CaseFacts:
    """What a card may tell of a case."""
    places, knowledge = house.known.places, house.known.knowledge
    first = next(iter(reports(session, case)), None)
    told = content(session, first) if first else None

    def label(code: str | None) -> str | None:
        place = places.get(code) if code else None
        return place.label if place else None

    return CaseFacts(
        case_id=case.id,
        round=case.round,
        number=case.number,
        urgency=case.urgency,
        category=case.category,
        danger=case.danger,
        flag=knowledge.categories[case.category].flag(case.danger),
        desa=label(case.desa),
        kecamatan=label(case.kecamatan),
        kabupaten=label(case.kabupaten),
        created_at=case.created_at,
        who=told.who if told else None,
        seen=told.seen if told else None,
        seen_on=told.seen_on if told else None,
        phoned=told.phoned if told else None,
        photos=len(told.media) if told else 0,
        warnings=knowledge.warnings(case.category, case.danger),
        unphoned=knowledge.unphoned(case.category, case.danger),
        first_step=knowledge.first_step(case.category, case.danger),
        shielded=knowledge.shielded(case.category, case.danger),
        waits_for=case.waiting_for,
        waits_until=case.next_due_at,
    )


def place_of(house: House, case: Case) -> str | None:
    """The smallest known place of a case with all its parents."""
    code = case.desa or case.kecamatan or case.kabupaten
    return place_words(house.known.places, code) if code else None


def tell_admins(session: Session, house: House, key: str, now: datetime, **values: str | Label) -> int:
    """A line to every admin; returns how many there are."""
    chats_of_admins = roster.reachable_chats(session, "admin", roster.PROVINCE, now)
    tell(session, house, chats_of_admins, key, now, **values)
    return len(chats_of_admins)


def tell(
    session: Session, house: House, chat_ids: Iterable[int], key: str, now: datetime, **values: str | Label
) -> None:
    """A line to each of these chats, in its own language."""
    for chat_id in chat_ids:
        text = speech_for(session, house, chat_id).say(key, **values)
        say(session, chat_id, Message(text), now, kind="alarm", priority=outbox.PING)
