"""The worker's desk: a table of buttons, each with the event that it means, its deed, and the words that answer it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.actions import case_cards, casefile, correcting, grading, notes, respond
from bot.actions import company as along
from bot.actions import handing as hand
from bot.actions.casefile import CaseFile
from bot.actions.respond import Already, Outcome
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.company import CANNOT, COMES
from bot.core.correct_flow import WHATS
from bot.core.grades import CALMER, GRADES
from bot.core.moves import ENDS, Event, Status, may
from bot.core.ownership import WAIT_DAYS, WAITING
from bot.core.passing import REASONS
from bot.core.words import Literal, Words
from bot.texts import case_buttons
from bot.texts.catalog import Speech
from bot.texts.message import Message, column
from bot.texts.times import clock, day_words
from handlers import desk_answers as answers
from handlers import desk_changes as changes
from handlers import desk_company as company
from handlers import desk_handing as handing
from handlers.acts import Who
from handlers.desk_answers import Scene
from storage import kinds, roster

Deed = Callable[[Turn, CaseFile, Any], Outcome]
Answer = Callable[[Scene, Any], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One button of the desk: which it is, the event whose row of the moves says who may, the deed, the answer."""

    kind: type[b.CaseButton]
    event: Event
    deed: Deed
    answer: Answer
    only: Callable[[Any], bool] = lambda _: True
    """Which values of the button are meant; what no row means is nobody's to press."""


def _nothing(turn: Turn, file: CaseFile, _: b.CaseButton) -> Outcome:
    return respond.nothing(turn, file)


DESK: tuple[Row, ...] = (
    Row(b.Take, Event.ACKNOWLEDGE, lambda t, f, _: respond.acknowledge(t, f), answers.taken),
    Row(b.Read, Event.READ, lambda t, f, _: respond.read(t, f), answers.opened),
    Row(b.Contacts, Event.READ, _nothing, answers.local_contacts),
    Row(b.More, Event.READ, _nothing, answers.more),
    Row(b.Pictures, Event.VIEW, lambda t, f, _: respond.view(t, f), answers.pictures),
    Row(b.Decline, Event.DECLINE, lambda t, f, _: respond.decline(t, f), changes.passed_on),
    Row(b.DeclineFor, Event.EXPLAIN, _nothing, changes.other_reasons, lambda x: x.reason == "lainnya"),
    Row(
        b.DeclineFor,
        Event.EXPLAIN,
        lambda t, f, x: respond.explain(t, f, x.reason),
        changes.explained,
        lambda x: x.reason in REASONS,
    ),
    Row(b.Raise, Event.ESCALATE, lambda t, f, _: respond.escalate(t, f), answers.raised),
    Row(b.Called, Event.PHONE, lambda t, f, _: respond.called(t, f), changes.quiet),
    Row(b.Mute, Event.MUTE, _nothing, changes.why_quiet, lambda x: x.reason == "tanya"),
    Row(
        b.Mute,
        Event.MUTE,
        lambda t, f, x: respond.mute(t, f, x.reason),
        changes.quiet,
        lambda x: x.reason in case_buttons.MUTED_FOR,
    ),
    Row(b.Undo, Event.UNDO, lambda t, f, _: respond.undo(t, f), answers.undone),
    Row(b.GiveBack, Event.GIVE_BACK, lambda t, f, _: respond.give_back(t, f), answers.given_back),
    Row(b.Progress, Event.PROGRESS, lambda t, f, _: respond.progress(t, f), answers.goes_on),
    Row(
        b.Visit,
        Event.MEET,
        lambda t, f, x: respond.visit(t, f, x.found),
        answers.visited,
        lambda x: x.found in (respond.MET, respond.MISSED),
    ),
    Row(
        b.Grade,
        Event.RAISE,
        lambda t, f, x: grading.raise_it(t, f, x.grade),
        changes.graver,
        lambda x: x.grade in GRADES and x.why == "naik",
    ),
    Row(b.Grade, Event.LOWER, _nothing, changes.grades, lambda x: (x.grade, x.why) == ("tanya", "tanya")),
    Row(b.Grade, Event.LOWER, _nothing, changes.why_calmer, lambda x: x.grade in GRADES and x.why == "tanya"),
    Row(
        b.Grade,
        Event.LOWER,
        lambda t, f, x: grading.lower_it(t, f, x.grade, x.why),
        changes.calmer,
        lambda x: x.grade in GRADES and x.why in CALMER,
    ),
    Row(b.Wrong, Event.AMEND, _nothing, changes.wrong, lambda x: x.what in WHATS),
    Row(b.Wrong, Event.EXPLAIN, _nothing, changes.wrong, lambda x: x.what == "bukan"),
    Row(b.Hold, Event.WAIT, _nothing, answers.wait_for_what, lambda x: (x.reason, x.days) == ("tanya", 0)),
    Row(b.Hold, Event.WAIT, _nothing, answers.nothing_changed, lambda x: (x.reason, x.days) == ("batal", 0)),
    Row(b.Hold, Event.WAIT, _nothing, answers.wait_how_long, lambda x: x.reason in WAITING and x.days == 0),
    Row(
        b.Hold,
        Event.WAIT,
        lambda t, f, x: respond.hold(t, f, x.reason, x.days),
        answers.waits,
        lambda x: x.reason in WAITING and x.days in WAIT_DAYS,
    ),
    Row(b.Hand, Event.HAND, _nothing, handing.to_whom, lambda x: x.member == "tanya"),
    Row(b.Hand, Event.HAND, _nothing, answers.nothing_changed, lambda x: x.member == "batal"),
    Row(
        b.Hand,
        Event.HAND,
        lambda t, f, x: hand.hand(t, f, x.member),
        handing.handed,
        lambda x: x.member not in ("tanya", "batal", "tarik"),
    ),
    Row(b.Hand, Event.UNHAND, lambda t, f, _: hand.take_back(t, f), handing.taken_back, lambda x: x.member == "tarik"),
    Row(b.Handed, Event.ACCEPT, lambda t, f, _: hand.accept(t, f), answers.taken, lambda x: x.answer == "terima"),
    Row(b.Handed, Event.REFUSE, lambda t, f, _: hand.refuse(t, f), handing.refused, lambda x: x.answer == "tidak"),
    Row(
        b.Company,
        Event.ACKNOWLEDGE,
        lambda t, f, _: respond.acknowledge(t, f),
        company.taken,
        lambda x: x.member == "ambil",
    ),
    Row(b.Company, Event.ASK_COMPANY, _nothing, company.to_whom, lambda x: x.member == "tanya"),
    Row(b.Company, Event.ASK_COMPANY, _nothing, answers.nothing_changed, lambda x: x.member == "batal"),
    Row(
        b.Company,
        Event.CALL_OFF,
        lambda t, f, _: along.call_off(t, f),
        company.called_off,
        lambda x: x.member == "tarik",
    ),
    Row(
        b.Company,
        Event.ASK_COMPANY,
        lambda t, f, x: along.ask(t, f, x.member),
        company.asked,
        lambda x: x.member not in ("tanya", "batal", "tarik", "ambil"),
    ),
    Row(b.Companion, Event.JOIN, lambda t, f, _: along.join(t, f), company.answered, lambda x: x.answer == COMES),
    Row(b.Companion, Event.STAY, lambda t, f, _: along.stay(t, f), company.answered, lambda x: x.answer == CANNOT),
    Row(b.Note, Event.NOTE, lambda t, f, x: notes.keep(t, f, x.addition), answers.note_kept),
    Row(b.Amend, Event.AMEND, lambda t, f, x: correcting.amend(t, f, x.addition), answers.amended),
    Row(b.Finish, Event.CLOSE, _nothing, answers.how_it_ended, lambda x: x.outcome == "tanya"),
    Row(b.Finish, Event.CLOSE, _nothing, answers.nothing_changed, lambda x: x.outcome == "batal"),
    Row(
        b.Finish,
        Event.CLOSE,
        lambda t, f, x: respond.close(t, f, x.outcome),
        answers.closed,
        lambda x: x.outcome in respond.OUTCOMES,
    ),
)


