"""Nobody said a word to what was asked after the number: what happens of itself."""

from bot.actions.turn import Turn
from handlers import added, after_end, noting
from storage import additions


def unanswered(turn: Turn, addition_id: str) -> None:
    """It is added, or kept as a note; nothing is taken back, no danger assumed; what did not help is opened again."""
    row = additions.hold(turn.session, addition_id)
    if row is None or row.due_at is None or row.due_at > turn.now:
        return
    if row.noted_by is not None:
        noting.unanswered(turn, row)
    elif row.complaint:
        after_end.unanswered(turn, row)
    elif row.told_at is not None:
        row.due_at = None
        turn.session.add(row)
    elif additions.content(turn.session, row).withdraws:
        added.let_be(turn, row)
    else:
        added.add(turn, row, unasked=True)
