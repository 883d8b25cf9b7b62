"""After the end: the reporter says whether it helped, and a case is opened again, as a new round (rows 77, 78)."""

from bot.actions import complaints, ending, fixed_clock, ladder, news
from bot.actions.casefile import CaseFile, hold
from bot.actions.moving import move
from bot.actions.telling import TAKEN_BACK
from bot.actions.turn import Turn
from bot.core.addition import Addition
from bot.core.after_end import AGAIN, NO, YES, may_answer
from bot.core.escalation import Climb, Stuck
from bot.core.moves import Event, Status
from bot.core.standing import Given
from storage import cases, roster, timeline
from storage.tables import Report

ANSWERS = (YES, NO, AGAIN)


def answer(turn: Turn, report_id: str, chat_id: int, round_: int, given: str) -> Report | None:
    """The one answer after a round, kept and counted; None when it is not theirs, too late, or given already."""
    file = _file_of(turn, report_id, chat_id)
    if file is None or file.case.status != Status.CLOSED or file.case.round != round_:
        return None
    report = next(report for report in file.reports if report.id == report_id)
    assert file.case.closed_at is not None
    if given not in ending.answers(turn, file, report) or not may_answer(file.case.closed_at, turn.now):
        return None
    report.helped, report.helped_at, report.helped_round = given, turn.now, round_
    turn.session.add(report)
    turn.session.flush()
    of = file.case.id
    timeline.note(turn.session, of, "helped", timeline.REPORTER, turn.now, report=report.id, answer=given, round=round_)
    return report


def hold_for(turn: Turn, report: Report) -> CaseFile | None:
    """The case for what its reporter tells now; None at an end that they know of.

    An end that the fixed clock has not told yet is none to them, so the case goes on with what they tell: nobody else
    would read it, and an answer that says so would tell the end (row 134).
    """
    file = hold(turn, report.case_id)
    if file is None or fixed_clock.knows_end(file.case, report) or file.case.status == Status.WITHDRAWN:
        return None
    return reopen(turn, report, quietly=True) if file.case.status == Status.CLOSED else file


def reopen(turn: Turn, report: Report, *, other: bool = False, quietly: bool = False) -> CaseFile | None:
    """The case begins a new round; None when it is at another end, or gone. One that is open already stays as it is.

    `other`: whoever had it last is not asked first. `quietly`: its reporter does not know that it was at its end.
    """
    file = hold(turn, report.case_id)
    if file is None or file.case.status == Status.WITHDRAWN:
        return None
    if file.case.status != Status.CLOSED:
        return set_aside(turn, file) if other else file
    people = _aside(turn, file) if other else ()
    file = move(turn, file, Event.REOPEN, Given(reason=report.helped, people=people), actor=timeline.REPORTER)
    for row in file.reports:
        _tell_anew(turn, file, row, mine=row.id == report.id and not quietly)
    turn.session.flush()
    file, action = ladder.step(turn, file)
    if not isinstance(action, Stuck) and not (isinstance(action, Climb) and action.rung > 0):  # that step told them
        news.goes_on(turn, file, must=True)
    return file


def set_aside(turn: Turn, file: CaseFile) -> CaseFile:
    """Somebody else shall do it than who had it: others are asked at once, whoever has it now keeps it."""
    people = _aside(turn, file)
    if file.case.status != Status.OPEN or not people:
        return file
    file = move(turn, file, Event.SET_ASIDE, Given(people=people), actor=timeline.REPORTER)
    return ladder.step(turn, file)[0]


def somebody_else(turn: Turn, file: CaseFile, report: Report) -> None:
    """The wish for somebody else: whoever is above reads it, once; others are asked where nobody has the case."""
    wished = timeline.last(turn.session, file.case.id, "other_wanted")
    if wished is not None and wished >= file.case.round_at:
        return
    timeline.note(turn.session, file.case.id, "other_wanted", timeline.REPORTER, turn.now, report=report.id)
    complaints.pass_on(turn, file, Addition(), other=True)
    set_aside(turn, file)


def _aside(turn: Turn, file: CaseFile) -> tuple[str, ...]:
    """Who had the case last, if they could be asked."""
    last = complaints.last_holder(turn, file)
    return (last.id,) if last is not None and roster.hears(turn.session, last) else ()


def _tell_anew(turn: Turn, file: CaseFile, report: Report, *, mine: bool) -> None:
    """News comes again. Whose news comes by a clock hears it there, unless they opened the case themselves."""
    if report.told == TAKEN_BACK and not mine:
        return
    report.late_at = None
    if report.fixed_clock:
        fixed_clock.go_on(turn, file, report, mine=mine)
    else:
        report.told = None
    turn.session.add(report)


def _file_of(turn: Turn, report_id: str, chat_id: int) -> CaseFile | None:
    found = cases.own_report(turn.session, report_id, chat_id)
    return hold(turn, found[0].case_id) if found is not None else None
