"""*Butuh teman*: an owner asks somebody by name to go along; owner and clocks stay as they are (row S3)."""

from collections.abc import Sequence

from bot.actions import contacts, handing
from bot.actions.casefile import CaseFile, hold
from bot.actions.moving import move
from bot.actions.turn import Turn
from bot.core.company import COMES, is_expected
from bot.core.contact_book import HELPERS
from bot.core.moves import Event
from bot.core.standing import Given
from bot.texts import case_buttons, case_card
from bot.texts import contacts as cards
from bot.texts.case_ends import named
from bot.texts.case_facts import LAMPS, Holder
from bot.texts.message import Key, Message, column
from storage import kinds, outbox, roster, timeline
from storage.tables import Member


def ask(turn: Turn, file: CaseFile, to: str) -> CaseFile:
    """Ask them, with the whole card; whoever was asked before is no more. Nothing changes if they cannot be asked."""
    case = file.case
    if case.company_id == to and is_expected(case.company_says):
        return file
    if (chat := handing.candidate(turn, file, to)) is None:
        return file
    file = move(turn, file, Event.ASK_COMPANY, Given(people=(to,)))
    rings_at = file.policy.hours.opening(turn.now)
    turn.say(chat, card(turn, file, chat), kinds.COMPANY, case=case, rings_at=rings_at)
    return file


def card(turn: Turn, file: CaseFile, chat_id: int) -> Message:
    """The case as whoever is asked to go along reads it."""
    assert file.owner is not None
    name = roster.name_of(turn.session, file.owner)
    return case_card.company_card(turn.speech(chat_id), file.facts, file.owner.role, name)


def join(turn: Turn, file: CaseFile) -> CaseFile:
    """*Saya ikut*: the owner hears it, with the way to whoever comes; the same press once more changes nothing."""
    if file.case.company_says == COMES:
        return file
    file = move(turn, file, Event.JOIN)
    _close_cards(turn, file, "c_teman_ikut")
    member = file.company
    assert member is not None
    phone = roster.phone_of(turn.session, member)
    _tell_owner(turn, file, "w_teman_ikut" if phone else "w_teman_ikut_saja", telepon=phone)
    return file


def stay(turn: Turn, file: CaseFile) -> CaseFile:
    """*Tidak bisa*, also of whoever had said yes: the owner hears it, and may ask somebody else."""
    came = file.case.company_says == COMES
    file = move(turn, file, Event.STAY)
    _close_cards(turn, file, "c_teman_tidak")
    _tell_owner(turn, file, "w_teman_batal" if came else "w_teman_tidak")
    return file


def call_off(turn: Turn, file: CaseFile) -> CaseFile:
    """*Tidak jadi ditemani*: whoever was asked, or comes, hears that nobody needs to go along."""
    return move(turn, file, Event.CALL_OFF) if file.case.company_id is not None else file


def unheard_due(turn: Turn, case_id: str) -> None:
    """What time does: nobody said in time whether they come. The koordinator hears it too, if nobody asked them."""
    file = hold(turn, case_id)
    if file is None or file.case.company_until is None or file.case.company_until > turn.now:
        return
    koordinator = _koordinator(turn, file)
    file = move(turn, file, Event.UNHEARD, Given(reason="silence"))
    if koordinator is not None and koordinator.chat_id is not None:
        _ring(turn, file, koordinator.chat_id)
    _tell_owner(turn, file, "w_teman_diam" if koordinator is None else "w_teman_diam_koordinator")


def lose(turn: Turn, file: CaseFile, why: str) -> CaseFile:
    """Whoever was asked, or comes, is not there any more: the owner hears it at once."""
    came = file.case.company_says == COMES
    file = move(turn, file, Event.UNHEARD, Given(reason=why))
    _close_cards(turn, file, "c_teman_selesai")
    _tell_owner(turn, file, "w_teman_pergi" if came else "w_teman_hilang")
    return file


