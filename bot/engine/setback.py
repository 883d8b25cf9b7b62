"""The clock was set back: what is stamped with a future that never came counts as having happened now.

Without this a clock that ran ahead for a while would keep chats paused and cases asleep until it gets there again.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import and_
from sqlmodel import col, or_, select

from bot.actions import absence, greetings, promises
from bot.actions.casefile import CaseFile, hold
from bot.actions.turn import Turn
from bot.core.company import answer_by
from bot.core.escalation import GRACE
from bot.core.figures import today
from bot.core.moves import Status
from bot.core.ownership import FIRST_WORD, first_word_by, visit_by, word_by
from bot.engine import daily, listing
from storage import attendance, inbox, jobs, lanes, outbox, summaries
from storage.standing import ask_view, keep, keep_ask, look_now
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
    jobs.forget_after(turn.session, (daily.JOB, daily.LOOK_JOB, listing.JOB), today(turn.now))
    summaries.forget_after(turn.session, today(turn.now))
    promises.set_back(turn.session, turn.now)
    greetings.set_back(turn)
    away = turn.session.exec(
        select(Member).where(col(Member.id).in_(attendance.set_back(turn.session, turn.now)))
    ).all()
    absence.gone(turn, away, "leave")  # until this was found out they seemed to be there
    # Perhaps due already when it was: the ladder knows what is too early.
    look_now(turn.session, and_(col(Case.status) == Status.OPEN, col(Case.next_due_at) > turn.now), turn.now)
    ahead = select(Ask.id).where(
        Ask.case_id == Case.id, or_(col(Ask.delivered_at) > turn.now, col(Ask.fired_at) > turn.now)
    )
    moments = (
        Case.created_at, Case.round_at, Case.fired_at, Case.released_at, Case.acknowledged_at, Case.grace_until,
        Case.handed_until, Case.company_at,
    )  # fmt: skip
    orphaned = select(Member.id).where(Member.id == Case.owner_id, ~col(Member.active))
    touched = or_(
        *(col(moment) > turn.now for moment in moments), ahead.exists(), col(Case.reminded) > 0, orphaned.exists()
    )
    alive = col(Case.next_due_at).is_not(None), col(Case.status).in_((Status.OPEN, Status.ACKNOWLEDGED))
    ids = sorted(turn.session.exec(select(Case.id).where(*alive, touched)))
    for case_id in ids:
        file = hold(turn, case_id)
        if file is not None and file.case.status == Status.OPEN:
            _open(turn, file)
        elif file is not None and file.case.status == Status.ACKNOWLEDGED:
            _owned(turn, file)
    return len(ids)


def _open(turn: Turn, file: CaseFile) -> None:
    """Its ladder goes on from now: nobody was asked or reached later than this, or rings later than at the opening."""
    now, opening, state = turn.now, file.policy.hours.opening(turn.now), file.standing.state
    file.case.created_at = min(file.case.created_at, now)
    back = replace(
        state,
        round_at=min(state.round_at, now),
        fired_at=state.fired_at and min(state.fired_at, opening),
        grace_until=state.grace_until and min(state.grace_until, now + GRACE),
        released_at=state.released_at and min(state.released_at, now),
    )
    keep(file.case, back)
    for ask in file.asks:
        view = ask_view(ask)
        delivered = view.delivered_at and min(view.delivered_at, now)
        keep_ask(ask, replace(view, fired_at=min(view.fired_at, opening), delivered_at=delivered))
    outbox.hurry(turn.session, file.case.id, opening)


def _owned(turn: Turn, file: CaseFile) -> None:
    """Its owner took it now at the latest, and is asked no later than anybody who takes a case now."""
    now, hours, state = turn.now, file.policy.hours, file.standing.state
    assert state.acknowledged_at is not None and state.next_due_at is not None
    file.case.created_at = min(file.case.created_at, now)
    taken = min(state.acknowledged_at, now)
    due = state.next_due_at
    if file.owner is None or not file.owner.active:
        due = min(due, now)
    elif state.reminded:
        due = min(due, hours.opening(now + FIRST_WORD[file.case.urgency]))
    elif state.waiting_for is None:
        due = min(due, _awaited(turn, file))
    back = replace(
        state,
        acknowledged_at=taken,
        heard_at=state.heard_at and min(state.heard_at, now),
        asked_at=state.asked_at and min(state.asked_at, now),
        visit_by=state.visit_by and min(state.visit_by, visit_by(file.case.urgency, now, hours)),
        handed_until=state.handed_until and min(state.handed_until, hours.opening(now) + file.policy.first_wait),
        company_at=state.company_at and min(state.company_at, now),
        company_until=state.company_until and min(state.company_until, _answer_by(turn, file)),
        next_due_at=due,
    )
    keep(file.case, back)


def _answer_by(turn: Turn, file: CaseFile) -> datetime:
    """The latest moment for the answer of somebody who is asked to go along, if they were asked now."""
    hours = file.policy.hours
    return answer_by(file.case.urgency, hours.opening(turn.now), hours, turn.house.calendar)


def _awaited(turn: Turn, file: CaseFile) -> datetime:
    """The latest moment for the word that an owner owes, if they did now what they did last."""
    urgency, hours, state = file.case.urgency, file.policy.hours, file.standing.state
    if state.heard_at is None:
        return first_word_by(urgency, turn.now, hours)
    if state.visit_by is None:
        return word_by(turn.now, hours, turn.house.calendar)
    return visit_by(urgency, turn.now, hours)
