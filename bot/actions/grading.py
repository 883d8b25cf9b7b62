"""A worker says that a case is graver, or calmer: the ladder follows at once (row 67).

Whoever calls has looked whether the table of moves lets them. None = it stands so already.
"""

from bot.actions import deadlines, ladder
from bot.actions.casefile import CaseFile
from bot.actions.moving import move
from bot.actions.turn import Turn
from bot.core.grades import calmer, graver
from bot.core.moves import Event, Status
from bot.core.standing import Given


def raise_it(turn: Turn, file: CaseFile, to: str) -> CaseFile | None:
    """One grade up: in an open case the ladder of that urgency begins now, and everybody awaited is rung."""
    if to != graver(file.case.urgency):
        return None
    file = _graded(turn, file, to)
    assert file.by is not None
    file = move(turn, file, Event.RAISE, Given(by=file.by.id))
    return ladder.step(turn, file)[0] if file.case.status == Status.OPEN else file


def lower_it(turn: Turn, file: CaseFile, to: str, reason: str) -> CaseFile | None:
    """One grade down, by whoever has it: the timeline says who and why. No clock that runs gets longer."""
    if to != calmer(file.case.urgency):
        return None
    return move(turn, _graded(turn, file, to), Event.LOWER, Given(reason=reason))


def _graded(turn: Turn, file: CaseFile, to: str) -> CaseFile:
    """The same case with another urgency and its ladder."""
    deadlines.regrade(turn, file.case, to)
    return CaseFile(turn, file.case, file.by)
