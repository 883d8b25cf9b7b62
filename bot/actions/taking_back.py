"""A reporter takes a report back: while nobody has it the case ends, else it goes on and the workers know (row 158)."""

from dataclasses import dataclass

from bot.actions.casefile import CaseFile, hold
from bot.actions.moving import move
from bot.actions.telling import TAKEN_BACK
from bot.actions.turn import Turn
from bot.core.moves import ENDS, Event, Status
from bot.core.taking_back import Asked, ends_case, is_safe
from storage import cases, timeline
from storage.tables import Report


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The report that was taken back, and whether it is over."""

    report: Report
    over: bool
    discreet: bool
    """Whether its answer says nothing of what happens to the case."""


def take_back(turn: Turn, report_id: str, chat_id: int) -> TakenBack | None:
    """*Ya, tarik*: once more changes nothing. None when the report is not theirs, or its case is at its end.

    Whose news comes by a fixed clock does not learn here that it is.
    """
    found = cases.own_report(turn.session, report_id, chat_id)
    file = hold(turn, found[0].case_id) if found is not None else None
    if file is None or (file.case.status in ENDS and not _of(file, report_id).fixed_clock):
        return None
    report = _of(file, report_id)
    asked = _asked(turn, file, report)
    done = TakenBack(report, is_safe(asked), asked.locked or asked.of_oneself)
    if report.withdrawn_at is not None:
        return done
    report.withdrawn_at = turn.now
    if done.over:
        report.told, report.told_at = TAKEN_BACK, turn.now
        report.promised_at = report.news_at = report.late_at = None
    turn.session.add(report)
    turn.session.flush()
    timeline.note(turn.session, file.case.id, "taken_back", timeline.REPORTER, turn.now, report=report.id)
    if file.case.status not in ENDS:
        move(turn, CaseFile(turn, file.case), _event(asked), actor=timeline.REPORTER)
    return done


def _of(file: CaseFile, report_id: str) -> Report:
    return next(report for report in file.reports if report.id == report_id)


def _event(asked: Asked) -> Event:
    return Event.WITHDRAW if ends_case(asked) else Event.DOUBT


def _asked(turn: Turn, file: CaseFile, report: Report) -> Asked:
    case, content, field = file.case, file.contents[report.id], turn.house.known.knowledge
    others = (other for other in file.reports if other.id != report.id)
    return Asked(
        unowned=case.status == Status.OPEN,
        urgency=case.urgency,
        locked=report.fixed_clock or field.by_fixed_clock(case.category, case.danger),
        of_oneself=content is None or content.of_oneself,
        alone=all(other.told == TAKEN_BACK for other in others),
    )
