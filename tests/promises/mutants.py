"""Planted mistakes: each breaks one promise from outside; the state machine must find every one of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from sqlalchemy import func, update

from bot.actions import absence, ladder, submit
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core import escalation, moves
from bot.core.escalation import Stuck, Wait
from bot.core.moves import MOVES, Event, Status
from bot.core.standing import Around, Given, Happening, Standing
from handlers import pump
from handlers.intake import Intake
from notifiers.sender import Sender
from storage import cases, claims, drafts, lanes, roster, sending
from storage.heads import heads_by
from storage.session import Session
from storage.tables import Case, Member
from storage.types import EPOCH, new_id

Patch = Any


def _hasty_intake() -> Patch:
    """I1: an update is confirmed before it is stored."""
    poll = Intake._poll_once

    async def hasty(self: Intake, call: Callable[..., Any], offset: int | None) -> int | None:
        async def confirming(method: str, params: dict[str, Any], **more: Any) -> Any:
            updates = await call(method, params, **more)
            if updates:
                newest = max(int(update["update_id"]) for update in updates)
                await call(method, {**params, "offset": newest + 1, "timeout": 0, "limit": 1})
            return updates

        return await poll(self, confirming, offset)

    return patch.object(Intake, "_poll_once", hasty)


def _double_submission() -> Patch:
    """I2: a draft is kept when it was sent, and every submission of it is a new report."""
    once = submit.submit

    def again(turn: Turn, draft: Any, *rest: Any) -> Any:
        return once(turn, SimpleNamespace(chat_id=draft.chat_id, id=new_id(8)), *rest)  # type: ignore[arg-type]

    def kept(session: Session, draft: Any) -> None:
        return None

    stored = SimpleNamespace(drop=kept, all_of=drafts.all_of)
    return _both(patch("handlers.receipt.submit", again), patch("handlers.receipt.drafts", stored))


def _forgotten_case() -> Patch:
    """I3: at the end of the ladder a case sleeps for ever."""
    stand = moves.stand

    def forget(before: Standing, event: Event, now: datetime, around: Around, given: Given) -> Standing | None:
        after = stand(before, event, now, around, given)
        if after is None or after.state.next_due_at is None or after.state.rung < len(around.policy.rungs) - 1:
            return after
        never = after.state.next_due_at + timedelta(days=36500)
        return replace(after, state=replace(after.state, next_due_at=never))

    return patch.object(moves, "stand", forget)


def _waiting_for_the_dead() -> Patch:
    """I4: an ask that can never arrive is waited for."""

    def gone(turn: Turn, members: Any, why: str) -> int:
        return 0

    return patch.object(absence, "gone", gone)


def _everybody_wins() -> Patch:
    """I5: a case is taken without a look at whether somebody has it."""

    taking = MOVES[Status.OPEN, Event.ACKNOWLEDGE]
    return patch.dict(MOVES, {(Status.ACKNOWLEDGED, Event.ACKNOWLEDGE): taking})


def _given_away() -> Patch:
    """I5: whoever is asked to take a case over has it at once."""
    asking = MOVES[Status.ACKNOWLEDGED, Event.HAND]

    def gives(what: Happening) -> Any:
        return {**asking.sets(what), "owner_id": what.given.people[0]}

    return patch.dict(MOVES, {(Status.ACKNOWLEDGED, Event.HAND): replace(asking, sets=gives)})


def _company_owns() -> Patch:
    """I5: whoever goes along has the case from then on."""
    joining = MOVES[Status.ACKNOWLEDGED, Event.JOIN]

    def takes(what: Happening) -> Any:
        return {**joining.sets(what), "owner_id": what.before.state.company_id}

    return patch.dict(MOVES, {(Status.ACKNOWLEDGED, Event.JOIN): replace(joining, sets=takes)})


def _silent_loser() -> Patch:
    """I5: who comes too late hears nothing."""
    from handlers import desk

    def nothing(*_: Any) -> str:
        return ""

    def kept(*_: Any) -> None:
        return None

    return _both(patch.object(desk, "_stale", nothing), patch.object(pump, "_keep", kept))


def _early_rung() -> Patch:
    """I6: a rung does not wait for its time."""
    due = escalation._due

    def early(case: Any, *rest: Any, **more: Any) -> datetime:
        soonest: datetime = case.fired_at + timedelta(minutes=1)
        return max(due(case, *rest, **more) - timedelta(minutes=50), soonest)

    return patch.object(escalation, "_due", early)


def _storm() -> Patch:
    """I6: two rungs at one moment, as after an outage without grace."""
    step = ladder.step

    def twice(turn: Turn, file: CaseFile) -> ladder.Stepped:
        file, action = step(turn, file)
        if file.case.status == Status.OPEN and not isinstance(action, Wait | Stuck):
            file, _ = ladder.climb_now(turn, file)
        return file, action

    return patch.object(ladder, "step", twice)


def _newest_first() -> Patch:
    """I7: a lane sends what was said last."""
    return patch.object(claims, "_HEADS", heads_by(func.max))


def _blind_repeats() -> Patch:
    """I4, I8: what was on its way when the bot died goes again, and nobody counts it as unknown."""

    def forget(session: Session) -> None:
        lost = update(sending._out).where(sending._out.c.state == "sending")
        session.execute(lost.values(state="pending", lease_until=None))
        held = update(sending._lane).where(sending._lane.c.lease_until.is_not(None))
        session.execute(held.values(lease_until=None, ready_at=EPOCH))

    return patch.object(sending, "recover", forget)


def _open_door() -> Patch:
    """I9: whoever has any role may touch any case."""
    real = cases.case_for

    def open_door(session: Session, case_id: str, user_id: int) -> tuple[Case, Member] | None:
        roles = roster.roles_of(session, user_id)
        case = session.get(Case, case_id)
        return real(session, case_id, user_id) or ((case, roles[0]) if case and roles else None)

    return patch.object(cases, "case_for", open_door)


def _stuck_after_setback() -> Patch:
    """The clock is set back, and chats stay paused until it gets there again."""
    return patch.object(lanes, "set_back", lambda session, now: None)


def _one_send_is_enough() -> Patch:
    """I4: a message whose outcome is unknown is called sent."""
    record = Sender._record

    def believing(self: Sender, session: Session, row: Any, outcome: Any) -> None:
        from notifiers.outcome import Sent, Unknown

        record(self, session, row, Sent(None) if isinstance(outcome, Unknown) else outcome)

    return patch.object(Sender, "_record", believing)


@contextmanager
def _both(*patches: Patch) -> Iterator[None]:
    with patches[0], patches[1]:
        yield


MUTANTS: dict[str, Callable[[], Patch]] = {
    "hasty_intake": _hasty_intake,
    "double_submission": _double_submission,
    "forgotten_case": _forgotten_case,
    "waiting_for_the_dead": _waiting_for_the_dead,
    "everybody_wins": _everybody_wins,
    "given_away": _given_away,
    "company_owns": _company_owns,
    "silent_loser": _silent_loser,
    "early_rung": _early_rung,
    "storm": _storm,
    "newest_first": _newest_first,
    "blind_repeats": _blind_repeats,
    "open_door": _open_door,
    "stuck_after_setback": _stuck_after_setback,
    "one_send_is_enough": _one_send_is_enough,
}
"""Each mistake by its name; called, it gives what plants it for as long as it is entered."""
