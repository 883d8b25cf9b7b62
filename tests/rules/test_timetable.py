"""Everything that time does stands in one list; the moment that is next is the moment at which something is due."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.actions import absence
from bot.actions.turn import Turn
from bot.core.buttons import Take
from bot.core.hours import WIB
from bot.core.leave_flow import for_days
from bot.engine.due import POISONED, Due, in_memory
from bot.engine.sweep import anything_due, sweep
from bot.localtelegram.phones import Phone
from storage import inbox, lanes, outbox
from storage.claims import LEASE
from storage.session import Session
from storage.tables import Lane
from tests.rules.test_workdays import INDONESIA
from tests.support.length import many
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World, world

SECOND = timedelta(seconds=1)
KINDS = (
    "leave",
    "case",
    "handing",
    "company",
    "news",
    "draft",
    "addition",
    "greeting",
    "summary",
    "listing",
    "digest",
    "piket",
    "looks",
    "holidays",
    "channels",
    "leases",
    "received",
    "said",
)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[World]:
    """Monday 23.00 WIB: something of each kind waits for its time."""
    async with world(tmp_path, summary={"at": "07:00"}, service={"kabupaten": ["Kab. Malang"]}) as w:
        await w.passes(hours=14)
        tksk = await w.worker("tksk", SINGOSARI)
        for role, area in (("dinsos", MALANG), ("dinsos", MALANG), ("jsc", "35"), ("admin", "35")):
            await w.worker(role, area)
        for days in (1, 3):
            away = await w.worker("deputy", SINGOSARI)
            await w.read(partial(_takes_leave, w, away, days))
        for n in range(outbox.WAITING_PERSON + 1):
            await w.reports(w.person(f"Siti {n}"), kind="Gangguan jiwa", danger="Dirantai")
        await w.reports(w.person("Dewi"), place="Kab. Kediri, Kec. Pare")
        begins = w.person("Ani")
        await begins.start()
        await w.settle()
        await w.press(begins, "Lapor")
        tells = w.person("Tini")
        await w.reports(tells)
        await w.say(tells, "rumahnya cat hijau")
        await tksk.forge(Take((await w.case()).id, 1).pack())
        await w.settle()
        await w.press(tksk, "Serahkan ke", "Dinas Sosial")
        await w.press(tksk, "Butuh teman", "Dinas Sosial")
        despairs = w.person("Rini")
        await despairs.start()
        await w.say(despairs, "aku pengen mati wae")
        await w.press(despairs, "Boleh, sapa saya")
        await w.read(lambda s: s.add(Lane(channel=outbox.JSC, dest=0, failing_since=w.now)))
        leased = Lane(channel=outbox.TELEGRAM, dest=1, lease_until=w.now + LEASE)
        await w.read(lambda s: s.add(leased))
        await w.settle()
        yield w


def _takes_leave(w: World, away: Phone, days: int, session: Session) -> None:
    leaving = for_days(w.now, days)
    assert leaving is not None
    absence.take_leave(w.turn(session), chat_of(session, away), leaving)


async def test_each_kind_is_due_at_its_next_moment_and_not_a_second_before(night: World) -> None:
    w = night
    assert tuple(kind.name for kind in w.app.timetable) == KINDS
    nexts = await w.read(lambda s: {kind.name: kind.next(s, w.now) for kind in w.app.timetable})
    for kind in w.app.timetable:
        moment = nexts[kind.name]
        assert moment is not None and moment > w.now, kind.name
        for at, due in ((moment - SECOND, False), (moment, True)):
            found = await w.read(lambda s, kind=kind, at=at: kind.ask(s, at, 1))  # type: ignore[misc]
            assert bool(found) == due, f"{kind.name} at {at}, next {moment}"
    day = w.now.astimezone(WIB).date() + timedelta(days=1)
    assert nexts["piket"] == wib(f"{day} 16:00") and nexts["summary"] == wib(f"{day} 07:00")
    assert nexts["looks"] == wib(f"{day} 08:00")
    assert nexts["digest"] == wib(f"{day} 06:00")
    assert nexts["channels"] < w.now + timedelta(minutes=31)
    year = max(INDONESIA.known_years) + 1
    assert nexts["holidays"] == wib(f"{year - 1}-11-02 00:00"), "sixty days before it begins"


async def test_nothing_is_due_between_two_next_moments(night: World) -> None:
    w = night
    for _ in range(many(30, 12)):
        moment = await w.app.next_moment()
        assert moment is not None
        w.telegram.turn(set=(moment - SECOND).isoformat())
        assert await at_hand(w) == [], f"before {moment}"
        w.telegram.turn(set=moment.isoformat())
        assert await at_hand(w), f"nothing is due at {moment}"
        await w.settle()


async def at_hand(w: World) -> list[str]:
    """What is due now, and which of the two loops has something to do."""

    def names(session: Session) -> list[str]:
        due = [kind.name for kind in w.app.timetable if kind.ask(session, w.now, 1)]
        loops = {"inbox": inbox.heads(session, w.now, 1), "outbox": lanes.ready(session, w.now)}
        return due + [name for name, found in loops.items() if found]

    found: list[str] = await w.read(names)
    return found


async def test_without_time_nothing_is_next(tmp_path: Path) -> None:
    async with world(tmp_path) as w:
        assert await w.app.next_moment() is None
        assert await at_hand(w) == []


async def test_what_fails_stops_nobody_and_is_tried_again_after_its_rest(w: World) -> None:
    done: list[tuple[str, datetime]] = []

    def broken(session: Session, now: datetime, limit: int) -> Sequence[Any]:
        raise LookupError("asked")

    def some(session: Session, now: datetime, limit: int) -> Sequence[str]:
        return [row for row in ("one", "two") if ("good", row) not in seen()][:limit]

    def seen() -> list[tuple[str, str]]:
        return [("good", row) for row, _ in done]

    def act(turn: Turn, row: str) -> None:
        if row == "one" and turn.now < begun + POISONED:
            raise LookupError("acted")
        done.append((row, turn.now))

    def never(session: Session, now: datetime) -> datetime | None:
        return None

    poisoned = Due("poisoned", broken, act, act, never)
    resting = in_memory("resting", some, act, never)
    kinds, begun = (poisoned, resting), w.now
    assert await w.read(lambda s: resting.next(s, begun)) is None
    assert await w.read(lambda s: anything_due(s, begun, (poisoned,))), "the sweep comes, says so, and asks the others"
    assert await sweep(w.app.db, w.app.house, begun, kinds) == 2
    assert [row for row, _ in done] == ["two"]
    assert await w.read(lambda s: resting.next(s, begun)) == begun + POISONED
    assert await sweep(w.app.db, w.app.house, begun + POISONED - SECOND, kinds) == 0
    assert await sweep(w.app.db, w.app.house, begun + POISONED, kinds) == 1
    assert [row for row, _ in done] == ["two", "one"]
    assert await w.read(lambda s: resting.next(s, begun + POISONED)) is None
