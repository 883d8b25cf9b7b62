"""Who has which role where: members, one-time invites, and who can be asked now."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, or_, update
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from bot.core.roles import ROLES
from storage.session import Session
from storage.tables import Chat, Invite, Leave, Member

INVITE_LIFE = timedelta(hours=48)
FIRST_LIFE = timedelta(hours=1)
"""Of a link that makes an admin at once."""
_member: Any = Member.__table__  # type: ignore[attr-defined]
_chat: Any = Chat.__table__  # type: ignore[attr-defined]
_leave: Any = Leave.__table__  # type: ignore[attr-defined]

PROVINCE = "35"
_ROLES_OF = (
    select(Member)
    .where(Member.chat_id == bindparam("of_chat"), col(Member.active))
    .order_by(col(Member.role), col(Member.area))
)
LADDER = tuple(role.code for role in ROLES.values() if role.ladder)
"""Roles that a ladder asks."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An invite that binds nobody, and why: "unknown", "used" or "expired"."""

    why: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An invite that was opened: whose entry it is for, and whether nobody need look at it a second time."""

    member: Member
    trusted: bool


def invite(
    session: Session, role: str, area: str, now: datetime, member_id: str | None = None, *, trusted: bool = True
) -> tuple[str, datetime]:
    """A one-time token (128 bits; only its hash is stored) and when it expires.

    One for a role that sleeps until it was looked at is `trusted` only where it is handed over in person.
    """
    token = secrets.token_urlsafe(16)
    expires = now + (FIRST_LIFE if trusted and role == "admin" else INVITE_LIFE)
    row = Invite(token_hash=_hash(token), role=role, area=area, member_id=member_id, created_at=now, expires_at=expires)
    row.trusted = trusted
    session.add(row)
    return token, expires


def open_invite(session: Session, token: str, chat_id: int, now: datetime) -> Opened | Refused:
    """Use up the link that was opened; of two at once one wins. Its entry is found or made, and not bound yet."""
    row = session.get(Invite, _hash(token))
    if row is None:
        return Refused("unknown")
    if row.used_at is not None:
        return Refused("used")
    if row.expires_at <= now:
        return Refused("expired")
    mine = update(Invite).where(col(Invite.token_hash) == row.token_hash, col(Invite.used_at).is_(None))
    if session.exec(mine.values(used_at=now, used_by=chat_id)).rowcount != 1:
        return Refused("used")
    member = session.get(Member, row.member_id) if row.member_id else None
    if member is None:
        member = next((m for m in roles_of(session, chat_id) if (m.role, m.area) == (row.role, row.area)), None)
    if member is None:
        member = Member(role=row.role, area=row.area, priority=len(members(session, row.role, row.area)))
        session.add(member)
        session.flush()
    return Opened(member, row.trusted)


def bind(session: Session, member: Member, chat_id: int, now: datetime) -> Member:
    """Give a member their chat; their former chat loses the role."""
    member.chat_id, member.bound_at, member.active, member.waits_chat_id = chat_id, now, True, None
    session.add(member)
    session.flush()
    return member


def sleeping(session: Session, chat_id: int) -> Sequence[Member]:
    """The entries whose invitation this chat has opened, and that nobody has looked at."""
    return session.exec(select(Member).where(Member.waits_chat_id == chat_id, col(Member.active))).all()


def asleep(session: Session) -> Sequence[Member]:
    """Every entry that waits to be looked at by an admin."""
    query = select(Member).where(col(Member.waits_chat_id).is_not(None), col(Member.active))
    return session.exec(query.order_by(col(Member.id))).all()


def listed(session: Session, phone: str) -> Sequence[Member]:
    """The members who are on the roster with this number (in one form, "+628…")."""
    index = session.vault.index("phone", phone)
    return session.exec(select(Member).where(Member.phone_index == index, col(Member.active))).all()


def roles_of(session: Session, chat_id: int) -> Sequence[Member]:
    """The active roles of a person, by their numeric id and nothing else (I9)."""
    return session.execute(_ROLES_OF, {"of_chat": chat_id}).scalars().all()


def members(session: Session, role: str, area: str) -> Sequence[Member]:
    """The active members of a role in an area, first the one to be asked first; bound or not."""
    query = select(Member).where(Member.role == role, Member.area == area, col(Member.active))
    return session.exec(query.order_by(col(Member.priority), col(Member.id))).all()


def askable(session: Session, places: Sequence[tuple[str, str]], now: datetime) -> list[tuple[str, str]]:
    """(id, role) of the members of these (role, area) whom a message can reach at `now`, first to be asked first.

    Not bound, out of reach and on leave are not among them.
    """
    wanted = or_(*(and_(_member.c.role == role, _member.c.area == area) for role, area in places))
    query = can_be_asked(sa_select(_member.c.id, _member.c.role).where(wanted), now)
    return [(row[0], row[1]) for row in session.execute(query.order_by(_member.c.priority, _member.c.id))]


def teams(session: Session, areas: Sequence[str], now: datetime) -> dict[tuple[str, str], list[str]]:
    """The members of these areas whom a message can reach at `now`, by role and area, first to be asked first."""
    query = sa_select(_member.c.id, _member.c.role, _member.c.area)
    query = query.where(_member.c.role.in_(LADDER), _member.c.area.in_(areas))
    found: dict[tuple[str, str], list[str]] = {}
    for member_id, role, area in session.execute(can_be_asked(query, now).order_by(_member.c.priority, _member.c.id)):
        found.setdefault((role, area), []).append(member_id)
    return found


def in_areas(session: Session, role: str, areas: Sequence[str], now: datetime) -> list[tuple[str, str]]:
    """(id, area) of the members of a role in these areas whom a message can reach at `now`."""
    query = sa_select(_member.c.id, _member.c.area).where(_member.c.role == role, _member.c.area.in_(areas))
    rows = session.execute(can_be_asked(query, now).order_by(_member.c.priority, _member.c.id))
    return [(row[0], row[1]) for row in rows]


def can_be_asked(query: Any, now: datetime) -> Any:
    """A query on members, kept to the active ones whom a message can reach and who are not on leave at `now`."""
    return (
        query.join(_chat, _chat.c.id == _member.c.chat_id)
        .where(_member.c.active, _chat.c.reachable)
        .where(~exists().where(_leave.c.member_id == _member.c.id, _leave.c.since <= now, _leave.c.until > now))
    )


def absent(session: Session, ids: Sequence[str], now: datetime) -> list[str]:
    """Which of these members no message can reach at `now`: they left, are on leave, or blocked the bot."""
    named = _member.c.id.in_(list(ids))
    here = set(session.execute(can_be_asked(sa_select(_member.c.id).where(named), now)).scalars())
    known = session.execute(sa_select(_member.c.id).where(named)).scalars()
    return [member_id for member_id in known if member_id not in here]


def member(session: Session, member_id: str) -> Member | None:
    """A member by their id, active or not."""
    return session.ahead.ready().members.get(member_id) or session.get(Member, member_id)


def hears(session: Session, member: Member) -> bool:
    """Whether a message reaches a member, on leave as well: they are on the roster and have not blocked the bot."""
    chat = session.get(Chat, member.chat_id) if member.chat_id is not None else None
    return member.active and chat is not None and chat.reachable


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of the roster: whether they ever opened the invitation, and whether a message can reach them."""

    person: str
    role: str
    bound: bool
    reachable: bool


