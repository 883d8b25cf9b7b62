"""The worker's desk: buttons on a case become one deed each, and the words that answer it."""

from bot.actions import case_cards, deadlines, respond
from bot.actions.respond import Already, Done, NotYours, Stale
from bot.actions.speak import facts
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.moves import ENDS, Status
from bot.core.words import Literal, Words
from bot.texts import cards, waiting_cards
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day, day_words
from handlers import presence, waiting
from handlers.acts import Who
from storage import cases, roster
from storage.session import Session
from storage.tables import Case, Member

AWAY = ("luar_kota", "sakit")
"""Reasons that outlast one case: a leave is offered with them (words.md, section 4b)."""


def press(turn: Turn, who: Who, button: b.CaseButton) -> str:
    """One press on a case; the toast says in a word what the messages say in full."""
    speech = turn.speech(who.user_id)
    user, case_id, round_ = who.user_id, button.case, button.round
    match button:
        case b.Take():
            found = respond.acknowledge(turn, case_id, round_, user)
        case b.Read():
            found = respond.read(turn, case_id, user)
        case b.Decline():
            found = respond.read(turn, case_id, user)
        case b.DeclineFor(reason=reason) if reason in cards.REASONS:
            found = respond.decline(turn, case_id, round_, reason, user)
        case b.Raise():
            found = respond.escalate(turn, case_id, round_, user)
        case b.Undo():
            found = respond.undo(turn, case_id, round_, user)
        case b.GiveBack():
            found = respond.give_back(turn, case_id, round_, user)
        case b.Progress():
            found = respond.progress(turn, case_id, round_, user)
        case b.Hold():
            found = waiting.press(turn, button, user)
        case b.Finish(outcome="tanya"):
            found = respond.read(turn, case_id, user)
        case b.Finish(outcome=outcome) if outcome in respond.OUTCOMES:
            found = respond.close(turn, case_id, round_, outcome, user)
        case _:
            found = NotYours()
    match found:
        case NotYours():
            if who.private or roster.roles_of(turn.session, who.user_id):  # a stranger in a group reads the toast only
                turn.say(who.user_id, Message(speech.say("c_bukan_hak")))
            return speech.word("c_bukan_hak")
        case Already(case, until):
            words = Words("c_sudah_semua", {"nomor": case.number, "hari": day_words(until), "jam": clock(until)})
            turn.say(who.user_id, Message(speech.html(words)))
            return speech.label(words)
        case Stale():
            return _stale(turn, speech, who, found)
        case Done(case, member):
            return _done(turn, speech, who, button, case, member)


def _done(turn: Turn, speech: Speech, who: Who, button: b.CaseButton, case: Case, member: Member) -> str:
    told = facts(turn, case)
    number = case.number
    chat_id = who.user_id  # what a case tells goes to the person, never to a group
    match button:
        case b.Take():
            turn.say(chat_id, cards.owner_card(speech, told, case.next_due_at), case=case)
            _details(turn, speech, chat_id, case, whole=True)
            return speech.word("c_menang_singkat", nomor=number)
        case b.Read():
            owner = turn.session.get(Member, case.owner_id) if case.owner_id else None
            mine = owner is not None and owner.chat_id == who.user_id
            _details(turn, speech, chat_id, case, whole=mine)
            turn.say(chat_id, _as_it_stands(turn.session, speech, case, owner, told, mine=mine), case=case)
            return speech.word("c_dibaca_singkat")
        case b.Decline():
            turn.say(chat_id, cards.reasons(speech, told), case=case)
            return ""
        case b.DeclineFor(reason=reason):
            done = Message(speech.say("d_selesai", nomor=number), _back_row(speech, case))
            turn.say(chat_id, done, case=case)
            if reason in AWAY:
                turn.say(chat_id, Message(speech.say("cuti_tanya"), presence.offer(speech)))
            return speech.word("d_singkat")
        case b.Raise():
            turn.say(chat_id, Message(speech.say("c_dinaikkan", nomor=number)), case=case)
            return speech.word("c_dinaikkan", nomor=number)
        case b.Undo():
            turn.say(chat_id, Message(speech.say("c_urung", nomor=number), cards.worker_rows(speech, told)), case=case)
            return speech.word("c_urung", nomor=number)
        case b.GiveBack():
            turn.say(chat_id, Message(speech.say("c_kembali", nomor=number)), case=case)
            return speech.word("c_kembali", nomor=number)
        case b.Progress():
            assert case.next_due_at is not None
            again = {"hari": day(speech, case.next_due_at), "jam": clock(case.next_due_at)}
            turn.say(chat_id, Message(speech.say("w_lanjut", nomor=number, **again)), case=case)
            return speech.word("w_lanjut", nomor=number, **again)
        case b.Hold():
            return waiting.answer(turn, speech, chat_id, button, case, told)
        case b.Finish(outcome="tanya"):
            keys = [
                Key(speech.word(f"hasil-{outcome}"), b.Finish(case.id, case.round, outcome))
                for outcome in respond.OUTCOMES
            ]
            turn.say(chat_id, Message(speech.say("o_tanya", nomor=number), column(keys)), case=case)
            return ""
        case _:
            turn.say(chat_id, Message(speech.say("o_selesai", nomor=number)), case=case)
            return speech.word("o_selesai", nomor=number)


def _as_it_stands(
    session: Session, speech: Speech, case: Case, owner: Member | None, told: cards.CaseFacts, *, mine: bool
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


def _stale(turn: Turn, speech: Speech, who: Who, found: Stale) -> str:
    """Too late: what is true now is said, and the old card is drawn again."""
    number = found.case.number
    if found.mine:
        text = speech.word("c_sudah_milik", nomor=number)
    elif found.owner is not None:
        peran = speech.word(f"peran-{found.owner.role}")
        name = speech.word("siapa-peran-nama", peran=peran, nama=found.owner_name) if found.owner_name else peran
        text = speech.word("c_keduluan", nomor=number, siapa=name)
    else:
        key = "status-selesai" if found.case.status in ("closed", "withdrawn") else "status-dihubungi"
        text = speech.word("c_basi", nomor=number, status=speech.word(key))
    mine = {role.id for role in roster.roles_of(turn.session, who.user_id)}
    for ask in cases.asks(turn.session, found.case):
        if ask.person in mine or ask.chat_id == who.chat_id:
            case_cards.render(turn, found.case, ask, found.owner)
    turn.say(who.user_id, Message(speech.html(Literal(text))))
    return text


def _details(turn: Turn, speech: Speech, chat_id: int, case: Case, *, whole: bool) -> None:
    waits = None
    if case.waiting_for is not None and case.next_due_at is not None:
        waits = waiting_cards.line(speech, case.waiting_for, case.next_due_at)
    for report in cases.reports(turn.session, case):
        content = cases.content(turn.session, report)
        if content is None:
            continue
        told = cards.Details(
            landmark=content.landmark,
            story=content.story,
            point=content.point,
            phone=content.phone,
            files=tuple((medium.kind, medium.file_id) for medium in content.media),
            waits=waits,
        )
        for message in cards.details(speech, facts(turn, case), told, whole=whole):
            turn.say(chat_id, message, case=case)


def _back_row(speech: Speech, case: Case) -> tuple[tuple[Key, ...], ...]:
    return ((Key(speech.word("b-jadi-tangani"), b.Take(case.id, case.round)),),)
