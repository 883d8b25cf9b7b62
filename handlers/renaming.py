"""A new name was typed: it counts from now on, if whoever typed it still keeps that entry."""

from collections.abc import Mapping
from typing import Any

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.keeping import keeps
from bot.core.rename_flow import BEFORE, NAME, OF
from bot.texts.message import Key, Message, column
from storage import drafts, register, roster
from storage.tables import Draft


def finish(turn: Turn, draft: Draft, answers: Mapping[str, Any]) -> None:
    """The name is kept; the old one stays with what was done under it."""
    drafts.drop(turn.session, draft)
    speech, member = turn.speech(draft.chat_id), register.member_in(turn.session, answers[OF], (roster.PROVINCE,))
    keepers = [(role.role, role.area) for role in roster.roles_of(turn.session, draft.chat_id)]
    if member is None or not keeps(keepers, (member.role, member.area)):
        turn.say(draft.chat_id, Message(speech.say("tombol_lama")))
        return
    for one in register.same_person(turn.session, member):
        if keeps(keepers, (one.role, one.area)):
            register.rename(turn.session, one, answers[NAME], turn.now)
    keys = (Key(speech.word("b-petugas"), b.Keep("buka", member.id, b.NOWHERE, 0)),)
    turn.say(
        draft.chat_id, Message(speech.say("ganti_nama_jadi", nama=answers[NAME], dulu=answers[BEFORE]), column(keys))
    )
