"""What a reporter adds to a report that has its number."""

from datetime import datetime

from sqlmodel import Session

from bot.actions import case_cards
from bot.actions.house import House
from bot.core.moves import ENDS
from storage import cases, timeline
from storage.cases import content, keep_content, own_report
from storage.tables import Case

ANSWERS = ("sudah", "takbisa")


def phoned(session: Session, house: House, report_id: str, answer: str, chat_id: int, now: datetime) -> Case | None:
    """The reporter says whether somebody was phoned; the workers' cards show it. None when it is not his to say."""
    found = own_report(session, report_id, chat_id)
    if found is None or answer not in ANSWERS:
        return None
    report = found[0]
    case = cases.lock(session, report.case_id)
    if case is None or case.status in ENDS or report.body_sealed is None:
        return None
    told = content(session, report)
    if told is not None and told.phoned != answer:
        keep_content(session, report, told.phoned_by(answer))
        session.flush()
        timeline.note(session, case.id, "phoned", timeline.REPORTER, now, report=report.id, answer=answer)
        case_cards.refresh(session, house, case, now)
    return case
