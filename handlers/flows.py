"""What the completion of each conversation does, and what the buttons of a completed one answer: a table by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.actions.turn import Turn
from bot.core.contact_flow import CONTACT
from bot.core.correct_flow import CORRECT
from bot.core.leave_flow import LEAVE
from bot.core.reason_flow import REASON
from bot.core.rename_flow import RENAME
from bot.core.report_flow import REPORT
from handlers import contacts, correcting, leaving, reasoning, receipt, renaming
from storage.tables import Draft


@dataclass(frozen=True, slots=True)
class End:
    """The last question was answered: `finish` does it, drops the draft, and says so."""

    finish: Callable[[Turn, Draft, Mapping[str, Any]], None]
    over: Callable[[Turn, int, str], str | None] = lambda turn, chat_id, draft_id: None
    """What a button of a draft that was finished before answers; None when this flow knows nothing of it."""


ENDS: dict[str, End] = {
    REPORT.name: End(receipt.finish, receipt.sent_before),
    LEAVE.name: End(leaving.finish),
    CORRECT.name: End(correcting.finish),
    RENAME.name: End(renaming.finish),
    CONTACT.name: End(contacts.finish),
    REASON.name: End(reasoning.finish),
}
"""By the name of the flow."""


def over(turn: Turn, chat_id: int, draft_id: str) -> str | None:
    """What a button of a draft that is no more answers, if a flow knows."""
    return next((said for end in ENDS.values() if (said := end.over(turn, chat_id, draft_id)) is not None), None)
