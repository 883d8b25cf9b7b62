"""A note of whoever has the case: kept with it, read by whoever has it next and by those above (row 62).

It is the first word that is awaited of an owner; later clocks are not moved by it.
"""

from dataclasses import replace

from bot.actions.casefile import CaseFile
from bot.actions.moving import move
from bot.actions.turn import Turn
from bot.core.addition import Addition
from bot.core.media import Care
from bot.core.moves import Event
from bot.core.pictures import spoken
from storage import additions
from storage.tables import Addition as Row
from storage.tables import Case


def keep(turn: Turn, file: CaseFile, addition_id: str) -> CaseFile | None:
    """Keep it with this case, whose owner came through the door; None when it is not theirs or was kept before."""
    assert file.by is not None
    row = additions.note(turn.session, addition_id, file.by.chat_id or 0)
    if row is None or row.told_at is not None:
        return None
    told = additions.content(turn.session, row)
    if keeps_no_pictures(turn, file.case):
        told = replace(told, media=spoken(told.media))
    first = file.reports[0]
    row.case_id, row.report_id, row.noted_by = file.case.id, first.id, file.by.id
    row.told_at, row.due_at, first.noted_at = turn.now, None, turn.now
    turn.session.add(first)
    close(turn, additions.keep(turn.session, row, told))
    turn.session.flush()
    return move(turn, file, Event.NOTE)


def begin(turn: Turn, case: Case, chat_id: int, content: Addition) -> Row:
    """A note that waits for a word; it belongs to this case unless its worker says otherwise."""
    return additions.begin_note(turn.session, case, chat_id, content, turn.now)


def close(turn: Turn, row: Row) -> None:
    """The question about it loses its buttons."""
    uid, row.offer_uid = row.offer_uid, None
    if uid is not None:
        turn.edit(row.chat_id, uid, None)


def keeps_no_pictures(turn: Turn, case: Case) -> bool:
    """Whether no picture of this case may be kept."""
    return turn.house.known.knowledge.care(case.category, case.danger) is Care.REFUSED
