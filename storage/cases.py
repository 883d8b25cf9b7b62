"""Questions about cases, reports and asks; `case_for` is the one door to a case."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy import select as columns_of
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from bot.core import report as told
from bot.core.company import COMES, SILENT
from bot.core.escalation import GRACE, AskState
from bot.core.levels import Level
from bot.core.moves import Status
from bot.core.roles import ROLES
from storage import kinds
from storage.session import Session
from storage.standing import GROUP, look_now
from storage.tables import Ask, Case, Member, Outbox, Policy, Report
from storage.types import MOST, NOW, fixed

_case: Any = Case.__table__  # type: ignore[attr-defined]
_DUE = columns_of(_case.c.id, _case.c.urgency, _case.c.next_due_at).where(_case.c.next_due_at <= NOW)
_DUE = _DUE.order_by(_case.c.next_due_at).limit(MOST)
_HANDED = columns_of(_case.c.id).where(_case.c.handed_until <= NOW).order_by(_case.c.handed_until).limit(MOST)
_COMPANY = columns_of(_case.c.id).where(_case.c.company_until <= NOW).order_by(_case.c.company_until).limit(MOST)
_OPEN, _WAITING = col(Case.status) == fixed(Status.OPEN), col(Ask.state) == fixed(AskState.WAITING)


def due(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Ids of the cases whose next due time has come, the gravest first."""
    rank = {"darurat": 0, "mendesak": 1}
    rows = session.core(_DUE, {"now": now, "most": limit}).all()
    return [row[0] for row in sorted(rows, key=lambda row: (rank.get(row[1], 2), row[2]))]


def lock(session: Session, case_id: str, *, skip: bool = False) -> Case | None:
    """The case, held until this transaction ends; with `skip`, None when somebody else holds it."""
    session.alone()
    query = select(Case).where(Case.id == case_id).with_for_update(skip_locked=skip)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def case_for(session: Session, case_id: str, user_id: int) -> tuple[Case, Member] | None:
    """The one door: the case, held, and the role by which this person may touch it.

    None both when it does not exist and when it is not theirs: the two look alike.
    """
    session.alone()
    query = (
        select(Case, Member)
        .join(Member, and_(col(Member.chat_id) == user_id, col(Member.active), _comes_in()))
        .where(Case.id == case_id)
        .order_by(_opens("provinsi"), col(Member.role).desc())
        .limit(1)
        .with_for_update(of=Case)
        .execution_options(populate_existing=True)
    )
    found = session.exec(query).one_or_none()
    return (found[0], found[1]) if found else None


def openable(session: Session, case_ids: Sequence[str], user_id: int) -> set[str]:
    """Which of these cases the one door lets this person through to."""
    mine = and_(col(Member.chat_id) == user_id, col(Member.active), _comes_in())
    return set(session.exec(select(Case.id).join(Member, mine).where(col(Case.id).in_(case_ids))))


def in_their_area(session: Session, case_id: str, user_id: int) -> bool:
    """Whether this person has a role where the case is, whoever has it."""
    mine = and_(col(Member.chat_id) == user_id, col(Member.active), _in_their_area())
    return session.exec(select(Case.id).join(Member, mine).where(Case.id == case_id)).first() is not None


def _comes_in() -> Any:
    """Who has a role where the case is, whom its owner asks to take it over or to go along, and the owner.

    So a worker of another kecamatan comes in while they are asked, as long as they go along, and once they have it.
    """
    works = col(Member.role).in_([role.code for role in ROLES.values() if role.opens])
    says = col(Case.company_says)
    answers = or_(says.is_(None), says.in_((COMES, SILENT)))
    along = and_(col(Member.id) == Case.company_id, answers)
    named = or_(col(Member.id) == Case.handed_to, col(Member.id) == Case.owner_id, along)
    return or_(_in_their_area(), and_(works, named))


def _in_their_area() -> Any:
    """A role's area is where the case is; an admin's role opens no case."""
    return or_(
        and_(_opens("kecamatan"), col(Member.area) == Case.kecamatan, ~col(Case.skip_kecamatan)),
        and_(_opens("kabupaten"), col(Member.area) == Case.kabupaten),
        _opens("provinsi"),
    )


def _opens(level: Level) -> Any:
    return col(Member.role).in_([role.code for role in ROLES.values() if role.opens and role.level == level])


def asks(session: Session, case: Case) -> Sequence[Ask]:
    """The asks of the present round, in the order they were made."""
    query = select(Ask).where(Ask.case_id == case.id, Ask.round == case.round)
    return session.exec(query.order_by(col(Ask.rung), col(Ask.fired_at), col(Ask.id))).all()


def ask_again(session: Session, case: Case) -> bool:
    """Whether nobody was asked or reminded since the outage that gave this case its grace."""
    return case.grace_until is not None and not _asked_since(session, case, case.grace_until - GRACE)


