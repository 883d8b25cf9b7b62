"""*Serahkan*: an owner asks somebody by name to take a case over, and has it until they accept (row 42)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions.casefile import CaseFile, hold
from bot.actions.moving import move
from bot.actions.turn import Turn
from bot.core.moves import Event
from bot.core.standing import Given
from bot.texts import case_buttons, case_card
from bot.texts.case_ends import named
from bot.texts.case_facts import Holder
from bot.texts.message import Message, column
from storage import kinds, outbox, roster
from storage.tables import Member

FIRST, ABOVE = ("tksk", "deputy"), ("ppa", "koordinator", "dinsos")
"""Who is offered before and after a worker of the next kecamatan, one of each role."""
MOST = 5


def candidates(turn: Turn, file: CaseFile) -> list[Member]:
    """Who can be asked now, one of each role, without whoever has it and whoever reported it."""
    teams = [file.people.get(role, ()) for role in FIRST]
    above = [role for role in ABOVE if role != "ppa" or _of_ppa(turn, file)]
    teams += [neighbours(turn, file), *(file.people.get(role, ()) for role in above)]
    found: list[Member] = []
    for team in teams:
        others = (roster.member(turn.session, person) for person in team)
        found += [one for one in others if one is not None and not _has_it(file, one)][:1]
    return found[:MOST]


def _of_ppa(turn: Turn, file: CaseFile) -> bool:
    """Whether it is for UPTD PPA: it is about violence or a child, or its ladder asks them."""
    case = file.case
    asks = any("ppa" in rung.ask for rung in file.policy.rungs)
    return asks or turn.house.known.knowledge.shielded(case.category, case.danger)


def _has_it(file: CaseFile, member: Member) -> bool:
    return file.owner is not None and member.chat_id == file.owner.chat_id


def neighbours(turn: Turn, file: CaseFile) -> Sequence[str]:
    """The TKSK of the other kecamatan around who can be asked now, the nearest first; none where kin may be near."""
    case = file.case
    if case.kecamatan is None or case.skip_kecamatan:
        return ()
    near = turn.house.known.places.beside(case.kecamatan)
    there = roster.in_areas(turn.session, "tksk", near, turn.now)
    return [person for person, _ in sorted(there, key=lambda one: near.index(one[1])) if person not in file.reporters]


def candidate(turn: Turn, file: CaseFile, to: str) -> int | None:
    """The chat of one of them, by the id of the member; None if they cannot be asked."""
    return next((one.chat_id for one in candidates(turn, file) if one.id == to), None)


def hand(turn: Turn, file: CaseFile, to: str) -> CaseFile | None:
    """Ask them, with the whole card; None when they cannot be asked any more. Whoever was asked before is no more."""
    if file.case.handed_to == to:
        return file
    if (chat := candidate(turn, file, to)) is None or file.owner is None:
        return None
    file = move(turn, file, Event.HAND, Given(people=(to,)))
    rings_at = file.policy.hours.opening(turn.now)
    turn.say(chat, card(turn, file, chat), kinds.HANDED, case=file.case, rings_at=rings_at)
    return file


def card(turn: Turn, file: CaseFile, chat_id: int) -> Message:
    """The case as whoever is asked to take it over reads it."""
    assert file.owner is not None
    name = roster.name_of(turn.session, file.owner)
    return case_card.handed_card(turn.speech(chat_id), file.facts, file.owner.role, name)


def accept(turn: Turn, file: CaseFile) -> CaseFile:
    """*Terima*: it is theirs from now on, with the clocks of whoever takes a case."""
    assert file.handed is not None
    return move(turn, file, Event.ACCEPT, Given(role=file.handed.role), actor=file.handed.id)


def take_back(turn: Turn, file: CaseFile) -> CaseFile:
    """*Tidak jadi diserahkan*: whoever was asked hears so, unless they never read of it; the owner keeps the case."""
    asked, owner, since = file.handed, file.owner, file.case.acknowledged_at
    if asked is None or owner is None or since is None:
        return file
    chat, kind = asked.chat_id or 0, kinds.HANDED.name
    said = outbox.held(turn.session, file.case.id, chat, since, (kind,))
    read = any(not outbox.unsent(turn.session, uid) for uid in said)
    file = move(turn, file, Event.UNHAND)
    if read and roster.hears(turn.session, asked):
        speech, quiet = turn.speech(chat), not file.policy.hours.is_open(turn.now)
        who = named(speech, Holder(owner.role, roster.name_of(turn.session, owner)))
        text = speech.say("w_serah_tarik", nomor=file.case.number, siapa=who)
        turn.say(chat, Message(text, silent=quiet), kinds.DESK, case=file.case)
    return file


def refuse(turn: Turn, file: CaseFile) -> CaseFile:
    """*Tidak bisa*: whoever has it goes on having it, and hears so."""
    return _not_taken(turn, file, Event.REFUSE, "w_serah_tidak")


def lapse(turn: Turn, file: CaseFile, why: str) -> CaseFile:
    """They did not answer in time ("silence"), or are not there: the same."""
    return _not_taken(turn, file, Event.LAPSE, "w_serah_diam" if why == "silence" else "w_serah_hilang", why)


def lapse_due(turn: Turn, case_id: str) -> None:
    """What time does: nobody took it over in time."""
    file = hold(turn, case_id)
    if file is not None and file.case.handed_until is not None and file.case.handed_until <= turn.now:
        lapse(turn, file, "silence")


def _not_taken(turn: Turn, file: CaseFile, event: Event, key: str, why: str | None = None) -> CaseFile:
    asked, owner = file.handed, file.owner
    file = move(turn, file, event, Given(reason=why))
    if asked is None or owner is None or not roster.hears(turn.session, owner):
        return file
    assert owner.chat_id is not None
    speech = turn.speech(owner.chat_id)
    who = named(speech, Holder(asked.role, roster.name_of(turn.session, asked)))
    rows = column((case_buttons.read_key(speech, file.facts),))
    message = Message(speech.say(key, nomor=file.case.number, siapa=who), rows)
    quiet = not file.policy.hours.is_open(turn.now)
    turn.say(owner.chat_id, replace(message, silent=quiet), kinds.DESK, case=file.case)
    return file
