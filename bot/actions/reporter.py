"""What a reporter adds to a report that has its number."""

import json
from datetime import datetime

from sqlmodel import Session

from bot.actions import case_cards
from bot.actions.house import House
from bot.core.moves import ENDS
from storage import cases, timeline
from storage.cases import own_report, report_body
from storage.tables import Case
from storage.vault import vault_of

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
    body = report_body(session, report)
    if body.get("gawat") != answer:
        text = json.dumps({**body, "gawat": answer}, ensure_ascii=False)
        report.body_sealed = vault_of(session).seal(session, "report", "body", report.id, text, key=case.id)
        session.add(report)
        session.flush()
        timeline.note(session, case.id, "phoned", timeline.REPORTER, now, report=report.id, answer=answer)
        case_cards.refresh(session, house, case, now)
    return case
