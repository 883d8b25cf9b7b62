"""The clock was set back: what is stamped with a future that never came counts as having happened now.

Without this a clock that ran ahead for a while would keep chats paused and cases asleep until it gets there again.
"""

import logging
from datetime import datetime, timedelta

from sqlmodel import col, or_, select, update

from bot.actions import absence, deadlines
from bot.actions.turn import Turn
from bot.core.escalation import GRACE
from bot.core.figures import today
from bot.core.moves import Status
from bot.core.ownership import FIRST_WORD, heard_by
from bot.engine import daily
from storage import attendance, cases, inbox, jobs, lanes, outbox, summaries
from storage.tables import Ask, Case, Member

log = logging.getLogger("tersapa.setback")

SETBACK = timedelta(seconds=5)
"""A clock that is corrected by less is left alone."""


def set_back(turn: Turn, last: datetime | None) -> int:
    """If the bot has already lived until `last`, later than `now`, bring its books back; returns how many cases."""
    if last is None or last - turn.now < SETBACK:
        return 0
    log.error("the clock was set back", extra={"seconds": int((last - turn.now).total_seconds())})
    inbox.set_back(turn.session, turn.now)
    lanes.set_back(turn.session, turn.now)
    jobs.forget_after(turn.session, (daily.JOB,), today(turn.now))
    summaries.forget_after(turn.session, today(turn.now))
    away = turn.session.exec(
        select(Member).where(col(Member.id).in_(attendance.set_back(turn.session, turn.now)))
    ).all()
    absence.gone(turn, away, "leave")  # until this was found out they seemed to be there
    waiting = update(Case).where(col(Case.status) == Status.OPEN, col(Case.next_due_at) > turn.now)
    turn.session.exec(
        waiting.values(next_due_at=turn.now)
    )  # perhaps due already when it was; the ladder knows what is too early
    ahead = select(Ask.case_id).where(or_(col(Ask.delivered_at) > turn.now, col(Ask.fired_at) > turn.now))
    moments = (Case.created_at, Case.round_at, Case.fired_at, Case.acknowledged_at, Case.grace_until)
    orphaned = col(Case.owner_id).in_(select(Member.id).where(~col(Member.active)))
    touched = or_(
        *(col(moment) > turn.now for moment in moments), col(Case.id).in_(ahead), col(Case.reminded) > 0, orphaned
    )
    alive = col(Case.status).in_((Status.OPEN, Status.ACKNOWLEDGED))
    ids = turn.session.exec(select(Case.id).where(alive, touched).order_by(Case.id)).all()
    for case_id in ids:
        case = cases.lock(turn.session, case_id)
        if case is not None and case.status == Status.OPEN:
            _open(turn, case)
        elif case is not None and case.status == Status.ACKNOWLEDGED:
            _owned(turn, case)
    return len(ids)


def _open(turn: Turn, case: Case) -> None:
    """Its ladder goes on from now: nobody was asked or reached later than this, or rings later than at the opening."""
    opening = deadlines.policy_of(turn.session, case).hours.opening(turn.now)
    case.created_at, case.round_at = min(case.created_at, turn.now), min(case.round_at, turn.now)
    case.fired_at = case.fired_at and min(case.fired_at, opening)
    case.grace_until = case.grace_until and min(case.grace_until, turn.now + GRACE)
    turn.session.add(case)
    for ask in cases.asks(turn.session, case):
        ask.fired_at = min(ask.fired_at, opening)
        ask.delivered_at = ask.delivered_at and min(ask.delivered_at, turn.now)
        turn.session.add(ask)
    outbox.hurry(turn.session, case.id, opening)


def _owned(turn: Turn, case: Case) -> None:
    """Its owner took it now at the latest, and is asked no later than anybody who takes a case now."""
    assert case.acknowledged_at is not None and case.next_due_at is not None
    case.created_at, case.acknowledged_at = min(case.created_at, turn.now), min(case.acknowledged_at, turn.now)
    owner, hours = turn.session.get(Member, case.owner_id), deadlines.policy_of(turn.session, case).hours
    if owner is None or not owner.active:
        case.next_due_at = min(case.next_due_at, turn.now)
    elif case.reminded:
        case.next_due_at = min(case.next_due_at, hours.opening(turn.now + FIRST_WORD[case.urgency]))
    elif case.waiting_for is None:
        due = heard_by(case.urgency, case.acknowledged_at, case.heard, turn.now, hours, turn.house.calendar)
        case.next_due_at = min(case.next_due_at, due)
    turn.session.add(case)