def seats(session: Session, places: Sequence[tuple[str, str]]) -> list[Seat]:
    """Every active member of these (role, area), whether they can be asked or not."""
    wanted = or_(*(and_(_member.c.role == role, _member.c.area == area) for role, area in places))
    query = (
        sa_select(_member.c.id, _member.c.role, _member.c.chat_id, _chat.c.reachable)
        .outerjoin(_chat, _chat.c.id == _member.c.chat_id)
        .where(_member.c.active, wanted)
    )
    rows = session.execute(query)
    return [Seat(person, role, chat is not None, bool(reachable)) for person, role, chat, reachable in rows]


def reachable_chats(session: Session, role: str, area: str, now: datetime) -> list[int]:
    """The chats of a role in an area that can be written to, each once."""
    ids = [member_id for member_id, _ in askable(session, [(role, area)], now)]
    members = session.exec(select(Member).where(col(Member.id).in_(ids))).all() if ids else ()
    return list(dict.fromkeys(member.chat_id for member in members if member.chat_id is not None))


def name_of(session: Session, member: Member) -> str | None:
    """The registered name, or None when none was given; never a Telegram name (T08)."""
    if member.name_sealed is None:
        return None
    return session.vault.open(session, "member", "name", member.id, member.name_sealed)


def phone_of(session: Session, member: Member) -> str | None:
    """The number on the roster ("+628…"), or None when none was given."""
    if member.phone_sealed is None:
        return None
    return session.vault.open(session, "member", "phone", member.id, member.phone_sealed)


def set_name(session: Session, member: Member, name: str) -> None:
    """Register a name, sealed."""
    member.name_sealed = session.vault.seal(session, "member", "name", member.id, name)
    session.add(member)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
