"""Why somebody passed a case on, in their own words: sealed with their ask, read by whoever is asked next (row 41)."""

from bot.actions import case_cards
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.addition import Addition
from bot.core.moves import Event, Status, may
from bot.core.passing import IN_WORDS
from bot.texts.notes import Note
from storage import additions, timeline


def keep(turn: Turn, file: CaseFile, told: Addition) -> bool:
    """Keep it with the ask of whoever came through the door; False when it is no longer theirs to explain."""
    ask = file.ask
    if ask is None or ask.reason != IN_WORDS or not may(Status(file.case.status), Event.EXPLAIN, file.are):
        return False
    assert file.by is not None
    additions.keep_why(turn.session, ask, told)
    timeline.note(turn.session, file.case.id, "explain_words", file.by.id, turn.now, role=file.by.role)
    case_cards.draw(turn, CaseFile(turn, file.case, file.by))
    return True


def said(turn: Turn, file: CaseFile) -> tuple[Note, ...]:
    """What those said who passed it on in this round, with the moment when they were asked."""
    told = [(ask, additions.why(turn.session, ask)) for ask in file.asks if ask.reason == IN_WORDS]
    return tuple(Note(ask.fired_at, ask.role, why) for ask, why in told if why is not None)
