"""A leave is taken: until when, and what stays with whoever takes it (row 46)."""

from collections.abc import Mapping
from typing import Any

from bot.actions import absence
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.leave_flow import Leaving, agreed
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import at_words, day_words
from storage import drafts, tasks
from storage.tables import Draft


def finish(turn: Turn, draft: Draft, answers: Mapping[str, Any]) -> None:
    """The last question of a leave was answered."""
    leaving = agreed(answers, turn.now)
    assert leaving is not None, "its last step lets no leave through that is over"
    drafts.drop(turn.session, draft)
    if absence.take_leave(turn, draft.chat_id, leaving):
        announce(turn, draft.chat_id, leaving)
    else:
        turn.say(draft.chat_id, Message(turn.speech(draft.chat_id).say("cuti_bukan_petugas")))


def announce(turn: Turn, chat_id: int, leaving: Leaving) -> None:
    """Whoever is away reads from when to when, what they still have, and how to undo it."""
    speech, begun, until = turn.speech(chat_id), leaving.since <= turn.now, at_words(leaving.until)
    if begun:
        lines = [speech.say("cuti_mulai", **until)]
    else:
        lines = [speech.say("cuti_nanti", mulai=day_words(leaving.since), **until)]
    if held := len(tasks.owned(turn.session, chat_id)):
        lines.append(speech.say("cuti_dipegang", jumlah=str(held)))
    turn.say(chat_id, Message("\n".join(lines), column((undo(speech, begun=begun),))))


def undo(speech: Speech, *, begun: bool) -> Key:
    """The button that ends a leave, or calls off one that has not begun."""
    return Key(speech.word("b-kembali-kerja" if begun else "b-batal-cuti"), b.Away(0))
