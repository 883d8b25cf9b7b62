"""Submit: a finished draft becomes one report of one case, and its ladder begins in the same transaction."""

from dataclasses import dataclass

from sqlmodel import select

from bot.actions import deadlines, ladder
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.escalation import Climb, Stuck
from bot.core.moves import opened
from bot.core.report import Report as Told
from storage import cases, timeline
from storage.standing import columns
from storage.tables import Case, Draft, Report
from storage.types import new_id, new_number


@dataclass(frozen=True, slots=True)
class Submitted:
    """The report with its number, and what the first step of the ladder was."""

    report: Report
    file: CaseFile
    first: Climb | Stuck | None
    fresh: bool = True


def submit(turn: Turn, draft: Draft, told: Told) -> Submitted:
    """One submission is one report (I2): a second one of the same draft gets the same number."""
    turn.session.alone()
    origin = f"draft:{draft.chat_id}:{draft.id}"
    old = turn.session.exec(select(Report).where(Report.origin == origin)).one_or_none()
    if old is not None:
        case = turn.session.get(Case, old.case_id)
        assert case is not None
        return Submitted(old, CaseFile(turn, case), None, fresh=False)
    field = turn.house.known.knowledge
    urgency = field.urgency(told.category, told.danger, quick=told.quick)
    always = field.rings_always(told.category, told.danger)
    number, place = new_number(), told.kecamatan or told.kabupaten
    case = Case(
        id=new_id(),
        number=number,
        urgency=urgency,
        category=told.category,
        danger=told.danger,
        kabupaten=told.kabupaten,
        kecamatan=told.kecamatan,
        desa=told.desa,
        skip_kecamatan=told.skips_kecamatan,
        policy_id=deadlines.new_policy(turn, urgency, place, always=always),
        created_at=turn.now,
        **columns(opened(turn.now)),
    )
    turn.session.add(case)
    turn.session.vault.create(turn.session, case.id)
    turn.session.flush()
    report = Report(
        id=new_id(),
        number=number,
        origin=origin,
        case_id=case.id,
        chat_id=draft.chat_id,
        body_sealed=None,
        fixed_clock=told.of_family or field.by_fixed_clock(told.category, told.danger),
        created_at=turn.now,
    )
    cases.keep_content(turn.session, report, told)
    turn.session.flush()
    timeline.note(turn.session, case.id, "submit", timeline.REPORTER, turn.now, report=report.id, urgency=urgency)
    file, first = ladder.step(turn, CaseFile(turn, case))
    assert isinstance(first, Climb | Stuck)
    return Submitted(report, file, first)
