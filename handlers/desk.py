"""The worker's desk: buttons on a case become one deed each, and the words that answer it."""

from datetime import datetime

from sqlmodel import Session

from bot.actions import case_cards, deadlines, respond
from bot.actions.house import House
from bot.actions.respond import Already, Done, NotYours, Stale
from bot.actions.speak import facts, say, speech_for
from bot.core import buttons as b
from bot.core.moves import ENDS, Status
from bot.core.words import Literal, Words
from bot.texts import case_buttons, case_details
from bot.texts import case_card as cards
from bot.texts.case_facts import CaseFacts
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day, day_words
from handlers import presence, waiting
from handlers.acts import Who
from storage import cases, roster
from storage.tables import Case, Member

AWAY = ("luar_kota", "sakit")
"""Reasons that outlast one case: a leave is offered with them (words.md, section 4b)."""


def press(session: Session, house: House, who: Who, button: b.CaseButton, now: datetime) -> str:
    """One press on a case; the toast says in a word what the messages say in full."""
    speech = speech_for(session, house, who.user_id)
    user, case_id, round_ = who.user_id, button.case, button.round
    match button:
        case b.Take():
            found = respond.acknowledge(session, house, case_id, round_, user, now)
        case b.Read():
            found = respond.read(session, case_id, user, now)
        case b.Decline():
            found = respond.read(session, case_id, user, now)
        case b.DeclineFor(reason=reason) if reason in case_buttons.REASONS:
            found = respond.decline(session, house, case_id, round_, reason, user, now)
        case b.Raise():
            found = respond.escalate(session, house, case_id, round_, user, now)
        case b.Undo():
            found = respond.undo(session, house, case_id, round_, user, now)
        case b.GiveBack():
            found = respond.give_back(session, house, case_id, round_, user, now)
        case b.Progress():
            found = respond.progress(session, house, case_id, round_, user, now)
        case b.Hold():
            found = waiting.press(session, house, button, user, now)
        case b.Finish(outcome="tanya"):
            found = respond.read(session, case_id, user, now)
        case b.Finish(outcome=outcome) if outcome in respond.OUTCOMES:
            found = respond.close(session, house, case_id, round_, outcome, user, now)
        case _:
            found = NotYours()
    match found:
        case NotYours():
            if who.private or roster.roles_of(session, who.user_id):  # a stranger in a group reads the toast only
                say(session, who.user_id, Message(speech.say("c_bukan_hak")), now)
            return speech.word("c_bukan_hak")
        case Already(case, until):
            words = Words("c_sudah_semua", {"nomor": case.number, "hari": day_words(until), "jam": clock(until)})
            say(session, who.user_id, Message(speech.html(words)), now)
            return speech.label(words)
        case Stale():
            return _stale(session, house, speech, who, found, now)
        case Done(case, member):
            return _done(session, house, speech, who, button, case, member, now)


