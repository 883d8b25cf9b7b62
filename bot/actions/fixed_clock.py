"""News by a fixed clock: number and status, at times that follow from when the report was sent (row 134).

Whoever reports somebody they live with may be the one who harms them, and the phone may be read by that person. The
times tell nothing of the case, nor whether anybody else reported.
"""

from datetime import datetime

from bot.actions import ending
from bot.actions.casefile import CaseFile
from bot.actions.telling import TAKEN_BACK, Piece
from bot.actions.turn import Turn
from bot.core.moves import ENDS, Status
from bot.core.news_clock import OVER, on_the_clock
from bot.core.words import Words
from storage.tables import Case, Report


def begin(turn: Turn, file: CaseFile, report: Report) -> datetime:
    """The first moment, and the status that is shown until then."""
    report.told = _status(file.case)
    return following(turn, file, report)


def go_on(turn: Turn, file: CaseFile, report: Report, *, mine: bool) -> None:
    """The case is open again: the clock goes on; only who opened it knows so before."""
    report.told = _status(file.case) if mine else report.told
    report.promised_at = report.news_at = following(turn, file, report)


def following(turn: Turn, file: CaseFile, report: Report) -> datetime:
    """The next moment."""
    return on_the_clock(_urgency(turn, file, report), report.created_at, turn.now)


def piece(turn: Turn, file: CaseFile, report: Report, *, late: bool) -> Piece:
    """What is said at a moment of the clock; at an end it says so, and stops."""
    status = _status(file.case)
    shown = {"status": Words(status)}
    if file.case.status in ENDS:
        offered = ending.answers(turn, file, report)
        key = "k_tetap_selesai_tanya" if offered else "k_tetap_selesai"
        return Piece(key, status, more=shown, again=True, must=True, answers=offered)
    plan, grave = following(turn, file, report), _urgency(turn, file, report) == "darurat"
    if grave:  # whether somebody has it shows by the status alone
        return Piece("k_tetap_darurat", status, plan, shown, again=True, phones=True)
    return Piece("k_tetap_maaf" if late else "k_tetap", status, plan, shown, again=True)


def shown_status(case: Case, report: Report) -> str:
    """The word that a reporter reads when they look: with a fixed clock it is what they were told last."""
    if report.fixed_clock:
        return report.told or "status-tersimpan"
    return "status-ditarik" if report.told == TAKEN_BACK else _status(case)


def knows_end(case: Case, report: Report) -> bool:
    """Whether the case is at its end and its reporter may know so; with a fixed clock they were told first."""
    return case.status in ENDS and (not report.fixed_clock or report.told == OVER)


def _status(case: Case) -> str:
    """The word for the state of a case (words.md, section 3)."""
    match case.status:
        case Status.OPEN:
            return "status-dihubungi" if case.rung >= 0 and not case.stuck else "status-tersimpan"
        case Status.ACKNOWLEDGED:
            return "status-menunggu" if case.waiting_for is not None else "status-petugas"
        case _:
            return "status-selesai"  # `OVER`, spelt so that the catalogs know who says it


def _urgency(turn: Turn, file: CaseFile, report: Report) -> str:
    """How urgent this report is by its own words; another one may have raised the case."""
    told = file.contents[report.id]
    return (
        file.case.urgency
        if told is None
        else turn.house.known.knowledge.urgency(told.category, told.danger, quick=told.quick)
    )
