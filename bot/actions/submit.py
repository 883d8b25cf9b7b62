"""Submit: a finished draft becomes one report of one case, and its ladder begins in the same transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from bot.actions import deadlines, ladder
from bot.actions.house import House
from bot.core.escalation import Climb, Stuck
from storage import timeline
from storage.tables import Case, Draft, Report
from storage.types import new_id, new_number
from storage.vault import vault_of


@dataclass(frozen=True, slots=True)
class Submitted:
    """The report with its number, and what the first step of the ladder was."""

    report: Report
    case: Case
    first: Climb | Stuck | None
    fresh: bool = True


def submit(session: Session, house: House, draft: Draft, answers: Mapping[str, Any], now: datetime) -> Submitted:
    """One submission is one report (I2): a second one of the same draft gets the same number."""
    origin = f"draft:{draft.chat_id}:{draft.id}"
    old = session.exec(select(Report).where(Report.origin == origin)).one_or_none()
    if old is not None:
        case = session.get(Case, old.case_id)
        assert case is not None
        return Submitted(old, case, None, fresh=False)
    place = answers["tempat"]
    urgency = house.known.knowledge.urgency(answers["jenis"], answers["bahaya"])
    flag = house.known.knowledge.categories[answers["jenis"]].flag(answers["bahaya"])
    always = urgency == "mendesak" and (answers["jenis"] == "anak" or flag == "seksual")
    number = new_number()
    case = Case(
        id=new_id(),
        number=number,
        round_at=now,
        urgency=urgency,
        category=answers["jenis"],
        danger=answers["bahaya"],
        kabupaten=place["kab"],
        kecamatan=place["kec"],
        desa=place["desa"],
        skip_kecamatan=bool(answers.get("_lompat")),
        policy_id=deadlines.new_policy(session, house, urgency, place["kec"] or place["kab"], always=always),
        next_due_at=now,
        created_at=now,
    )
    session.add(case)
    vault_of(session).create(session, case.id)
    session.flush()
    report_id = new_id()
    body = json.dumps(dict(answers), ensure_ascii=False)
    report = Report(
        id=report_id,
        number=number,
        origin=origin,
        case_id=case.id,
        chat_id=draft.chat_id,
        body_sealed=vault_of(session).seal(session, "report", "body", report_id, body, key=case.id),
        created_at=now,
    )
    session.add(report)
    session.flush()
    timeline.note(session, case.id, "submit", timeline.REPORTER, now, report=report.id, urgency=urgency)
    first = ladder.step(session, house, case, now)
    assert first is None or isinstance(first, Climb | Stuck)
    return Submitted(report, case, first)
