"""What a reporter adds to a report that has its number."""

from bot.actions import case_cards
from bot.actions.casefile import hold
from bot.actions.fixed_clock import knows_end
from bot.actions.turn import Turn
from bot.core.moves import ENDS
from storage import timeline
from storage.cases import content, keep_content, own_report
from storage.tables import Report

ANSWERS = ("sudah", "takbisa")


def phoned(turn: Turn, report_id: str, answer: str, chat_id: int) -> Report | None:
    """The reporter says whether somebody was phoned; the workers' cards show it. None when it is not theirs to say.

    Returns their own report: another one of the same case has another number.
    """
    found = own_report(turn.session, report_id, chat_id)
    if found is None or answer not in ANSWERS:
        return None
    report = found[0]
    file = hold(turn, report.case_id)
    if file is None or knows_end(file.case, report) or report.body_sealed is None:
        return None
    told = content(turn.session, report)
    if told is not None and told.phoned != answer:
        keep_content(turn.session, report, told.phoned_by(answer))
        turn.session.flush()
        timeline.note(
            turn.session, file.case.id, "phoned", timeline.REPORTER, turn.now, report=report.id, answer=answer
        )
        if file.case.status not in ENDS:
            case_cards.refresh(turn, file)
    return report
