"""*Alasan lain*: why somebody passed a case on, in their own words (row 41)."""

from collections.abc import Mapping
from typing import Any

from bot.actions import casefile, reasons
from bot.actions.turn import Turn
from bot.core.reason_flow import NUMBERED, REASON, case_of, knowing, reason_of
from bot.texts.message import Message
from handlers import asking, opening
from handlers.acts import Who
from storage import drafts
from storage.tables import Case, Draft


def begin(turn: Turn, chat_id: int, case: Case) -> None:
    """Ask for the words; an earlier question of this kind is left, and nobody is reminded of this one."""
    name = (chat_id, REASON.name)
    old = drafts.named(turn.session, name)
    if old is not None:
        drafts.drop(turn.session, old)
    opening.open_flow(turn, Who(chat_id, chat_id, True), REASON, knowing(case.id, case.round, case.number))
    draft = drafts.named(turn.session, name)
    assert draft is not None
    draft.nudged = True
    asking.keep(turn, draft, drafts.answers_of(turn.session, draft))


def finish(turn: Turn, draft: Draft, answers: Mapping[str, Any]) -> None:
    """It was said, or skipped: kept with the case, if the case still wants to know."""
    drafts.drop(turn.session, draft)
    told, speech = reason_of(answers), turn.speech(draft.chat_id)
    if told is None:
        turn.say(draft.chat_id, Message(speech.say("d_singkat")))
        return
    case_id, round_ = case_of(answers)
    file = casefile.open_for(turn, case_id, draft.chat_id)
    kept = file is not None and file.case.round == round_ and reasons.keep(turn, file, told)
    key = "d_selesai" if kept else "alasan_lewat"
    turn.say(draft.chat_id, Message(speech.say(key, nomor=answers[NUMBERED])))
