"""The sweep: what is due is done in groups; a poisoned case stops nobody, and a long list stops no other kind."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlmodel import col, select

from bot.actions.turn import Turn
from bot.engine import sweep as sweeping
from bot.engine.due import Due, Together
from bot.engine.sweep import sweep
from storage.session import Session
from storage.tables import Case
from tests.support.world import MALANG, SINGOSARI, World

DAY = timedelta(hours=25)


async def due(w: World, count: int) -> list[str]:
    """Cases that climb at the next tick, reported a day ago; their numbers."""
    for role, area in (("tksk", SINGOSARI), ("deputy", SINGOSARI), ("koordinator", MALANG)):
        await w.worker(role, area)
    numbers = [await w.reports(w.person(f"Siti {n}")) for n in range(count)]
    await w.read(lambda s: s.exec(update(Case).values(next_due_at=w.now + DAY)))
    w.telegram.turn(set=(w.now + DAY).isoformat())
    return numbers


async def rungs(w: World) -> dict[str, int]:
    """On which rung each case stands, by its number."""
    found: dict[str, int] = await w.read(lambda s: dict(iter(s.exec(select(Case.number, Case.rung)))))
    return found


async def test_a_poisoned_case_stops_nobody_and_is_tried_again(on_server: World) -> None:
    w = on_server
    bad, *good = await due(w, 4)
    ladder = await w.read(lambda s: s.exec(select(Case.policy_id).where(Case.number == bad)).one())
    await w.read(lambda s: s.exec(update(Case).where(col(Case.number) == bad).values(policy_id="nothing")))
    await w.app.tick()
    assert await rungs(w) == {bad: 0, **dict.fromkeys(good, 1)}
    again = await w.read(lambda s: s.exec(select(Case.next_due_at).where(Case.number == bad)).one())
    assert abs(again - w.now - timedelta(minutes=1)) < timedelta(seconds=1)
    await w.read(lambda s: s.exec(update(Case).where(col(Case.number) == bad).values(policy_id=ladder)))
    await w.passes(minutes=2)
    assert set((await rungs(w)).values()) == {1}


@pytest.mark.parametrize("count", [2, 5])
async def test_a_group_asks_no_more_than_one_case(either: World, count: int) -> None:
    w = either
    await due(w, count)
    await w.app.sender.stop()  # what is sent asks on its own account
    asked: list[str] = []

    def note(connection: Any, cursor: Any, sql: str, *_: Any) -> None:
        asked.append(sql)

    event.listen(w.app.db.engine, "before_cursor_execute", note)
    await w.app.tick()
    event.remove(w.app.db.engine, "before_cursor_execute", note)
    assert set((await rungs(w)).values()) == {1}
    about = [sql for sql in asked if any(f" {table}" in sql for table in ("cases", "ask", "report", "timeline"))]
    assert len(about) <= 17, "\n\n".join(about)


async def test_what_does_not_fit_into_a_pass_waits_for_the_next(w: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "PASS", 0.0)
    done: list[tuple[str, int]] = []

    def kind(name: str, rows: int) -> Due:
        def left(session: Session, now: datetime, limit: int) -> Sequence[int]:
            return [row for row in range(rows) if (name, row) not in done]

        def act(turn: Turn, row: int) -> None:
            done.append((name, row))

        return Due(name, left, act, act, lambda session, now: None, Together(2, lambda turn, found: found))

    long, short = kind("long", 5), kind("short", 1)
    assert await sweep(w.app.db, w.app.house, w.now, (long, short)) == 3
    assert done == [("long", 0), ("long", 1), ("short", 0)]
    assert await sweep(w.app.db, w.app.house, w.now, (long, short)) == 2
    assert await sweep(w.app.db, w.app.house, w.now, (long, short)) == 1
    assert await sweep(w.app.db, w.app.house, w.now, (long, short)) == 0