def _asked_since(session: Session, case: Case, since: datetime) -> bool:
    """Whether anybody was asked or reminded about this case since then."""
    pings = col(Outbox.kind).in_(kinds.PINGS)
    query = select(Outbox.seq).where(Outbox.case_id == case.id, pings, col(Outbox.created_at) >= since)
    return session.exec(query.limit(1)).first() is not None


def content(session: Session, report: Report) -> told.Report | None:
    """What the reporter told; None once it was forgotten."""
    if report.body_sealed is None:
        return None
    text = session.vault.open(session, "report", "body", report.id, report.body_sealed, key=report.case_id)
    return told.from_json(json.loads(text), report.created_at)


def keep_content(session: Session, report: Report, content: told.Report) -> None:
    """Seal what was told with its report."""
    text = json.dumps(content.to_json(), ensure_ascii=False)
    report.body_sealed = session.vault.seal(session, "report", "body", report.id, text, key=report.case_id)
    session.add(report)


def reports_of(session: Session, chat_id: int, limit: int = 10) -> Sequence[tuple[Report, Case]]:
    """A person's own reports, newest first."""
    query = select(Report, Case).join(Case, col(Case.id) == col(Report.case_id)).where(Report.chat_id == chat_id)
    return [(report, case) for report, case in session.exec(query.order_by(col(Report.created_at).desc()).limit(limit))]


def own_report(session: Session, report_id: str, chat_id: int) -> tuple[Report, Case] | None:
    """One of a person's own reports, or None."""
    query = select(Report, Case).join(Case, col(Case.id) == col(Report.case_id))
    found = session.exec(query.where(Report.id == report_id, Report.chat_id == chat_id)).one_or_none()
    return (found[0], found[1]) if found else None


def reports(session: Session, case: Case) -> Sequence[Report]:
    """Every report of a case, oldest first."""
    if (known := session.ahead.ready().reports.get(case.id)) is not None:
        return known
    return session.exec(select(Report).where(Report.case_id == case.id).order_by(col(Report.created_at))).all()


def numbered(session: Session, number: str) -> Case | None:
    """The case with the report of this number, to be looked at and not changed."""
    query = select(Case).join(Report, col(Report.case_id) == col(Case.id))
    return session.exec(query.where(Report.number == number)).one_or_none()


def waiting_for(session: Session, chat_id: int, limit: int = 20) -> Sequence[Case]:
    """Open cases on which this person was asked and has not answered, the gravest first."""
    query = (
        select(Case)
        .join(Ask, and_(col(Ask.case_id) == Case.id, col(Ask.round) == Case.round, _WAITING))
        .where(Ask.chat_id == chat_id, _OPEN)
    )
    return session.exec(query.order_by(col(Case.urgency) != "darurat", col(Case.created_at)).limit(limit)).all()


def owned_by(session: Session, chat_id: int, limit: int = 20) -> Sequence[Case]:
    """Cases this person has taken and not finished."""
    query = (
        select(Case)
        .join(Member, col(Member.id) == col(Case.owner_id))
        .where(Member.chat_id == chat_id, col(Case.status) == fixed(Status.ACKNOWLEDGED))
    )
    return session.exec(query.order_by(col(Case.acknowledged_at)).limit(limit)).all()


def named(session: Session, case_ids: Sequence[str]) -> dict[str, Case]:
    """These cases by their ids, to be looked at and not changed."""
    return {case.id: case for case in session.exec(select(Case).where(col(Case.id).in_(case_ids)))}


def keep_policy(session: Session, policy_id: str, body: str) -> None:
    """Store a ladder once, however many cases begin with it at the same time."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(Policy).values(id=policy_id, body=body).on_conflict_do_nothing())


def handed_due(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Ids of the cases that nobody took over in time."""
    return session.execute(_HANDED, {"now": now, "most": limit}).scalars().all()


def company_due(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Ids of the cases of which nobody said in time whether they go along."""
    return session.core(_COMPANY, {"now": now, "most": limit}).scalars().all()


def reopen_vacant(session: Session, now: datetime) -> None:
    """Cases about which nobody is awaited are looked at again: somebody came in."""
    awaited = select(Ask.id).where(Ask.case_id == Case.id, Ask.round == Case.round, Ask.rung == Case.rung)
    awaited = awaited.where(_WAITING, col(Ask.person) != GROUP)
    alive = col(Case.next_due_at).is_not(None)
    look_now(session, and_(alive, _OPEN, or_(col(Case.stuck), ~awaited.exists())), now)


def number_of_draft(session: Session, chat_id: int, draft_id: str) -> str | None:
    """The number a draft got when it was sent, or None."""
    return session.exec(select(Report.number).where(Report.origin == f"draft:{chat_id}:{draft_id}")).one_or_none()
