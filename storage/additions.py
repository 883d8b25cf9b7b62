"""What reporters told after the number, and workers noted: of each chat one at most waits for a word."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select as columns_of
from sqlmodel import and_, col, func, or_, select

from bot.core import addition as told
from bot.core.moves import ENDS
from bot.core.news_clock import OVER
from storage.session import Session
from storage.tables import Addition, Ask, Case, Report
from storage.types import MOST, NOW, new_id

SHOWN = 3
"""Reports among which somebody chooses at most."""
_addition: Any = Addition.__table__  # type: ignore[attr-defined]
_DUE = columns_of(_addition.c.id).where(_addition.c.due_at <= NOW).order_by(_addition.c.due_at).limit(MOST)


def begin(
    session: Session,
    report: Report,
    content: told.Addition,
    now: datetime,
    due: datetime,
    *,
    complaint: bool = False,
) -> Addition:
    """One more, for this report; a word is waited for until `due`."""
    row = Addition(
        id=new_id(),
        case_id=report.case_id,
        report_id=report.id,
        chat_id=report.chat_id,
        body_sealed=b"",
        created_at=now,
        due_at=due,
        complaint=complaint,
    )
    return keep(session, row, content)


def begin_note(session: Session, case: Case, chat_id: int, content: told.Addition, now: datetime) -> Addition:
    """A note of whoever has this case; a word is waited for until a full minute."""
    assert case.owner_id is not None
    first = session.exec(select(Report.id).where(Report.number == case.number)).one()
    due = (now + told.ADDED_AFTER).replace(second=0, microsecond=0) + timedelta(minutes=1)
    row = Addition(
        id=new_id(),
        case_id=case.id,
        report_id=first,
        chat_id=chat_id,
        body_sealed=b"",
        created_at=now,
        due_at=due,
        noted_by=case.owner_id,
    )
    row = keep(session, row, content)
    session.flush()
    return row


def keep(session: Session, row: Addition, content: told.Addition) -> Addition:
    """Seal what was told."""
    text = json.dumps(content.to_json(), ensure_ascii=False)
    row.body_sealed = session.vault.seal(session, "addition", "body", row.id, text, key=row.case_id)
    session.add(row)
    return row


def content(session: Session, row: Addition) -> told.Addition:
    """What was told."""
    text = session.vault.open(session, "addition", "body", row.id, row.body_sealed, key=row.case_id)
    return told.from_json(json.loads(text))


def keep_why(session: Session, ask: Ask, content: told.Addition | None) -> None:
    """Seal why somebody passed a case on, with their ask; None: they have not said it."""
    text = json.dumps(content.to_json(), ensure_ascii=False) if content is not None else None
    sealed = session.vault.seal(session, "ask", "why", ask.id, text, key=ask.case_id) if text is not None else None
    ask.why_sealed = sealed
    session.add(ask)


def why(session: Session, ask: Ask) -> told.Addition | None:
    """Why somebody passed a case on, if they said it in words."""
    if ask.why_sealed is None:
        return None
    text = session.vault.open(session, "ask", "why", ask.id, ask.why_sealed, key=ask.case_id)
    return told.from_json(json.loads(text))


def may_be_about(session: Session, chat_id: int, since: datetime) -> Sequence[Report]:
    """The reports of a chat that something said now may be about, the newest first: not old, and not at their end.

    An end that the fixed clock has not told yet counts as none: else the answer would tell it (row 134).
    """
    untold = and_(col(Report.fixed_clock), func.coalesce(col(Report.told), "") != OVER)
    query = select(Report).join(Case, col(Case.id) == col(Report.case_id))
    query = query.where(Report.chat_id == chat_id, col(Report.created_at) >= since)
    query = query.where(or_(col(Case.status).not_in(ENDS), untold))
    return session.exec(query.order_by(col(Report.created_at).desc()).limit(SHOWN)).all()


def recent(session: Session, chat_id: int, since: datetime) -> Sequence[Report]:
    """The reports of a chat since then, the newest first, those of cases at their end too."""
    query = select(Report).where(Report.chat_id == chat_id, col(Report.created_at) >= since)
    return session.exec(query.order_by(col(Report.created_at).desc()).limit(SHOWN)).all()


def waiting(session: Session, chat_id: int) -> Addition | None:
    """The newest one of a chat's reports about which a word is waited for."""
    return _waiting(session, chat_id, col(Addition.noted_by).is_(None))


def waiting_note(session: Session, chat_id: int) -> Addition | None:
    """The note of a worker that waits for a word."""
    return _waiting(session, chat_id, col(Addition.noted_by).is_not(None))


def note(session: Session, addition_id: str, chat_id: int) -> Addition | None:
    """One of a worker's own notes, held."""
    query = select(Addition).where(Addition.id == addition_id, Addition.chat_id == chat_id)
    return session.exec(query.where(col(Addition.noted_by).is_not(None)).with_for_update()).first()


def notes(session: Session, case_id: str) -> Sequence[Addition]:
    """The notes that were kept with a case, the oldest first."""
    query = select(Addition).where(Addition.case_id == case_id, col(Addition.told_at).is_not(None))
    query = query.where(col(Addition.noted_by).is_not(None))
    return session.exec(query.order_by(col(Addition.told_at), col(Addition.id))).all()


def _waiting(session: Session, chat_id: int, which: Any) -> Addition | None:
    """The newest that a chat said about which a word is waited for, held."""
    query = select(Addition).where(Addition.chat_id == chat_id, col(Addition.due_at).is_not(None), which)
    return session.exec(query.order_by(col(Addition.created_at).desc()).with_for_update()).first()


def complaint(session: Session, addition_id: str, chat_id: int) -> Addition | None:
    """One of a chat's own complaints, held."""
    query = select(Addition).where(Addition.id == addition_id, Addition.chat_id == chat_id, col(Addition.complaint))
    return session.exec(query.with_for_update()).first()


def of_case(session: Session, addition_id: str, case_id: str) -> Addition | None:
    """One that reached this case."""
    query = select(Addition).where(Addition.id == addition_id, Addition.case_id == case_id)
    query = query.where(~col(Addition.complaint), col(Addition.noted_by).is_(None))
    return session.exec(query.where(col(Addition.told_at).is_not(None))).first()


def hold(session: Session, addition_id: str) -> Addition | None:
    """One about which a word is still waited for, held until this transaction ends."""
    query = select(Addition).where(Addition.id == addition_id, col(Addition.due_at).is_not(None))
    return session.exec(query.with_for_update()).first()


def of_report(session: Session, report_id: str, *, complaints: bool = False) -> Sequence[Addition]:
    """Those that reached the case, the oldest first; or the complaints about the work on it."""
    query = select(Addition).where(Addition.report_id == report_id, col(Addition.told_at).is_not(None))
    query = query.where(col(Addition.complaint) == complaints, col(Addition.noted_by).is_(None))
    return session.exec(query.order_by(col(Addition.told_at), col(Addition.id))).all()


def all_of(session: Session, report: Report) -> Sequence[Addition]:
    """Everything that its reporter told after the number: what waits for a word, and complaints too."""
    query = select(Addition).where(Addition.case_id == report.case_id, Addition.report_id == report.id)
    query = query.where(col(Addition.noted_by).is_(None))
    return session.exec(query.order_by(col(Addition.created_at), col(Addition.id))).all()


def drop(session: Session, row: Addition) -> None:
    """Forget one."""
    session.delete(row)
    session.flush()


def due(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Ids of those that nobody said a word about."""
    return session.core(_DUE, {"now": now, "most": limit}).scalars().all()
