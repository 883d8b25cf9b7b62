"""A new handset: the old one is cut, and what somebody was asked about stands on the new one (row 149)."""

from bot.actions import absence, menus, ringing, roster_words
from bot.actions.casefile import CaseFile, hold
from bot.actions.turn import Turn
from bot.core.escalation import AskState
from bot.core.moves import Status
from bot.texts import case_card
from bot.texts.message import Message
from storage import kinds, outbox, register, roster
from storage.tables import Member


def warn(turn: Turn, member: Member) -> None:
    """Another phone asks for a role that sleeps: whoever has it reads so, and keeps it until that was looked at."""
    assert member.chat_id is not None
    speech = turn.speech(member.chat_id)
    post = roster_words.tasks(turn.house, speech, [member])
    turn.say(member.chat_id, Message(speech.say("hp_lain_minta", tugas=post)), kinds.ALARM)


def cut(turn: Turn, member: Member, old: int) -> None:
    """The old chat of somebody who is bound anew opens nothing any more; the open cards stand on the new one."""
    if not roster.roles_of(turn.session, old):
        outbox.withdraw(turn.session, old)
        menus.hide(turn, old)
    for case_id in sorted({*absence.touched(turn.session, [member]), *register.cards_of(turn.session, [member])}):
        file = hold(turn, case_id)
        if file is not None:
            _goes_over(turn, file, member, old)
    speech = turn.speech(old)
    turn.say(old, Message(speech.say("hp_lain", tugas=roster_words.tasks(turn.house, speech, [member]))))


def _goes_over(turn: Turn, file: CaseFile, member: Member, old: int) -> None:
    """One case: its bubbles on the old phone say nothing of it any more, and a card rings on the new one."""
    gone = case_card.over_card(turn.speech(old), file.facts, "c_tidak_lagi")
    taken = file.case.acknowledged_at
    held = outbox.held(turn.session, file.case.id, old, taken) if taken is not None and file.owner is member else []
    mine = [ask for ask in file.asks if ask.person == member.id and ask.chat_id == old]
    for uid in (*held, *(ask.card_uid for ask in mine if ask.card_uid)):
        turn.edit(old, uid, gone, kinds.REDRAW)
    for ask in mine:
        assert member.chat_id is not None
        ask.chat_id, ask.card_uid, ask.reply_uid = member.chat_id, "", None
        if ask.state == AskState.WAITING and file.case.status == Status.OPEN:
            ringing.new_card(turn, file, ask, file.policy.hours.opening(turn.now))
        turn.session.add(ask)
    turn.session.flush()
