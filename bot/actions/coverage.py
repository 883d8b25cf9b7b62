"""Coverage: which kecamatan somebody can be reached for, and which nobody (row 50, S1)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from bot.core.figures import under
from bot.core.places import Place, Places
from storage.roster import PROVINCE
from storage.session import Session
from storage.tables import Chat, Invite, Member

STATES = ("bound", "unreachable", "invited", "nobody")


@dataclass(frozen=True, slots=True)
class Cover:
    """One kecamatan and how it stands: bound, unreachable (all blocked the bot), invited or nobody."""

    place: Place
    state: str


def coverage(session: Session, places: Places, now: datetime, areas: tuple[str, ...] = (PROVINCE,)) -> list[Cover]:
    """The kecamatan of these areas, all 666 of the province if none are named, in the order of their codes."""
    bound, silent, listed = set(), set(), set()
    query = select(Member.area, Member.chat_id, Chat.reachable).outerjoin(Chat, col(Chat.id) == col(Member.chat_id))
    for area, chat_id, reachable in session.exec(query.where(Member.role == "tksk", col(Member.active))):
        if chat_id is None:
            listed.add(area)
        elif reachable:
            bound.add(area)
        else:
            silent.add(area)
    open_invites = select(Invite.area).where(
        Invite.role == "tksk", col(Invite.used_at).is_(None), Invite.expires_at > now
    )
    listed |= set(session.exec(open_invites))
    found = []
    for kabupaten in places.kabupaten():
        for kecamatan in places.children(kabupaten.code):
            code = kecamatan.code
            if not under(code, areas):
                continue
            state = (
                "bound"
                if code in bound
                else "unreachable"
                if code in silent
                else "invited"
                if code in listed
                else "nobody"
            )
            found.append(Cover(kecamatan, state))
    return sorted(found, key=lambda cover: cover.place.code)
