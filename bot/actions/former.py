"""Whoever had a case: their cards say that it is no longer theirs, and they hear who has it now."""

from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.company import is_expected
from bot.core.moves import ENDS
from bot.core.standing import State
from bot.texts import case_card
from bot.texts.message import Message
from storage import kinds, outbox, roster
from storage.tables import Member


def disarm(turn: Turn, file: CaseFile, before: State) -> None:
    """Every bubble with the owner's buttons says in one line what became of the case."""
    owner = turn.session.get(Member, before.owner_id) if before.owner_id else None
    if owner is None or owner.chat_id is None:
        return
    assert before.acknowledged_at is not None
    key = "c_berakhir" if file.case.status in ENDS else "c_tidak_lagi"
    message = case_card.over_card(turn.speech(owner.chat_id), file.facts, key)
    for uid in outbox.held(turn.session, file.case.id, owner.chat_id, before.acknowledged_at):
        turn.edit(owner.chat_id, uid, message, kinds.REDRAW)


def tell(turn: Turn, file: CaseFile, before: State) -> None:
    """Whoever had the case before hears who has it now."""
    _tell(turn, file, before.former_id)


def succeed(turn: Turn, file: CaseFile, before: State) -> None:
    """Whoever wanted somebody to take it over loses the buttons, and hears that they did."""
    disarm(turn, file, before)
    _tell(turn, file, before.owner_id)


def not_handed(turn: Turn, file: CaseFile, before: State) -> None:
    """Whoever was asked to take it over is asked no more: they have it, or it is elsewhere."""
    asked = turn.session.get(Member, before.handed_to) if before.handed_to else None
    if asked is None or asked.chat_id is None:
        return
    key = "c_serah_diterima" if file.case.owner_id == asked.id else "c_serah_selesai"
    _take_back(turn, file, before, asked, key)


def not_company(turn: Turn, file: CaseFile, before: State) -> None:
    """Whoever was asked to go along, or goes along, need not: their buttons go, and they hear so in one sentence."""
    asked = turn.session.get(Member, before.company_id) if before.company_id else None
    if asked is None or asked.chat_id is None:
        return
    read = _take_back(turn, file, before, asked, "c_teman_selesai")
    takes_it = file.owner is not None and file.owner.chat_id == asked.chat_id
    if not read or takes_it or not is_expected(before.company_says) or not roster.hears(turn.session, asked):
        return
    text = turn.speech(asked.chat_id).say("w_teman_selesai", nomor=file.case.number)
    quiet = not file.policy.hours.is_open(turn.now)
    turn.say(asked.chat_id, Message(text, silent=quiet), kinds.DESK, case=file.case)


def _take_back(turn: Turn, file: CaseFile, before: State, asked: Member, key: str) -> bool:
    """What asked somebody has no buttons any more, or never leaves; whether any of it has left."""
    assert before.acknowledged_at is not None and asked.chat_id is not None
    kind = kinds.COMPANY if key == "c_teman_selesai" else kinds.HANDED
    said = outbox.held(turn.session, file.case.id, asked.chat_id, before.acknowledged_at, (kind.name,))
    left = outbox.call_back(turn.session, said)
    message = case_card.over_card(turn.speech(asked.chat_id), file.facts, key)
    for uid in left:
        turn.edit(asked.chat_id, uid, message, kinds.REDRAW)
    return bool(left)


def _tell(turn: Turn, file: CaseFile, former_id: str | None) -> None:
    former = turn.session.get(Member, former_id) if former_id else None
    owner = file.owner
    if former is None or owner is None or not roster.hears(turn.session, former):
        return
    assert former.chat_id is not None
    if former.chat_id == owner.chat_id:
        return
    speech = turn.speech(former.chat_id)
    peran, name = speech.word(f"peran-{owner.role}"), roster.name_of(turn.session, owner)
    who = speech.word("siapa-peran-nama", peran=peran, nama=name) if name else peran
    text = speech.say("w_sekarang_di", nomor=file.case.number, siapa=who)
    turn.say(former.chat_id, Message(text), kinds.DESK, case=file.case)
