"""The end of a case as its reporters are asked about it (row 77)."""

from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core import after_end
from bot.core.moves import Status
from storage import roster, timeline
from storage.tables import Member, Report


def answers(turn: Turn, file: CaseFile, report: Report) -> tuple[str, ...]:
    """What a reporter may answer now that the case is at its end; nothing where it is not asked, or was answered."""
    case, told, field = file.case, file.contents[report.id], turn.house.known.knowledge
    if case.status != Status.CLOSED or report.helped_round == case.round or told is None:
        return ()
    had = ended_by(turn, file)
    kinds = ((case.category, case.danger), (told.category, told.danger))
    return after_end.answers(
        case.outcome,
        locked=any(field.by_fixed_clock(*kind) or field.shielded(*kind) for kind in kinds),
        attacked=told.of_oneself and field.categories[told.category].flag(told.danger) in after_end.ATTACKED,
        closed_it=had is not None and had.chat_id == report.chat_id,
        by_clock=report.fixed_clock,
    )


def ended_by(turn: Turn, file: CaseFile) -> Member | None:
    """Who closed the case last."""
    closer = timeline.actors(turn.session, file.case.id, "close")[-1:]
    return roster.member(turn.session, closer[0]) if closer else None
