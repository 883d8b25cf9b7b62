"""The roster as those who keep it see it: everybody on it, one person's roles, names and numbers, open links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete
from sqlalchemy import select as columns_of
from sqlmodel import col, or_, select

from bot.core.keeping import KEEPERS, SILENT
from bot.core.roles import ROLES
from storage import roster
from storage.session import Session
from storage.tables import Ask, Case, Chat, Duty, FormerName, Invite, Member

_member: Any = Member.__table__  # type: ignore[attr-defined]
_KEEPS = and_(_member.c.role.in_(KEEPERS), _member.c.active, _member.c.chat_id.is_not(None))
_KEEPER = columns_of(_member.c.id).where(_KEEPS).limit(1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One member, their registered name, and whether a message reaches their chat (None: they have none)."""

    member: Member
    name: str | None
    reachable: bool | None
    invited: bool
    """Whether a link made for them waits to be opened."""


def entries(session: Session, areas: Sequence[str], now: datetime, *, left: bool = False) -> list[Entry]:
    """Everybody on the roster in these areas, by place and role; `left`: those who are on it no more."""
    query = select(Member, Chat.reachable).outerjoin(Chat, col(Chat.id) == col(Member.chat_id))
    within = or_(*(col(Member.area).like(f"{area}%") for area in areas))
    found = session.exec(query.where(within, col(Member.active).is_(not left))).all()
    links = select(Invite.member_id).where(col(Invite.used_at).is_(None), Invite.expires_at > now)
    invited = set(session.exec(links.where(col(Invite.member_id).is_not(None))))
    order = list(ROLES)
    made = [Entry(member, roster.name_of(session, member), seen, member.id in invited) for member, seen in found]
    return sorted(made, key=lambda one: (one.member.area, order.index(one.member.role), one.member.priority))


def entry(session: Session, member: Member, now: datetime) -> Entry:
    """One member as the list has them."""
    chat = session.get(Chat, member.chat_id) if member.chat_id is not None else None
    link = select(Invite.member_id).where(Invite.member_id == member.id, col(Invite.used_at).is_(None))
    invited = session.exec(link.where(Invite.expires_at > now).limit(1)).first() is not None
    return Entry(member, roster.name_of(session, member), chat.reachable if chat is not None else None, invited)


def state_of(entry: Entry) -> str:
    """How the chat of a member stands: left, asleep, invited, unbound, bound or unreachable."""
    if not entry.member.active:
        return "left"
    if entry.member.waits_chat_id is not None:
        return "asleep"
    if entry.reachable is None:
        return "invited" if entry.invited else "unbound"
    return "bound" if entry.reachable else "unreachable"


def everybody(session: Session) -> Sequence[Member]:
    """Every member of the roster."""
    return session.exec(select(Member).where(col(Member.active)).order_by(col(Member.id))).all()


def to_look_at(session: Session, now: datetime) -> list[Entry]:
    """Who came in for a kecamatan and was not looked at, or has pressed nothing for too long; names of theirs only."""
    local = [role.code for role in ROLES.values() if role.level == "kecamatan"]
    silent = col(Member.bound_at) <= now - SILENT, or_(col(Member.seen_at).is_(None), Member.seen_at <= now - SILENT)  # type: ignore[operator]
    query = select(Member, Chat.reachable).join(Chat, col(Chat.id) == col(Member.chat_id))
    query = query.where(
        col(Member.active), col(Member.role).in_(local), or_(col(Member.looked_at).is_(None), and_(*silent))
    )
    rows = session.exec(query.order_by(col(Member.area), col(Member.role), col(Member.id))).all()
    return [Entry(member, roster.name_of(session, member), reachable, invited=False) for member, reachable in rows]


def has_keeper(session: Session) -> bool:
    """Whether somebody is bound who keeps a roster."""
    return session.core(_KEEPER).first() is not None


def member_in(session: Session, member_id: str, areas: Sequence[str]) -> Member | None:
    """A member of the roster whose place lies in these areas, held; None for anybody else."""
    query = select(Member).where(Member.id == member_id, col(Member.active)).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).one_or_none()
    return found if found is not None and found.area.startswith(tuple(areas)) else None


