"""Whoever had a case: their cards say that it is no longer theirs, and they hear who has it now."""

from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
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
    assert before.acknowledged_at is not None
    key = "c_serah_diterima" if file.case.owner_id == asked.id else "c_serah_selesai"
    message = case_card.over_card(turn.speech(asked.chat_id), file.facts, key)
    for uid in outbox.held(turn.session, file.case.id, asked.chat_id, before.acknowledged_at, (kinds.HANDED.name,)):
        turn.edit(asked.chat_id, uid, message, kinds.REDRAW)


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
