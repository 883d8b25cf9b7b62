"""Coming in: an invite link or one's own number gives a person their role; a second person looks at it (rows 26, 149).

Who came in for a kecamatan is bound at once, and stands in the koordinator's list of the next morning. Whoever stands
above that sleeps until an admin has said that it is they: nobody asks them, and no case opens.
"""

from dataclasses import dataclass

from bot.actions import handset, menus, roster_words
from bot.actions.speak import tell_admins
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.keeping import asleep
from bot.core.phones import normal
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from storage import chats, kinds, register, roster
from storage.cases import reopen_vacant
from storage.roster import Refused
from storage.tables import Member


@dataclass(frozen=True, slots=True)
class Bound:
    """The person now has this role; `asleep`: once an admin has looked."""

    member: Member
    asleep: bool = False


def redeem(turn: Turn, token: str, chat_id: int) -> Bound | Refused:
    """Bind by a one-time link; waiting cases are looked at again."""
    found = roster.open_invite(turn.session, token, chat_id, turn.now)
    if isinstance(found, Refused):
        return found
    return _come_in(turn, found.member, chat_id, trusted=found.trusted)


def by_phone(turn: Turn, phone: str, chat_id: int) -> list[Bound]:
    """Bind whoever is on the roster with this number, shared by Telegram's own contact button."""
    number = normal(phone if phone.startswith(("+", "0")) else f"+{phone}")
    members = list(roster.listed(turn.session, number)) if number else []
    fresh = [member for member in members if chat_id not in (member.chat_id, member.waits_chat_id)]
    came = {member.id: _come_in(turn, member, chat_id, trusted=False) for member in fresh}
    return [came.get(member.id) or Bound(member, member.chat_id != chat_id) for member in members]


def confirm(turn: Turn, member: Member) -> None:
    """A second person says that it is they: who slept is awake, and reads so."""
    member.looked_at = turn.now
    chat_id = member.waits_chat_id
    if chat_id is not None:
        _bind(turn, member, chat_id)
        speech = turn.speech(chat_id)
        text = speech.say("undangan_diperiksa", tugas=roster_words.tasks(turn.house, speech, [member]))
        turn.say(chat_id, Message(text, column((Key(speech.word("b-tugas"), b.Menu(b.Go.TASKS)),))))
    turn.session.add(member)


def send_away(turn: Turn, member: Member) -> None:
    """Whoever opened the invitation is not they: the role stays with whoever had it, and they read so."""
    chat_id = member.waits_chat_id
    assert chat_id is not None
    member.waits_chat_id = None
    if member.chat_id is None and member.name_sealed is None and member.phone_sealed is None:
        member.active, member.left_at = False, turn.now  # an entry that this link had made
    turn.session.add(member)
    speech = turn.speech(chat_id)
    turn.say(chat_id, Message(speech.say("undangan_ditolak", tugas=roster_words.tasks(turn.house, speech, [member]))))


def ask_admins(turn: Turn, member: Member, chats_of_admins: list[int]) -> None:
    """Each of these admins is asked whether it is they."""
    for chat in chats_of_admins:
        speech = turn.speech(chat)
        post, name = roster_words.tasks(turn.house, speech, [member]), roster_words.who(turn, speech, member)
        lines = [speech.say("a_periksa", siapa=name, tugas=post)]
        if (phone := register.phone_of(turn.session, member)) is not None:
            lines.append(speech.say("a_periksa_nomor", telepon=phone))
        turn.say(chat, Message("\n".join(lines), look_rows(speech, member)), kinds.ALARM)


def look_rows(speech: Speech, member: Member) -> tuple[tuple[Key, ...], ...]:
    """*Benar*, or *Bukan, keluarkan*."""
    yes = Key(speech.word("b-benar"), b.Keep("benar", member.id, b.NOWHERE, 0), style="success")
    return column((yes, Key(speech.word("b-bukan-orangnya"), b.Keep("bukan", member.id, b.NOWHERE, 0))))


def _come_in(turn: Turn, member: Member, chat_id: int, *, trusted: bool) -> Bound:
    chats.reachable(turn.session, chat_id, True, turn.now)
    if trusted or not asleep(member.role):
        member.looked_at = turn.now if trusted else None
        _bind(turn, member, chat_id)
        tell_admins(turn, "a_terikat", **roster_words.words(turn.house, member))
        return Bound(member)
    if member.chat_id == chat_id:
        return Bound(member)
    member.waits_chat_id, member.active = chat_id, True
    turn.session.add(member)
    turn.session.flush()
    if member.chat_id is not None:
        handset.warn(turn, member)
    admins = roster.reachable_chats(turn.session, "admin", roster.PROVINCE, turn.now)
    ask_admins(turn, member, [chat for chat in admins if chat not in (member.chat_id, chat_id)])
    return Bound(member, asleep=True)


def _bind(turn: Turn, member: Member, chat_id: int) -> None:
    """The role is theirs from now on; an old handset is cut, and who waits for somebody is looked at again."""
    old = member.chat_id
    roster.bind(turn.session, member, chat_id, turn.now)
    menus.show(turn, chat_id)
    if old is not None and old != chat_id:
        handset.cut(turn, member, old)
    if member.role == "admin":
        for other in roster.asleep(turn.session):
            ask_admins(turn, other, [chat_id])
    reopen_vacant(turn.session, turn.now)