def press(turn: Turn, who: Who, button: b.CaseButton) -> str:
    """One press on a case; the toast says in a word what the messages say in full."""
    speech = turn.speech(who.user_id)
    row = next((row for row in DESK if isinstance(button, row.kind) and row.only(button)), None)
    file = casefile.open_for(turn, button.case, who.user_id) if row is not None else None
    if row is None or file is None:
        return not_yours(turn, speech, who)
    if not allowed(file, row.event, button.round):
        return _stale(turn, speech, who, file)
    done = row.deed(turn, file, button)
    match done:
        case None:
            return _stale(turn, speech, who, file)
        case Already(file, until):
            words = Words("c_sudah_semua", {"nomor": file.case.number, "hari": day_words(until), "jam": clock(until)})
            turn.say(who.user_id, Message(speech.html(words)))
            return speech.label(words)
        case CaseFile():
            return row.answer(Scene(turn, speech, who.user_id, done), button)


def allowed(file: CaseFile, event: Event, round_: int) -> bool:
    """Whether the table of moves lets whoever came in; a button of an earlier round may only read."""
    fresh = event is Event.READ or file.case.round == round_
    return fresh and may(Status(file.case.status), event, file.are)


def not_yours(turn: Turn, speech: Speech, who: Who) -> str:
    """Not theirs, or not there: the two look alike."""
    if who.private or roster.roles_of(turn.session, who.user_id):  # a stranger in a group reads the toast only
        turn.say(who.user_id, Message(speech.say("c_bukan_hak")))
    return speech.word("c_bukan_hak")


def _stale(turn: Turn, speech: Speech, who: Who, file: CaseFile) -> str:
    """Too late: what is true now is said, and the old card is drawn again."""
    number, owner = file.case.number, file.owner
    rows = () if file.case.status in ENDS else column((case_buttons.read_key(speech, file.facts),))
    kind = kinds.ANSWER
    if file.mine:
        text, rows = speech.word("c_sudah_milik", nomor=number), case_buttons.owner_rows(speech, file.facts)
        kind = kinds.OWNER_CARD
        case_cards.draw_taken(turn, file)
    elif owner is not None:
        peran, name = speech.word(f"peran-{owner.role}"), roster.name_of(turn.session, owner)
        holder = speech.word("siapa-peran-nama", peran=peran, nama=name) if name else peran
        text = speech.word("c_keduluan", nomor=number, siapa=holder)
    else:
        key = "status-selesai" if file.case.status in ("closed", "withdrawn") else "status-dihubungi"
        text = speech.word("c_basi", nomor=number, status=speech.word(key))
    mine = {role.id for role in roster.roles_of(turn.session, who.user_id)}
    for ask in file.asks:
        if ask.person in mine or ask.chat_id == who.chat_id:
            case_cards.render(turn, file, ask)
    turn.say(who.user_id, Message(speech.html(Literal(text)), rows), kind, case=file.case)
    return text