def phones(turn: Turn, file: CaseFile, chat_id: int) -> str:
    """Whom to phone there who can go along, each with their number."""
    found = [one for one in contacts.book(turn, contacts.areas_of(file.case)) if one.kind in HELPERS]
    return cards.helpers(turn.speech(chat_id), found, turn.now)


def way_to(turn: Turn, file: CaseFile, chat_id: int, member: Member) -> tuple[Key, ...]:
    """The button that opens a chat with somebody, if their number is known."""
    phone = roster.phone_of(turn.session, member)
    name = roster.name_of(turn.session, member) or turn.speech(chat_id).word(f"peran-{member.role}")
    return (case_buttons.write_key(turn.speech(chat_id), name, phone, file.case.number),) if phone else ()


def _tell_owner(turn: Turn, file: CaseFile, key: str, *, telepon: str | None = None) -> None:
    """One message to whoever has the case: what became of it and, unless somebody comes, whom to phone now."""
    owner, asked = file.owner, file.company
    if owner is None or asked is None or not roster.hears(turn.session, owner):
        return
    assert owner.chat_id is not None
    speech, facts, chat = turn.speech(owner.chat_id), file.facts, owner.chat_id
    who = named(speech, Holder(asked.role, roster.name_of(turn.session, asked)))
    text = speech.say(key, nomor=file.case.number, siapa=who, **({"telepon": telepon} if telepon else {}))
    keys = [case_buttons.company_key(speech, facts), case_buttons.contacts_key(speech, facts)]
    if file.case.company_says == COMES:
        keys = list(way_to(turn, file, chat, asked))
    else:
        text += f"\n{phones(turn, file, chat)}"
    rows = column((*keys, case_buttons.read_key(speech, facts)))
    quiet = not file.policy.hours.is_open(turn.now)
    turn.say(chat, Message(text, rows, silent=quiet, protected=True), kinds.ADDED, case=file.case)


def _koordinator(turn: Turn, file: CaseFile) -> Member | None:
    """Who else is rung when nobody answers: the koordinator, once while somebody has a case, if they were not asked."""
    since = file.case.acknowledged_at
    entries = [one for one in timeline.entries(turn.session, file.case.id) if since is None or one.at >= since]
    asked = {timeline.facts(one)["to"] for one in entries if one.event == Event.ASK_COMPANY}
    rung = any(one.event == Event.UNHEARD and timeline.facts(one)["why"] == "silence" for one in entries)
    if rung:
        return None
    team = (roster.member(turn.session, person) for person in file.people.get("koordinator", ()))
    there = [one for one in team if one is not None and one.id not in asked]
    mine = file.owner.chat_id if file.owner is not None else None
    return next((one for one in there if one.chat_id != mine), None)


def _ring(turn: Turn, file: CaseFile, chat_id: int) -> None:
    owner, speech = file.owner, turn.speech(chat_id)
    if owner is None:
        return
    who = named(speech, Holder(owner.role, roster.name_of(turn.session, owner)))
    text = speech.say("l_teman", lampu=LAMPS[file.case.urgency], nomor=file.case.number, siapa=who)
    keys = (*way_to(turn, file, chat_id, owner), case_buttons.read_key(speech, file.facts))
    rings_at = file.policy.hours.opening(turn.now)
    turn.say(chat_id, Message(text, column(keys)), kinds.DESK, case=file.case, rings_at=rings_at)


def _close_cards(turn: Turn, file: CaseFile, key: str) -> None:
    """What whoever was asked has of it loses its buttons and says in one line what became of it."""
    member, since = file.company, file.case.acknowledged_at
    if member is None or member.chat_id is None or since is None:
        return
    message = case_card.over_card(turn.speech(member.chat_id), file.facts, key)
    found: Sequence[str] = outbox.held(turn.session, file.case.id, member.chat_id, since, (kinds.COMPANY.name,))
    for uid in outbox.call_back(turn.session, found):
        turn.edit(member.chat_id, uid, message, kinds.REDRAW)
