"""Commands: /start, and a table that says what each of the others does."""

from collections.abc import Callable

from bot.actions.turn import Turn
from bot.core.inputs import Typed, Unclear
from bot.core.words import Words
from handlers import (
    coming_in,
    contacts,
    greeting,
    hear,
    hiding,
    language,
    lobby,
    opening,
    own_reports,
    presence,
    staff,
    talk,
    worker_menu,
)
from handlers.acts import Who
from storage import chats, drafts


def start(turn: Turn, who: Who, payload: str, phone: str) -> None:
    """/start: an invite binds, an unfinished conversation is offered, everybody else is greeted.

    `phone`: the language of their phone, which is offered where it is another one.
    """
    chats.reachable(turn.session, who.chat_id, True, turn.now)
    if coming_in.by_link(turn, who, payload):
        return
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None and not hiding.is_away(turn, draft):
        opening.come_back(turn, who, draft)
    else:
        greeting.greet(turn, who, welcome=True, first=language.offered(turn, who, phone))


def command(turn: Turn, who: Who, name: str, rest: str) -> None:
    """A command; each also has a button, or words that may be typed."""
    if name in WITH_WORDS:
        WITH_WORDS[name](turn, who, rest)
    elif name in COMMANDS:
        COMMANDS[name](turn, who)
    else:
        hear.hear(turn, who, Unclear())


def _cancel(turn: Turn, who: Who) -> None:
    """/batal: the conversation whose question was shown last ends."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None:
        talk.steer(turn, who, draft, "batal")
    else:
        hear.hear(turn, who, Typed("batal"))


def _help(turn: Turn, who: Who) -> None:
    if not worker_menu.guide(turn, who):
        greeting.way_in(turn, who, Words("bantuan"))


COMMANDS: dict[str, Callable[[Turn, Who], None]] = {
    "lapor": lobby.report,
    "report": lobby.report,
    "cepat": lobby.quick_report,
    "quick": lobby.quick_report,
    "tugas": coming_in.tasks_of,
    "tasks": coming_in.tasks_of,
    "ringkasan": lobby.summary,
    "summary": lobby.summary,
    "cuti": presence.leave,
    "leave": presence.leave,
    "setempat": contacts.own,
    "contacts": contacts.own,
    "bahasa": language.ask,
    "language": language.ask,
    "hapus": hiding.hide,
    "delete": hiding.hide,
    "batal": _cancel,
    "cancel": _cancel,
    "petugas": staff.begin,
    "worker": staff.begin,
    "bantuan": _help,
    "help": _help,
}
"""What each command does, in both languages."""

WITH_WORDS: dict[str, Callable[[Turn, Who, str], None]] = dict.fromkeys(
    ("status", "laporan", "reports"), own_reports.my_reports
)
"""Commands that are followed by words."""
