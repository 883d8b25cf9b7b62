"""A worker's list: what waits for their answer, what they have, what waits for others; the gravest first."""

from bot.actions import deadlines
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.moves import Status
from bot.core.task_groups import Group, Item
from bot.texts import task_list
from bot.texts.task_list import PAGE, Entry
from handlers import asking, worker_menu
from handlers.acts import Who
from storage import cases, register, roster, tasks
from storage.tables import Case


def show(turn: Turn, who: Who, page: int = 0, bubble: int | None = None) -> bool:
    """One page of the list, in the bubble that was pressed if there is one; False for somebody without a role."""
    roles = roster.roles_of(turn.session, who.chat_id)
    if not roles:
        return False
    register.seen(turn.session, roles, turn.now)
    counts = tasks.tallies(turn.session, who.chat_id, turn.now)
    total = sum(tally.count for tally in counts.values())
    page = max(0, min(page, (total - 1) // PAGE))
    found = tasks.page(turn.session, who.chat_id, turn.now, range(page * PAGE, (page + 1) * PAGE), counts)
    known = cases.named(turn.session, [item.case_id for item in found])
    speech = turn.speech(who.chat_id)
    shown = [_entry(turn, item, known[item.case_id]) for item in found]
    message = task_list.task_list(speech, counts, shown, page, worker_menu.beside(turn, who, len(shown)))
    asking.put(turn, who.chat_id, message, f"tugas:{who.chat_id}", bubble)
    return True


def _entry(turn: Turn, item: Item, case: Case) -> Entry:
    """Who has it is expected to say a word by then, who is asked to answer by then."""
    if item.group is Group.ASKED:
        due = case.handed_until if case.status != Status.OPEN else deadlines.answer_by(turn, case)
    else:
        due = case.next_due_at
    return Entry(item, CaseFile(turn, case).facts, due)
