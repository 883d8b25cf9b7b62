"""The lobby: one table says where each button of the menu leads."""

from collections.abc import Callable
from functools import partial

from bot.actions.turn import Turn
from bot.core.buttons import Go
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
from storage import drafts


def menu(turn: Turn, who: Who, go: str) -> str:
    """A button of the menu; returns its toast."""
    if go not in MENU:
        return talk.stale(turn, who)
    MENU[go](turn, who)
    return ""


def summary(turn: Turn, who: Who) -> None:
    """The summary as it is now; who has none sees the list, or the way in."""
    if not overview.show(turn, who):
        greeting.greet(turn, who)


def _done(turn: Turn, who: Who) -> None:
    """Enough: what was kept before any question is thrown away."""
    for draft in drafts.all_of(turn.session, who.chat_id):
        if draft.question_uid is None and not hiding.is_away(turn, draft):
            drafts.drop(turn.session, draft)
    greeting.goodbye(turn, who, Words("selesai_baik"), (Go.REPORT,), bare=False)


def report(turn: Turn, who: Who) -> None:
    """A new report, with all its questions."""
    opening.open_flow(turn, who, REPORT, WHOLE)


def quick_report(turn: Turn, who: Who) -> None:
    """A new report, with few questions."""
    opening.open_flow(turn, who, REPORT, QUICKLY)


MENU: dict[str, Callable[[Turn, Who], None]] = {
    Go.REPORT: report,
    Go.QUICK: quick_report,
    Go.DANGER: danger.pressed,
    Go.NO_DANGER: alarm.no_danger,
    Go.PHONED: danger.phoned,
    Go.CANNOT_PHONE: danger.cannot_phone,
    Go.OWN_REPORTS: own_reports.my_reports,
    Go.TASKS: coming_in.tasks_of,
    Go.SUMMARY: summary,
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
