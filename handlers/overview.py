"""The summary in the chat: on demand, its lists, and that it was read; role and area are read again at every press."""

from datetime import date, datetime, timedelta

from bot.actions import summary
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.figures import today
from bot.texts import overview_cards as lists
from bot.texts import summary_cards as cards
from bot.texts.catalog import Speech
from bot.texts.message import Message
from handlers import talk
from handlers.acts import Who
from storage import figures, roster

FIGURES: dict[str, figures.Kind] = {"tanpa": "unowned", "telat": "late", "menunggu": "waiting", "baru": "new"}
"""Which figure a list of cases stands behind."""
KEPT = timedelta(days=31)
"""How long the buttons of a summary mean something."""


def show(turn: Turn, who: Who) -> bool:
    """The summary as it is now; False for somebody who has none. Whoever looks has read this morning's."""
    scope = summary.scope_of(roster.roles_of(turn.session, who.user_id))
    if scope is None:
        return False
    message = summary.message(turn, scope, asked=True)
    assert message is not None, "who asks is told, however little there is"
    turn.say(who.chat_id, message)
    summary.read(turn, who.user_id, today(turn.now))
    return True


def press(turn: Turn, who: Who, button: b.Overview) -> str:
    """A button of a summary; forged ones show nobody more than his own role and area."""
    scope, when = summary.scope_of(roster.roles_of(turn.session, who.user_id)), _day(button.day, turn.now)
    if scope is None or when is None:
        return talk.stale(turn, who)
    speech = turn.speech(who.chat_id)
    if button.what == "dibaca":
        return _read(turn, speech, scope, when) or talk.stale(turn, who)
    message = _list(turn, speech, scope, button, when) if scope.areas else None
    if message is None:
        return talk.stale(turn, who)
    turn.say(who.chat_id, message)
    summary.read(turn, who.user_id, when)
    return ""


def _list(turn: Turn, speech: Speech, scope: summary.Scope, button: b.Overview, when: date) -> Message | None:
    """What a button asks for, counted anew within the presser's own area."""
    match button.what:
        case "tanpa" | "telat" | "menunggu" | "baru":
            kind, areas = FIGURES[button.what], scope.areas
            total = figures.total(turn.session, kind, areas, when, turn.now)
            page = _page(button.page, total, lists.PAGE)
            span = range(page * lists.PAGE, (page + 1) * lists.PAGE)
            found = figures.listed(turn.session, kind, areas, when, turn.now, span)
            shown = summary.case_lines(turn, found, scope.chat_id)
            return lists.case_list(speech, lists.CasePage(button.what, when, shown, total, page), turn.now)
        case "kosong":
            holes = summary.holes(turn, scope.areas)
            return lists.empty_places(speech, holes, when, _page(button.page, len(holes), lists.KABUPATEN))
        case "wilayah":
            return lists.by_area(speech, summary.area_lines(turn, scope.areas, when), turn.now)
    return None


def _read(turn: Turn, speech: Speech, scope: summary.Scope, when: date) -> str | None:
    """The button goes, and the message says so with the figures of this minute; None when there is no such summary."""
    uid = summary.read(turn, scope.chat_id, when)
    if uid is None:
        return None
    message = summary.message(turn, scope, asked=True) if when == today(turn.now) else None
    told = (
        cards.was_read(speech, message, turn.now) if message is not None else cards.of_the_past(speech, when, turn.now)
    )
    turn.edit(scope.chat_id, uid, told)
    return speech.word("r_terima_kasih")


def _day(text: str, now: datetime) -> date | None:
    """The day of a summary of which buttons may still be around, else None."""
    try:
        when = date.fromisoformat(text)
    except ValueError:
        return None
    return when if when.isoformat() == text and today(now) - KEPT <= when <= today(now) else None


def _page(page: int, total: int, size: int) -> int:
    """A page that is there: a list may have become shorter since its button was made."""
    return max(0, min(page, (total - 1) // size))