def same_person(session: Session, member: Member) -> list[Member]:
    """Every role of the person behind one: whoever has the same chat or the same number."""
    same = [col(Member.id) == member.id]
    if member.chat_id is not None:
        same.append(col(Member.chat_id) == member.chat_id)
    if member.phone_index is not None:
        same.append(col(Member.phone_index) == member.phone_index)
    query = select(Member).where(or_(*same), col(Member.active)).order_by(col(Member.area), col(Member.role))
    return list(session.exec(query))


def phone_of(session: Session, member: Member) -> str | None:
    """The registered number ("+628…"), or None."""
    if member.phone_sealed is None:
        return None
    return session.vault.open(session, "member", "phone", member.id, member.phone_sealed)


def set_phone(session: Session, member: Member, phone: str) -> None:
    """Register a number, sealed, and by what it is found again."""
    member.phone_index = session.vault.index("phone", phone)
    member.phone_sealed = session.vault.seal(session, "member", "phone", member.id, phone)
    session.add(member)


def rename(session: Session, member: Member, name: str, now: datetime) -> None:
    """The name from now on; what was written before keeps the one it was written with (row 44)."""
    if (before := roster.name_of(session, member)) is not None:
        row = FormerName(member_id=member.id, until=now, name_sealed=b"")
        row.name_sealed = session.vault.seal(session, "former_name", "name", row.id, before)
        member.renamed_at = now
        session.add(row)
    roster.set_name(session, member, name)
    session.flush()


def former_names(session: Session, member: Member) -> list[tuple[str, datetime]]:
    """The names that a member had, each with its end, the oldest first."""
    rows = session.exec(select(FormerName).where(FormerName.member_id == member.id).order_by(col(FormerName.until)))
    return [(session.vault.open(session, "former_name", "name", row.id, row.name_sealed), row.until) for row in rows]


def name_at(session: Session, member: Member, moment: datetime) -> str | None:
    """The registered name of a member as it was then."""
    if member.renamed_at is None or member.renamed_at <= moment:
        return roster.name_of(session, member)
    query = select(FormerName).where(FormerName.member_id == member.id, FormerName.until > moment)
    row = session.exec(query.order_by(col(FormerName.until)).limit(1)).first()
    assert row is not None, "the last of them ended when the member was renamed"
    return session.vault.open(session, "former_name", "name", row.id, row.name_sealed)


def withdraw_links(session: Session, members: Sequence[Member]) -> int:
    """Links that nobody has opened bind nobody any more: those of these members, and nameless ones to their places."""
    ids = [member.id for member in members]
    places = [(col(Invite.role) == member.role) & (col(Invite.area) == member.area) for member in members]
    nameless = col(Invite.member_id).is_(None) & or_(*places)
    mine = or_(col(Invite.member_id).in_(ids), nameless)
    result: Any = session.execute(delete(Invite).where(mine, col(Invite.used_at).is_(None)))
    return int(result.rowcount)


def end_duties(session: Session, members: Sequence[Member]) -> None:
    """None of these members is on duty any more."""
    session.execute(delete(Duty).where(col(Duty.member_id).in_([member.id for member in members])))


def cards_of(session: Session, members: Sequence[Member]) -> list[str]:
    """Ids of the cases, not at an end, of which these members have a card."""
    query = select(Ask.case_id).join(Case, (col(Case.id) == col(Ask.case_id)) & (col(Case.round) == col(Ask.round)))
    ids = [member.id for member in members]
    return sorted(set(session.exec(query.where(col(Ask.person).in_(ids), col(Case.next_due_at).is_not(None)))))


def owned(session: Session, members: Sequence[Member]) -> list[str]:
    """Ids of the cases that these members have."""
    return list(session.exec(select(Case.id).where(col(Case.owner_id).in_([member.id for member in members]))))


def numbers(session: Session, case_ids: Sequence[str]) -> tuple[str, ...]:
    """The numbers of these cases, the oldest first."""
    query = select(Case.number).where(col(Case.id).in_(list(case_ids))).order_by(col(Case.created_at))
    return tuple(session.exec(query))


def seen(session: Session, members: Sequence[Member], now: datetime) -> None:
    """Note that somebody pressed something today; written once a day, so that a press costs nothing more."""
    for member in members:
        if member.seen_at is None or member.seen_at.date() != now.date():
            member.seen_at = now
            session.add(member)
