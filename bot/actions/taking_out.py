"""Somebody leaves the roster, or goes to another place, at once: what they held goes on without them (row 156)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.actions import absence, case_cards, company, handing, ladder, menus, owners, roster_words
from bot.actions.casefile import CaseFile, hold
from bot.actions.moving import move
from bot.actions.turn import Turn
from bot.core.company import is_expected
from bot.core.escalation import AskState
from bot.core.moves import Event, Status
from bot.core.standing import Given
from bot.texts.catalog import Speech
from bot.texts.message import Message
from storage import kinds, outbox, register, roster
from storage.cases import reopen_vacant
from storage.session import Session
from storage.tables import Member

LEFT = "left"
Write = Callable[[Speech, str, str], str]
"""A sentence about somebody: their name, and their post."""


@dataclass(frozen=True, slots=True)
class Held:
    """The numbers of what somebody has, and of what they were asked about and have not answered."""

    owned: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    links: int = 0
    """Links to their places that nobody has opened, which bind nobody any more."""


def holds(session: Session, members: Sequence[Member]) -> Held:
    """What these members hold now."""
    touched = absence.touched(session, members)
    owned = register.owned(session, members)
    return Held(register.numbers(session, owned), register.numbers(session, sorted({*touched} - {*owned})))


def take_out(turn: Turn, members: Sequence[Member], by: int | None = None) -> Held:
    """These roles of one person end now, in this transaction.

    What they were asked about climbs, what they had is open again; whoever is above learns what it was, and they
    themselves that it is over. `by`: the chat of whoever does it, who sees it done.
    """
    asleep = [member.waits_chat_id for member in members if member.waits_chat_id is not None]
    held = _end(turn, members)
    for chat in (*_chats(members), *asleep):
        if not roster.roles_of(turn.session, chat):
            speech = turn.speech(chat)
            turn.say(chat, Message(speech.say("keluar_anda", tugas=roster_words.tasks(turn.house, speech, members))))
    _tell_above(turn, members, held, by, lambda speech, who, post: speech.say("a_keluar", siapa=who, tugas=post))
    return held


def to_area(turn: Turn, member: Member, area: str, by: int | None = None) -> tuple[Member, Held]:
    """The same person in another place; what they had and were asked about in the old one goes on without them.

    The old entry of the roster stays with its place, so what they did there stays true.
    """
    session, name, phone = turn.session, roster.name_of(turn.session, member), register.phone_of(turn.session, member)
    fresh = Member(role=member.role, area=area, priority=len(roster.members(session, member.role, area)))
    fresh.chat_id, fresh.bound_at, fresh.seen_at = member.chat_id, member.bound_at, member.seen_at
    session.add(fresh)
    if name is not None:
        roster.set_name(session, fresh, name)
    if phone is not None:
        register.set_phone(session, fresh, phone)
    held = _end(turn, [member])
    if fresh.chat_id is not None:
        speech = turn.speech(fresh.chat_id)
        turn.say(
            fresh.chat_id, Message(speech.say("pindah_anda", tugas=roster_words.tasks(turn.house, speech, [fresh])))
        )
    place = roster_words.place(turn.house, area)
    _tell_above(
        turn, [member], held, by, lambda speech, who, post: speech.say("a_pindah", siapa=who, tugas=post, ke=place)
    )
    reopen_vacant(session, turn.now)
    return fresh, held


def _end(turn: Turn, members: Sequence[Member]) -> Held:
    """Nobody waits for these members any more, and nothing more reaches them as what they were."""
    session, held = turn.session, holds(turn.session, members)
    for member in members:
        member.active, member.left_at, member.waits_chat_id = False, turn.now, None
        session.add(member)
    session.flush()
    register.end_duties(session, members)
    links = register.withdraw_links(session, members)
    for case_id in sorted({*absence.touched(session, members), *register.cards_of(session, members)}):
        file = hold(turn, case_id)
        if file is not None:
            _goes_on(turn, file, {member.id for member in members})
    for chat in _chats(members):
        if not roster.roles_of(session, chat):
            outbox.withdraw(session, chat)
            menus.hide(turn, chat)
    return Held(held.owned, held.asked, links)


def _goes_on(turn: Turn, file: CaseFile, ids: set[str]) -> None:
    """One case without them: the next rung is asked, or whoever may take it; their card says that it is elsewhere."""
    if file.case.handed_to in ids:
        file = handing.lapse(turn, file, LEFT)
    if file.case.company_id in ids and is_expected(file.case.company_says):
        file = company.lose(turn, file, LEFT)
    if file.case.status == Status.ACKNOWLEDGED and file.case.owner_id in ids:
        file = owners.take_back(turn, file, LEFT)
    asked = [ask for ask in file.asks if ask.person in ids and ask.state == AskState.WAITING]
    for ask in asked:
        file = move(turn, file, Event.LOSE, Given(people=(ask.person,), role=ask.role, reason=LEFT))
    for ask in file.asks:
        if ask.person in ids:
            case_cards.part(turn, file, ask)
            ask.card_uid, ask.reply_uid = "", None
            turn.session.add(ask)
    turn.session.flush()
    if asked and file.case.status == Status.OPEN:
        ladder.step(turn, file)


def _tell_above(turn: Turn, members: Sequence[Member], held: Held, by: int | None, write: Write) -> None:
    """Whoever is above reads who it was and what they held, but for whoever did it."""
    for chat in roster_words.above(turn, members[0], without=_chats(members)):
        if chat == by:
            continue
        speech = turn.speech(chat)
        name, post = roster_words.who(turn, speech, members[0]), roster_words.tasks(turn.house, speech, members)
        lines = [write(speech, name, post), *held_lines(speech, held)]
        turn.say(chat, Message("\n".join(lines)), kinds.ALARM)


def held_lines(speech: Speech, held: Held, *, now: bool = False) -> list[str]:
    """What was held, as those above read it; `now`: it still is."""
    lines = []
    if now and held.owned:
        lines.append(speech.say("petugas_dipegang", nomor=", ".join(held.owned)))
    elif held.owned:
        lines.append(speech.say("a_keluar_dipegang", nomor=", ".join(held.owned)))
    if now and held.asked:
        lines.append(speech.say("petugas_ditanya", nomor=", ".join(held.asked)))
    elif held.asked:
        lines.append(speech.say("a_keluar_ditanya", nomor=", ".join(held.asked)))
    return lines or [speech.say("a_keluar_kosong")]


def _chats(members: Sequence[Member]) -> list[int]:
    return list(dict.fromkeys(member.chat_id for member in members if member.chat_id is not None))