def _done(
    session: Session,
    house: House,
    speech: Speech,
    who: Who,
    button: b.CaseButton,
    case: Case,
    member: Member,
    now: datetime,
) -> str:
    told = facts(session, house, case)
    number = case.number
    chat_id = who.user_id  # what a case tells goes to the person, never to a group
    match button:
        case b.Take():
            say(session, chat_id, cards.owner_card(speech, told, case.next_due_at), now, case=case)
            _details(session, house, speech, chat_id, case, now, whole=True)
            return speech.word("c_menang_singkat", nomor=number)
        case b.Read():
            owner = session.get(Member, case.owner_id) if case.owner_id else None
            mine = owner is not None and owner.chat_id == who.user_id
            _details(session, house, speech, chat_id, case, now, whole=mine)
            say(session, chat_id, _as_it_stands(session, speech, case, owner, told, mine=mine), now, case=case)
            return speech.word("c_dibaca_singkat")
        case b.Decline():
            say(session, chat_id, case_buttons.reasons(speech, told), now, case=case)
            return ""
        case b.DeclineFor(reason=reason):
            done = Message(speech.say("d_selesai", nomor=number), _back_row(speech, case))
            say(session, chat_id, done, now, case=case)
            if reason in AWAY:
                say(session, chat_id, Message(speech.say("cuti_tanya"), presence.offer(speech)), now)
            return speech.word("d_singkat")
        case b.Raise():
            say(session, chat_id, Message(speech.say("c_dinaikkan", nomor=number)), now, case=case)
            return speech.word("c_dinaikkan", nomor=number)
        case b.Undo():
            say(
                session,
                chat_id,
                Message(speech.say("c_urung", nomor=number), case_buttons.worker_rows(speech, told)),
                now,
                case=case,
            )
            return speech.word("c_urung", nomor=number)
        case b.GiveBack():
            say(session, chat_id, Message(speech.say("c_kembali", nomor=number)), now, case=case)
            return speech.word("c_kembali", nomor=number)
        case b.Progress():
            assert case.next_due_at is not None
            again = {"hari": day(speech, case.next_due_at), "jam": clock(case.next_due_at)}
            rows = case_buttons.owner_rows(speech, told)
            say(session, chat_id, Message(speech.say("w_lanjut", nomor=number, **again), rows), now, case=case)
            return speech.word("w_lanjut", nomor=number, **again)
        case b.Hold():
            return waiting.answer(session, speech, chat_id, button, case, told, now)
        case b.Finish(outcome="tanya"):
            say(session, chat_id, case_buttons.outcomes(speech, told, respond.OUTCOMES), now, case=case)
            return ""
        case _:
            say(session, chat_id, Message(speech.say("o_selesai", nomor=number)), now, case=case)
            return speech.word("o_selesai", nomor=number)


def _as_it_stands(
    session: Session, speech: Speech, case: Case, owner: Member | None, told: CaseFacts, *, mine: bool
) -> Message:
    """The card under the details: to be answered, one's own, another's, or at an end."""
    if case.status == Status.OPEN:
        until, then = deadlines.deadline(session, case, deadlines.policy_of(session, case))
        return cards.opened(speech, told, until=until, then=then)
    if owner is None or case.acknowledged_at is None or case.status in ENDS:
        return cards.over_card(speech, told, "c_berakhir")
    if mine:
        return cards.owner_card(speech, told, case.next_due_at)
    return cards.held_card(speech, told, owner.role, roster.name_of(session, owner), case.acknowledged_at)


def _stale(session: Session, house: House, speech: Speech, who: Who, found: Stale, now: datetime) -> str:
    """Too late: what is true now is said, and the old card is drawn again."""
    number, told = found.case.number, facts(session, house, found.case)
    rows = () if found.case.status in ENDS else column([case_buttons.read_key(speech, told)])
    if found.mine:
        text, rows = speech.word("c_sudah_milik", nomor=number), case_buttons.owner_rows(speech, told)
    elif found.owner is not None:
        peran = speech.word(f"peran-{found.owner.role}")
        name = speech.word("siapa-peran-nama", peran=peran, nama=found.owner_name) if found.owner_name else peran
        text = speech.word("c_keduluan", nomor=number, siapa=name)
    else:
        key = "status-selesai" if found.case.status in ("closed", "withdrawn") else "status-dihubungi"
        text = speech.word("c_basi", nomor=number, status=speech.word(key))
    mine = {role.id for role in roster.roles_of(session, who.user_id)}
    for ask in cases.asks(session, found.case):
        if ask.person in mine or ask.chat_id == who.chat_id:
            case_cards.render(session, house, found.case, ask, found.owner, now)
    say(session, who.user_id, Message(speech.html(Literal(text)), rows), now)
    return text


def _details(
    session: Session, house: House, speech: Speech, chat_id: int, case: Case, now: datetime, *, whole: bool
) -> None:
    for report in cases.reports(session, case):
        content = cases.content(session, report)
        if content is None:
            continue
        told = case_details.Details(
            landmark=content.landmark,
            story=content.story,
            point=content.point,
            phone=content.phone,
            files=tuple((medium.kind, medium.file_id) for medium in content.media),
        )
        for message in case_details.details(speech, facts(session, house, case), told, whole=whole):
            say(session, chat_id, message, now, case=case)


def _back_row(speech: Speech, case: Case) -> tuple[tuple[Key, ...], ...]:
    return ((Key(speech.word("b-jadi-tangani"), b.Take(case.id, case.round)),),)
