"""Piket: each Dinsos kab/kota and JSC are asked every afternoon who is on duty (row 135)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.actions.house import House
from bot.actions.speak import edit, say, speech_for
from bot.core import buttons as b
from bot.core.hours import PIKET, WIB, shift
from bot.core.words import Words
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import date_words
from storage import attendance, outbox, roster
from storage.tables import Member, Outbox

ROLES = ("dinsos", "jsc")
KIND = "piket"


@dataclass(frozen=True, slots=True)
class Named:
    """This member is on duty for his area in the shift of `day`."""

    member: Member
    day: date


def teams(session: Session, now: datetime) -> dict[tuple[str, str], list[Member]]:
    """Who could be on duty, per role and area, where there is anything to ask: two people or more can be reached."""
    areas = session.exec(select(Member.role, Member.area).where(col(Member.role).in_(ROLES), col(Member.active)))
    found: dict[tuple[str, str], list[Member]] = {}
    for role, area in sorted(set(areas.all())):
        if len(team := team_of(session, role, area, now)) > 1:
            found[role, area] = team
    return found


def team_of(session: Session, role: str, area: str, now: datetime) -> list[Member]:
    """The members of a role in an area who can be reached now, first the one to be asked first."""
    ids = [member_id for member_id, _ in roster.askable(session, [(role, area)], now)]
    members = {member.id: member for member in session.exec(select(Member).where(col(Member.id).in_(ids)))}
    return [members[member_id] for member_id in ids]


def ask(session: Session, house: House, team: Sequence[Member], now: datetime) -> None:
    """Ask each of a team who is on duty from now until tomorrow afternoon."""
    for member in team:
        assert member.chat_id is not None
        speech = speech_for(session, house, member.chat_id)
        say(session, member.chat_id, _question(speech, member, shift(now)), now, kind=KIND, priority=outbox.PING)


def name(session: Session, house: House, chat_id: int, day: int, member_id: str, now: datetime) -> Named | None:
    """Put somebody of the presser's own team on duty; None when it is not his to say, or another shift."""
    if day != shift(now).toordinal():
        return None
    member = session.get(Member, member_id)
    if member is None or member.role not in ROLES or not member.active:
        return None
    namer = _mate(session, chat_id, member)
    if namer is None:
        return None
    attendance.name_duty(session, member.area, member.id, namer.id, now)
    _refresh(session, house, member, now)
    return Named(member, shift(now))


def choices(session: Session, house: House, chat_id: int, day: int, now: datetime) -> Message | None:
    """*Tunjuk orang lain*: the names of the presser's own team as buttons; None when it is not his to say."""
    speech = speech_for(session, house, chat_id)
    if day != shift(now).toordinal():
        return None
    keys = [
        Key(f"🙋 {label(session, speech, mate)}", b.OnDuty(day, mate.id))
        for member in roster.roles_of(session, chat_id)
        if member.role in ROLES
        for mate in team_of(session, member.role, member.area, now)
    ]
    if not keys:
        return None
    return Message(speech.say("piket_siapa", hari=date_words(shift(now))), column(keys))


def label(session: Session, speech: Speech, member: Member) -> str:
    """The registered name of a member, or his role and rank where none was given."""
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


def _asked_by(session: Session, chat_id: int, now: datetime) -> str | None:
    """The message that asked this chat in the present shift."""
    begun = datetime.combine(shift(now), PIKET, WIB)
    query = select(Outbox.uid).where(Outbox.dest == chat_id, Outbox.kind == KIND, col(Outbox.created_at) >= begun)
    return session.exec(query.order_by(col(Outbox.seq).desc()).limit(1)).first()


def _refresh(session: Session, house: House, member: Member, now: datetime) -> None:
    """Every question of this shift to the team shows who is on duty; another name can still be chosen."""
    day = shift(now)
    for mate in team_of(session, member.role, member.area, now):
        assert mate.chat_id is not None
        uid = _asked_by(session, mate.chat_id, now)
        if uid is None:
            continue
        speech = speech_for(session, house, mate.chat_id)
        text = speech.say("piket_sudah", hari=date_words(day), nama=label(session, speech, member))
        change = Key(speech.word("b-ganti-piket"), b.OnDuty(day.toordinal(), "lain"))
        edit(session, mate.chat_id, uid, Message(text, column((change,))), now)
