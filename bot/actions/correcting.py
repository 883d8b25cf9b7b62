"""A reporter corrects where it is or what it is: the case is asked about anew, or its owner decides (row 16)."""

from dataclasses import dataclass

from bot.actions import additions as telling
from bot.actions import after_end, case_cards, deadlines, fixed_clock, ladder, news, pictures
from bot.actions.casefile import CaseFile, open_for
from bot.actions.moving import move
from bot.actions.telling import TAKEN_BACK
from bot.actions.turn import Turn
from bot.core import correction as rules
from bot.core.addition import Addition
from bot.core.correction import Asked, Correction
from bot.core.escalation import AskState, Climb, Policy, Stuck
from bot.core.moves import Event, Status, may
from bot.core.report import Report as Told
from bot.texts import correcting as cards
from bot.texts.message import Message
from storage import additions, cases, kinds, roster, timeline
from storage.standing import GROUP
from storage.tables import Case, Report


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of it: the case is asked about anew, or its workers read it."""

    report: Report
    file: CaseFile
    anew: bool
    dropped: bool = False
    """Whether pictures were dropped that must not be kept of what it is."""


def correct(turn: Turn, report_id: str, chat_id: int, right: Correction, words: str) -> Corrected | None:
    """What was wrong is put right, or told to the workers in `words`; None when it is not theirs, or at its end."""
    found = cases.own_report(turn.session, report_id, chat_id)
    file = after_end.hold_for(turn, found[0]) if found is not None else None
    if file is None:
        return None
    report = next(report for report in file.reports if report.id == report_id)
    told = file.contents[report.id]
    dropped = told is not None and pictures.drop(turn, report, meant=right.of(told))
    if dropped:
        file = CaseFile(turn, file.case)
        told = file.contents[report.id]
    if told is not None and rules.at_once(_asked(turn, file, told, right), right):
        return Corrected(report, _anew(turn, file, report, right.of(told)), anew=True, dropped=dropped)
    row = additions.begin(turn.session, report, Addition(words, correction=right), turn.now, turn.now)
    after = telling.add(turn, row)
    assert after is not None, "it was held, and is not at its end"
    owner = after.owner
    if owner is not None and owner.chat_id == chat_id:  # nobody is asked about their own report
        own = amend(turn, CaseFile(turn, after.case, owner), row.id)
        return Corrected(report, own or after, anew=own is not None and not own.mine)
    if owner is not None and owner.chat_id is not None and roster.hears(turn.session, owner):
        message = cards.shall_it(turn.speech(owner.chat_id), after.facts, words, row.id)
        turn.say(owner.chat_id, message, kinds.OWNER_CARD, case=after.case)
    return Corrected(report, after, anew=False, dropped=dropped)


def by_worker(turn: Turn, report_id: str, chat_id: int, right: Correction) -> CaseFile | None:
    """Whoever has the case, or passed it on, puts it right; out of their area others are asked, with a fresh clock.

    None: it is not theirs, it is at its end, or there is nothing to change.
    """
    report = turn.session.get(Report, report_id)
    file = open_for(turn, report.case_id, chat_id) if report is not None else None
    if report is None or file is None:
        return None
    told, status = file.contents[report.id], Status(file.case.status)
    if told is None or right.of(told) == told:
        return None
    if may(status, Event.AMEND, file.are):
        pictures.drop(turn, report, meant=right.of(told))
        return _amend(turn, CaseFile(turn, file.case, file.by), report, right.of(told))
    if status is Status.OPEN and may(status, Event.EXPLAIN, file.are):
        return _anew(turn, file, report, right.of(told))
    return None


def amend(turn: Turn, file: CaseFile, addition_id: str) -> CaseFile | None:
    """*Ubah*: the owner puts it right; out of their area, others are asked. None: there is nothing to change."""
    row = additions.of_case(turn.session, addition_id, file.case.id)
    right = additions.content(turn.session, row).correction if row is not None else None
    report = next((report for report in file.reports if row is not None and report.id == row.report_id), None)
    told = file.contents[report.id] if report is not None else None
    if right is None or report is None or told is None or right.of(told) == told:
        return None
    return _amend(turn, file, report, right.of(told))


def _amend(turn: Turn, file: CaseFile, report: Report, meant: Told) -> CaseFile:
    """The owner puts it right; out of their area, or if the ladder of its sort is not theirs, others are asked."""
    before, ladder_before = (file.case.kabupaten, file.case.kecamatan), file.policy
    _write(turn, file.case, report, meant, danger=any(one.danger_at for one in file.reports))
    file = move(turn, CaseFile(turn, file.case, file.by), Event.AMEND)
    assert file.by is not None and file.by.chat_id is not None
    there = before == (file.case.kabupaten, file.case.kecamatan)
    near = there or cases.in_their_area(turn.session, file.case.id, file.by.chat_id)
    if near and not _for_others(file, ladder_before):
        return file
    return _ask(turn, move(turn, file, Event.CORRECT))


def _for_others(file: CaseFile, before: Policy) -> bool:
    """Whether the owner's role stood on the ladder the case had and does not on the one it has now (row 37).

    Whoever got it by hand stood on neither, and keeps it.
    """
    assert file.owner is not None
    role, after = file.owner.role, file.policy
    was, now = (any(role in rung.ask for rung in ladder.rungs) for ladder in (before, after))
    return was and not now


def _anew(turn: Turn, file: CaseFile, report: Report, meant: Told) -> CaseFile:
    """Nobody has it: whoever was asked is told that it is theirs no more, and the ladder begins at its first rung."""
    actor = file.by.id if file.by is not None else timeline.REPORTER
    for ask in file.asks:
        case_cards.part(turn, file, ask)
        if ask.state == AskState.WAITING and ask.person != GROUP:
            speech, number = turn.speech(ask.chat_id), file.case.number
            text = speech.say("w_dibetulkan", nomor=number)
            if file.by is not None:
                text = speech.say("w_dibetulkan_petugas", nomor=number)
            quiet = not file.policy.hours.is_open(turn.now)
            turn.say(ask.chat_id, Message(text, silent=quiet), kinds.DESK, case=file.case)
    _write(turn, file.case, report, meant, danger=report.danger_at is not None)
    file = move(turn, CaseFile(turn, file.case), Event.CORRECT, actor=actor)
    return _ask(turn, file)


def _ask(turn: Turn, file: CaseFile) -> CaseFile:
    """The first rung is asked, and reporters hear when news comes."""
    for report in file.reports:
        if report.fixed_clock:
            fixed_clock.go_on(turn, file, report, mine=False)
        elif report.told != TAKEN_BACK:
            report.told = None
        turn.session.add(report)
    file, action = ladder.step(turn, file)
    if not isinstance(action, Stuck) and not (isinstance(action, Climb) and action.rung > 0):  # that step told them
        news.goes_on(turn, file, must=True)
    return file


def _write(turn: Turn, case: Case, report: Report, told: Told, *, danger: bool) -> None:
    """The report as it was meant, and what of the case follows from it; said danger keeps it darurat."""
    field = turn.house.known.knowledge
    cases.keep_content(turn.session, report, told)
    case.category, case.danger = told.category, told.danger
    case.kabupaten, case.kecamatan, case.desa = told.kabupaten, told.kecamatan, told.desa
    case.urgency = telling.GRAVE if danger else field.urgency(told.category, told.danger)
    place = told.kecamatan or told.kabupaten
    case.policy_id = deadlines.new_policy(turn, case.urgency, place, case.category, case.danger)
    if field.by_fixed_clock(told.category, told.danger) and not report.fixed_clock:
        report.fixed_clock = True
        fixed_clock.go_on(turn, CaseFile(turn, case), report, mine=True)
    turn.session.add(case)
    turn.session.flush()


def _asked(turn: Turn, file: CaseFile, told: Told, right: Correction) -> Asked:
    case, field, meant = file.case, turn.house.known.knowledge, right.of(told)
    return Asked(
        unowned=case.status == Status.OPEN,
        alone=len(file.reports) == 1,
        at_home=told.of_oneself or told.of_family,
        locked=field.by_fixed_clock(case.category, case.danger),
        before=case.urgency,
        after=field.urgency(meant.category, meant.danger),
    )
