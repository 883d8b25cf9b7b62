"""Nobody said a word to what was asked after the number: what happens of itself."""

from bot.actions.turn import Turn
from handlers import added, after_end
from storage import additions


def unanswered(turn: Turn, addition_id: str) -> None:
    """It is added; nothing is taken back, and no danger is assumed; a case that did not help is opened again."""
    row = additions.hold(turn.session, addition_id)
    if row is None or row.due_at is None or row.due_at > turn.now:
        return
    if row.complaint:
        after_end.unanswered(turn, row)
    elif row.told_at is not None:
        row.due_at = None
        turn.session.add(row)
    elif additions.content(turn.session, row).withdraws:
        added.let_be(turn, row)
    else:
        added.add(turn, row, unasked=True)
