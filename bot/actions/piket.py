"""Piket: each Dinsos kab/kota and JSC are asked every afternoon who is on duty (row 135)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.hours import PIKET, WIB, shift
from bot.core.roles import ROLES
from bot.core.words import Words
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import date_words
from storage import attendance, kinds, roster
from storage.session import Session
from storage.tables import Member, Outbox
from storage.types import fixed

ON_DUTY = tuple(role.code for role in ROLES.values() if role.piket)


@dataclass(frozen=True, slots=True)
class Named:
    """This member is on duty for their area in the shift of `day`."""

    member: Member
    day: date


def teams(session: Session, now: datetime) -> dict[tuple[str, str], list[Member]]:
    """Who could be on duty, per role and area, where there is anything to ask: two people or more can be reached."""
    areas = set(session.exec(select(Member.area).where(col(Member.role).in_(ON_DUTY), col(Member.active))))
    found = roster.teams(session, sorted(areas), now)
    many = {post: ids for post, ids in sorted(found.items()) if post[0] in ON_DUTY and len(ids) > 1}
    known = _members(session, [member_id for ids in many.values() for member_id in ids])
    return {post: [known[member_id] for member_id in ids] for post, ids in many.items()}


def team_of(session: Session, role: str, area: str, now: datetime) -> list[Member]:
    """The members of a role in an area who can be reached now, first the one to be asked first."""
    ids = [member_id for member_id, _ in roster.askable(session, [(role, area)], now)]
    known = _members(session, ids)
    return [known[member_id] for member_id in ids]


def _members(session: Session, ids: Sequence[str]) -> dict[str, Member]:
    return {member.id: member for member in session.exec(select(Member).where(col(Member.id).in_(ids)))}


def ask(turn: Turn, team: Sequence[Member]) -> None:
    """Ask each of a team who is on duty from now until tomorrow afternoon."""
    for member in team:
        assert member.chat_id is not None
        speech = turn.speech(member.chat_id)
        turn.say(member.chat_id, _question(speech, member, shift(turn.now)), kinds.DUTY)


def name(turn: Turn, chat_id: int, day: int, member_id: str) -> Named | None:
    """Put somebody of the presser's own team on duty; None when they may not say so, or another shift."""
    if day != shift(turn.now).toordinal():
        return None
    member = turn.session.get(Member, member_id)
    if member is None or member.role not in ON_DUTY or not member.active:
        return None
    namer = _mate(turn.session, chat_id, member)
    if namer is None:
        return None
    attendance.name_duty(turn.session, member.area, member.id, namer.id, turn.now)
    _refresh(turn, member)
    return Named(member, shift(turn.now))


def choices(turn: Turn, chat_id: int, day: int) -> Message | None:
    """*Tunjuk orang lain*: the names of the presser's own team as buttons; None when they may not say so."""
    speech = turn.speech(chat_id)
    if day != shift(turn.now).toordinal():
        return None
    keys = [
        Key(f"🙋 {label(turn.session, speech, mate)}", b.OnDuty(day, mate.id))
        for member in roster.roles_of(turn.session, chat_id)
        if member.role in ON_DUTY
        for mate in team_of(turn.session, member.role, member.area, turn.now)
    ]
    if not keys:
        return None
    return Message(speech.say("piket_siapa", hari=date_words(shift(turn.now))), column(keys))


def label(session: Session, speech: Speech, member: Member) -> str:
    """The registered name of a member, or their role and rank where none was given."""
    name_ = roster.name_of(session, member)
    return name_ or speech.word(
        "piket-tanpa-nama", peran=Words(f"peran-{member.role}"), urutan=str(member.priority + 1)
    )


def _question(speech: Speech, member: Member, day: date) -> Message:
    keys = (
        Key(speech.word("b-saya-piket"), b.OnDuty(day.toordinal(), member.id), style="success"),
        Key(speech.word("b-tunjuk-piket"), b.OnDuty(day.toordinal(), "lain")),
    )
    return Message(speech.say("l_piket", hari=date_words(day)), column(keys))


def _mate(session: Session, chat_id: int, member: Member) -> Member | None:
    """The presser's own role in the team of `member`."""
    mine = roster.roles_of(session, chat_id)
    return next((own for own in mine if (own.role, own.area) == (member.role, member.area)), None)


def _asked_by(turn: Turn, chat_id: int) -> str | None:
    """The message that asked this chat in the present shift."""
    begun = datetime.combine(shift(turn.now), PIKET, WIB)
    query = select(Outbox.uid).where(
        Outbox.dest == chat_id, col(Outbox.kind) == fixed(kinds.DUTY.name), col(Outbox.created_at) >= begun
    )
    return turn.session.exec(query.order_by(col(Outbox.created_at).desc()).limit(1)).first()


def _refresh(turn: Turn, member: Member) -> None:
    """Every question of this shift to the team shows who is on duty; another name can still be chosen."""
    day = shift(turn.now)
    for mate in team_of(turn.session, member.role, member.area, turn.now):
        assert mate.chat_id is not None
        uid = _asked_by(turn, mate.chat_id)
        if uid is None:
            continue
        speech = turn.speech(mate.chat_id)
        text = speech.say("piket_sudah", hari=date_words(day), nama=label(turn.session, speech, member))
        change = Key(speech.word("b-ganti-piket"), b.OnDuty(day.toordinal(), "lain"))
        turn.edit(mate.chat_id, uid, Message(text, column((change,))))
