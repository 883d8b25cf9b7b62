"""The state columns of a case and of its asks: read as a standing, written nowhere else.

Next due times have one writer: `keep` for a case, and beside it two statements about many cases at once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from bot.core.escalation import AskState, AskView
from bot.core.moves import COLUMNS
from bot.core.standing import Standing, State, Status
from storage.session import Session
from storage.tables import Ask, Case

OF_AN_ASK = ("rung", "state", "fired_at", "delivered_at", "reminded", "asked", "reason")
GROUP = "group:jsc"
"""The person key of the JSC group."""


def state_of(case: Case) -> State:
    """The state of a case as its row has it."""
    values = {name: getattr(case, name) for name in COLUMNS}
    return State(**{**values, "status": Status(case.status)})


def ask_view(ask: Ask) -> AskView:
    """An ask as the rules see it."""
    return AskView(
        person=ask.person,
        rung=ask.rung,
        state=AskState(ask.state),
        fired_at=ask.fired_at,
        delivered_at=ask.delivered_at,
        reminded=ask.reminded,
        listens=ask.person == GROUP,
        asked=ask.asked,
        reason=ask.reason,
    )


def standing_of(case: Case, asks: Sequence[Ask]) -> Standing:
    """How a case stands, by its row and the asks of its round."""
    return Standing(state_of(case), tuple(ask_view(ask) for ask in asks))


def columns(state: State) -> Mapping[str, Any]:
    """A state as the columns of its row."""
    return {name: getattr(state, name) for name in COLUMNS}


def keep(case: Case, state: State) -> None:
    """Write every state column of a case."""
    for name, value in columns(state).items():
        if getattr(case, name) != value:
            setattr(case, name, value)


def keep_ask(ask: Ask, view: AskView) -> None:
    """Write what became of an ask; who was asked never changes."""
    for name in OF_AN_ASK:
        if getattr(ask, name) != (value := getattr(view, name)):
            setattr(ask, name, value)


def look_now(session: Session, which: Any, now: datetime) -> int:
    """Have every case of `which` (conditions on Case) looked at now; returns how many."""
    session.alone()
    return int(session.exec(update(Case).where(which).values(next_due_at=now)).rowcount)


def hold_back(session: Session, which: Any, now: datetime, grace: timedelta) -> int:
    """Give the people asked about these cases a grace before anything climbs; returns how many cases."""
    values = {"grace_until": now + grace, "next_due_at": now}
    return int(session.exec(update(Case).where(which).values(**values)).rowcount)


def put_off(session: Session, case_id: str, until: datetime) -> None:
    """A case on which our own code failed is looked at again later."""
    open_still = col(Case.id) == case_id, col(Case.next_due_at).is_not(None)
    session.exec(update(Case).where(*open_still).values(next_due_at=until))
