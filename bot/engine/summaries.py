"""The morning summary in time: once a day and person, caught up after downtime until the evening (row 84).

Each summary is claimed and said in one transaction; the table's key lets one of several replicas make it, and a
crash between two of them leaves the rest to be made. A day that passed entirely is not made up for.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial

from bot.actions import summary
from bot.actions.turn import Turn
from bot.config import SummarySettings
from bot.core.figures import moment, today
from bot.engine.due import Due
from storage import attendance, kinds, roster, summaries
from storage.session import Session

ENDS = time(20)
"""A summary that is not made by then (WIB) is not made at all."""
AT_ONCE = 20
"""Summaries in one go, so that the ladders are looked at in between."""


def summaries_due(settings: SummarySettings) -> Due:
    """Who waits for today's summary, by their private chat."""

    def ask(session: Session, now: datetime, limit: int) -> Sequence[int]:
        since = _begun(settings, now)
        if since is None or summaries.complete(session, today(now)):
            return ()
        waiting = summaries.waiting(session, today(now), settings.roles, since, now, min(limit, AT_ONCE))
        if not waiting:
            summaries.finish(session, today(now), now)
        return waiting

    return Due("summary", ask, _make, _give_up, partial(_next, settings))


def _next(settings: SummarySettings, session: Session, now: datetime) -> datetime | None:
    """When the next summaries are made; None when nobody would get one."""
    if settings.at is None or not summaries.anybody(session, settings.roles, now):
        return None
    at = moment(today(now), settings.at)
    return at if at > now else at + timedelta(days=1)


def _begun(settings: SummarySettings, now: datetime) -> datetime | None:
    """When today's summaries began to be due; None when they are not due now."""
    if settings.at is None:
        return None
    at = moment(today(now), settings.at)
    return at if at <= now < moment(today(now), ENDS) else None


def _make(turn: Turn, chat_id: int) -> None:
    scope = _scope(turn, turn.house.settings.summary, chat_id)
    message = summary.message(turn, scope, unread=True) if scope is not None else None
    if scope is None or message is None:  # it changed since we asked: they are not looked at again today
        _give_up(turn, chat_id)
        return
    if not summaries.claim(turn.session, today(turn.now), scope.member_id, turn.now):
        return
    uid = turn.say(chat_id, message, kinds.SUMMARY)
    summaries.sent_as(turn.session, today(turn.now), scope.member_id, uid)


def _give_up(turn: Turn, chat_id: int) -> None:
    """What cannot be made is not tried again every second all day; the sweep has logged why."""
    for member in roster.roles_of(turn.session, chat_id):
        summaries.claim(turn.session, today(turn.now), member.id, turn.now)


def _scope(turn: Turn, settings: SummarySettings, chat_id: int) -> summary.Scope | None:
    """By which of their roles somebody gets a summary now."""
    since = _begun(settings, turn.now)
    members = roster.roles_of(turn.session, chat_id)
    return summary.scope_of(
        [
            member
            for member in members
            if member.role in settings.roles
            and attendance.away(turn.session, member.id, turn.now) is None
            and since is not None
            and member.bound_at is not None
            and member.bound_at <= since
        ]
    )
