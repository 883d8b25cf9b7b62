"""A complaint about the work on a case reaches whoever is above those who did it, and never them (row 78)."""

from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.above import ABOVE, reads
from bot.core.addition import Addition
from bot.texts import complaints as cards
from storage import kinds, roster, timeline
from storage.tables import Member


def holders(turn: Turn, file: CaseFile) -> list[Member]:
    """Everybody who ever took the case, the last one last."""
    actors = timeline.actors(turn.session, file.case.id, "acknowledge")
    found = (roster.member(turn.session, actor) for actor in actors)
    return [member for member in found if member is not None]


def was_taken(turn: Turn, case_id: str) -> bool:
    """Whether anybody ever had the case."""
    return bool(timeline.actors(turn.session, case_id, "acknowledge"))


def last_holder(turn: Turn, file: CaseFile) -> Member | None:
    """Who has the case, or had it last."""
    return next(reversed(holders(turn, file)), None)


def pass_on(turn: Turn, file: CaseFile, told: Addition, *, other: bool = False) -> bool:
    """Tell it to whoever is above; whether there is anybody. `other`: somebody else shall do the work."""
    known = holders(turn, file)
    chats = _above(turn, file, known)
    quiet = not file.policy.hours.is_open(turn.now)
    for chat in chats:
        for message in cards.to_superior(turn.speech(chat), file.facts, told, other=other, silent=quiet):
            turn.say(chat, message, kinds.COMPLAINT, case=file.case)
    return bool(chats)


def may_read(turn: Turn, file: CaseFile) -> bool:
    """Whether whoever came through the door reads the complaints of a case."""
    known = holders(turn, file)
    if file.by is None or file.by.chat_id in _involved(file, known):
        return False
    return reads(file.by.role, known[-1].role if known else None)


def _above(turn: Turn, file: CaseFile, known: list[Member]) -> list[int]:
    """The chats of the first role above that somebody can be reached in, without those who had or reported the case."""
    own = _involved(file, known)
    for role in ABOVE[known[-1].role if known else None]:
        area = roster.PROVINCE if role == "jsc" else file.case.kabupaten
        found = roster.reachable_chats(turn.session, role, area, turn.now) if area else []
        if chats := [chat for chat in dict.fromkeys(found) if chat not in own]:
            return chats
    return []


def _involved(file: CaseFile, known: list[Member]) -> set[int | None]:
    """The chats of those who had the case, and of those who reported it: nobody looks over their own report."""
    return {*(member.chat_id for member in known), *(report.chat_id for report in file.reports)}
