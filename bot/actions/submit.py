"""Submit: a finished draft becomes one report of one case, and its ladder begins in the same transaction."""

from dataclasses import dataclass

from sqlmodel import select

from bot.actions import deadlines, ladder
from bot.actions.casefile import CaseFile
from bot.actions.moving import move
from bot.actions.turn import Turn
from bot.core.escalation import Climb, Stuck, Wait
from bot.core.figures import RESIDENT, VOLUNTEER, WORKER
from bot.core.moves import Event, opened
from bot.core.report import Report as Told
from bot.core.roles import ROLES
from bot.core.standing import Given
from storage import cases, roster, timeline
from storage.standing import columns
from storage.tables import Case, Draft, Member, Report
from storage.types import new_id, new_number

KEEPER = "tksk"
"""The role whose own report, in the own kecamatan, need not be asked about."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The report with its number, and what the first step of the ladder was; none if its reporter has it."""

    report: Report
    file: CaseFile
    first: Climb | Stuck | Wait | None
    fresh: bool = True


def submit(turn: Turn, draft: Draft, told: Told, *, keeps: bool = False) -> Submitted:
    """One submission is one report (I2): a second one of the same draft gets the same number.

    `keeps`: its reporter takes it at once, if they are the worker of its kecamatan; else the ladder begins.
    """
    turn.session.alone()
    origin = f"draft:{draft.chat_id}:{draft.id}"
    old = turn.session.exec(select(Report).where(Report.origin == origin)).one_or_none()
    if old is not None:
        case = turn.session.get(Case, old.case_id)
        assert case is not None
        return Submitted(old, CaseFile(turn, case), None, fresh=False)
    field = turn.house.known.knowledge
    urgency = field.urgency(told.category, told.danger, quick=told.quick)
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
        policy_id=deadlines.new_policy(turn, urgency, place, told.category, told.danger),
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
        sent_by=_sent_by(turn, draft.chat_id, told),
        fixed_clock=told.of_family or field.by_fixed_clock(told.category, told.danger),
        created_at=turn.now,
    )
    cases.keep_content(turn.session, report, told)
    turn.session.flush()
    timeline.note(turn.session, case.id, "submit", timeline.REPORTER, turn.now, report=report.id, urgency=urgency)
    worker = _worker(turn, draft.chat_id, told) if keeps else None
    if worker is not None:
        return Submitted(report, move(turn, CaseFile(turn, case, worker), Event.KEEP, Given(by=worker.id)), None)
    file, first = ladder.step(turn, CaseFile(turn, case))
    assert isinstance(first, Climb | Stuck | Wait)
    return Submitted(report, file, first)


def _sent_by(turn: Turn, chat_id: int, told: Told) -> str:
    """Who sends it, for the figures: whoever is both a worker and reports for somebody is a worker."""
    roles = {own.role for own in roster.roles_of(turn.session, chat_id)}
    if any(ROLES[role].opens for role in roles):
        return WORKER
    return VOLUNTEER if told.on_behalf or "volunteer" in roles else RESIDENT


def posts(turn: Turn, chat_id: int) -> set[str]:
    """The kecamatan whose worker somebody is."""
    return {own.area for own in roster.roles_of(turn.session, chat_id) if own.role == KEEPER}


def _worker(turn: Turn, chat_id: int, told: Told) -> Member | None:
    """The role by which somebody is the worker where their report is; read again, for it may have gone meanwhile."""
    mine = roster.roles_of(turn.session, chat_id)
    return next((own for own in mine if own.role == KEEPER and own.area == told.kecamatan), None)
