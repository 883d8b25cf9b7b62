"""The lobby: /start, the commands and the menu; two tables say what leads where."""

from collections.abc import Callable
from functools import partial

from bot.actions.turn import Turn
from bot.core.buttons import Go
from bot.core.inputs import Typed, Unclear
from bot.core.quick_steps import QUICKLY, WHOLE
from bot.core.report_flow import REPORT
from bot.core.words import Words
from handlers import (
    alarm,
    care,
    coming_in,
    contacts,
    danger,
    greeting,
    hear,
    hiding,
    language,
    opening,
    overview,
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


def menu(turn: Turn, who: Who, go: str) -> str:
    """A button of the menu; returns its toast."""
    if go not in MENU:
        return talk.stale(turn, who)
    MENU[go](turn, who)
    return ""


def _summary(turn: Turn, who: Who) -> None:
    """The summary as it is now; who has none sees the list, or the way in."""
    if not overview.show(turn, who):
        greeting.greet(turn, who)


def _cancel(turn: Turn, who: Who) -> None:
    """/batal: the conversation whose question was shown last ends."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None:
        talk.steer(turn, who, draft, "batal")
    else:
        hear.hear(turn, who, Typed("batal"))


def _done(turn: Turn, who: Who) -> None:
    """Enough: what was kept before any question is thrown away."""
    for draft in drafts.all_of(turn.session, who.chat_id):
        if draft.question_uid is None and not hiding.is_away(turn, draft):
            drafts.drop(turn.session, draft)
    greeting.goodbye(turn, who, Words("selesai_baik"), (Go.REPORT,), bare=False)


def _help(turn: Turn, who: Who) -> None:
    if not worker_menu.guide(turn, who):
        greeting.way_in(turn, who, Words("bantuan"))


def _report(turn: Turn, who: Who) -> None:
    opening.open_flow(turn, who, REPORT, WHOLE)


def _quick_report(turn: Turn, who: Who) -> None:
    opening.open_flow(turn, who, REPORT, QUICKLY)


MENU: dict[str, Callable[[Turn, Who], None]] = {
    Go.REPORT: _report,
    Go.QUICK: _quick_report,
    Go.DANGER: danger.pressed,
    Go.NO_DANGER: alarm.no_danger,
    Go.PHONED: danger.phoned,
    Go.CANNOT_PHONE: danger.cannot_phone,
    Go.OWN_REPORTS: own_reports.my_reports,
    Go.TASKS: coming_in.tasks_of,
    Go.SUMMARY: _summary,
    Go.LEAVE: presence.leave,
    Go.CONTACTS: contacts.own,
    Go.MORE: worker_menu.more,
    Go.NO_LEAVE: presence.stays,
    Go.STAFF: staff.begin,
    Go.LANGUAGE: language.ask,
    Go.DONE: _done,
    Go.START: greeting.greet,
    Go.HIDE: hiding.hide,
    Go.GREET_ME: care.greet_me,
    Go.LEAVE_ME: care.leave_me,
    **{go: partial(language.choose, code=code) for go, code in language.PLACES.items()},
}
"""What each button of the menu does."""

COMMANDS: dict[str, Callable[[Turn, Who], None]] = {
    "lapor": _report,
    "report": _report,
    "cepat": _quick_report,
    "quick": _quick_report,
    "tugas": coming_in.tasks_of,
    "tasks": coming_in.tasks_of,
    "ringkasan": _summary,
    "summary": _summary,
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
