"""What a reporter tells after the number reaches whoever acts on the case; danger makes the case darurat (R2)."""

from dataclasses import replace

from bot.actions import after_end, case_cards, deadlines, ladder, ringing
from bot.actions.casefile import CaseFile, hold
from bot.actions.moving import move
from bot.actions.telling import TAKEN_BACK
from bot.actions.turn import Turn
from bot.core.moves import ENDS, Event
from bot.core.standing import Given
from bot.texts import additions as cards
from storage import additions, cases, kinds, roster, timeline
from storage.tables import Addition, Case, Report

GRAVE = "darurat"


def add(turn: Turn, row: Addition, *, despair: bool = False) -> CaseFile | None:
    """It reaches its case: whoever has it is told all of it, everybody else sees on the card that there is more.

    `despair`: it tells of a wish to die. None when the case is at its end: nobody would read it.
    """
    told, report = additions.content(turn.session, row), turn.session.get_one(Report, row.report_id)
    file = hold(turn, row.case_id) if told.withdraws else after_end.hold_for(turn, report)
    if file is None or file.case.status in ENDS:
        return None
    row.told_at, row.due_at = turn.now, None
    turn.session.add(row)
    for report in file.reports:
        if report.id == row.report_id:
            report.added_at = turn.now
            turn.session.add(report)
            said = cases.content(turn.session, report) if despair else None
            if said is not None and not said.despairs:
                cases.keep_content(turn.session, report, replace(said, despairs=True))
    turn.session.flush()
    more = {"report": row.report_id, "addition": row.id}
    timeline.note(turn.session, row.case_id, "added", timeline.REPORTER, turn.now, **more)
    file = CaseFile(turn, file.case)
    owner = file.owner
    if owner is None:
        case_cards.draw(turn, file)
    elif owner.chat_id not in (None, row.chat_id) and roster.hears(turn.session, owner):  # else the next owner reads it
        quiet = not file.policy.hours.is_open(turn.now)
        for n, message in enumerate(cards.to_owner(turn.speech(owner.chat_id), file.facts, told, row.created_at)):
            kind = kinds.ADDED_FILE if message.file is not None else kinds.ADDED  # a picture's words cannot be changed
            turn.say(owner.chat_id, replace(message, silent=quiet or n > 0), kind, case=file.case)
    return file


def is_grave(turn: Turn, report: Report) -> bool:
    """Whether what its reporter tells cannot wait; with a fixed clock by their own words, which tell of no other."""
    if not report.fixed_clock:
        return turn.session.get_one(Case, report.case_id).urgency == GRAVE
    told, known = cases.content(turn.session, report), turn.house.known.knowledge
    own = told is not None and known.urgency(told.category, told.danger, quick=told.quick) == GRAVE
    return own or report.danger_at is not None


def worsen(turn: Turn, report_id: str, chat_id: int) -> CaseFile | None:
    """Its reporter says that there is danger now: the case is darurat, and whoever is awaited is rung at once.

    None when the report is not theirs, or its case is at its end.
    """
    found = cases.own_report(turn.session, report_id, chat_id)
    file = after_end.hold_for(turn, found[0]) if found is not None else None
    if file is None:
        return None
    case = file.case
    for report in file.reports:
        if report.id == report_id:
            report.danger_at = turn.now
            report.told = None if report.told == TAKEN_BACK else report.told
            turn.session.add(report)
    turn.session.flush()
    file = CaseFile(turn, case)
    if case.urgency == GRAVE:
        timeline.note(turn.session, case.id, "danger_now", timeline.REPORTER, turn.now, report=report_id)
        case_cards.draw(turn, file)
        ringing.in_danger(turn, file, Given())
        return file
    deadlines.regrade(turn, case, GRAVE)
    file = move(turn, CaseFile(turn, case), Event.WORSEN, actor=timeline.REPORTER)
    if file.owner is None:
        file, _ = ladder.step(turn, file)
        ringing.in_danger(turn, file, Given())  # of the lines under one card only this one leaves
    return file
