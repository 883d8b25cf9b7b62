"""Leadership on PostgreSQL: one replica polls, and who wakes with an old term stores and confirms nothing (S6)."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from time import time
from typing import Any

import psycopg
import pytest
from sqlmodel import select

from bot.localtelegram.server import LocalTelegram
from storage import leader
from storage.database import Database
from storage.leader import Leader
from storage.session import Session
from storage.tables import Received
from tests.support.engines import keys_file, ready_database
from tests.support.forks import Forked
from tests.support.world import World, until, world

PROMISED = 15.0
"""Seconds from the freeze until another replica polls."""


@pytest.fixture
def url(postgres: str) -> str:
    return ready_database(postgres)


@pytest.fixture
def replicas(url: str) -> Iterator[tuple[Leader, Leader]]:
    databases = Database(url), Database(url)
    one, two = (Leader(db) for db in databases)
    yield one, two
    one.close()
    two.close()
    for db in databases:
        db.close()


def beats_at(url: str, ago: str) -> None:
    """The newest term has its last beat so long ago."""
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("UPDATE meta SET at = clock_timestamp() - %s::interval WHERE name = 'leader'", (ago,))


async def test_one_polls_and_the_other_takes_over_when_it_ends(url: str, replicas: tuple[Leader, Leader]) -> None:
    first, second = replicas
    assert [first.term(), first.term(), second.term()] == [1, 1, None]
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 120000) FROM pg_locks WHERE locktype = 'advisory' AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())"
        )
    # Whoever asks next has it; the one whose connection died knows that it leads no more.
    assert [second.term(), first.term(), first.term()] == [2, None, None]
    second.close()
    await until(first.term)  # as soon as the server sees that the other one is gone
    assert first.term() == 3


def test_a_frozen_one_keeps_its_lock_and_loses_its_term(url: str, replicas: tuple[Leader, Leader]) -> None:
    first, second = replicas
    assert first.term() == 1
    beats_at(url, "9 seconds")
    assert second.term() is None, "it may only be slow"
    beats_at(url, "11 seconds")
    assert [second.term(), first.term(), first.term()] == [2, None, None], "the old one wakes, and takes nothing back"
    beats_at(url, "11 seconds")
    assert first.term() == 3


def test_a_transaction_that_stores_holds_the_next_term_back(url: str, replicas: tuple[Leader, Leader]) -> None:
    first, second = replicas
    term = first.term()
    assert term == 1
    beats_at(url, "11 seconds")
    db = Database(url)
    with ThreadPoolExecutor(1) as pool:

        def stores(session: Session) -> Future[int | None]:
            leader.demand(session, term)
            taking = pool.submit(second.term)
            with pytest.raises(TimeoutError):
                taking.result(0.3)
            return taking

        assert db.write(stores).result() == 2
    with pytest.raises(leader.Superseded):
        db.write(lambda session: leader.demand(session, term))
    db.close()


async def wakes_with_an_old_term(w: World, rival: Leader, url: str) -> tuple[int, int]:
    """The bot is frozen between receiving and storing; gives how many rows are new, and how many polls confirm."""
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    before = len(await w.read(lambda s: s.exec(select(Received)).all()))
    intake, store, woken, seen = w.app.intake, w.app.intake.store, asyncio.Event(), list[int]()

    async def frozen(updates: Sequence[Mapping[str, Any]], term: int = leader.ALONE) -> int:
        beats_at(url, "11 seconds")
        assert await asyncio.to_thread(rival.term)
        polls = w.telegram.quiet()["calls"]
        try:
            return await store(updates, term)
        finally:
            intake.store = store  # type: ignore[method-assign]
            asyncio.get_running_loop().call_later(0.3, seen.append, polls)
            asyncio.get_running_loop().call_later(0.3, woken.set)

    intake.store = frozen  # type: ignore[method-assign]
    await siti.say("halo")
    await woken.wait()
    after = len(await w.read(lambda s: s.exec(select(Received)).all()))
    polls = w.telegram.calls("getUpdates", after=seen[0])
    return after - before, len([call for call in polls if "offset" in call["params"]])


@pytest.fixture
async def replica(url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A world on PostgreSQL that a rival of the test shares."""
    async with world(tmp_path, url, privacy={"keys_file": keys_file(tmp_path)}) as made:
        yield made


async def test_an_old_term_stores_and_confirms_nothing(replica: World, url: str) -> None:
    w, rival = replica, Leader(Database(url))
    assert await wakes_with_an_old_term(w, rival, url) == (0, 0)
    assert w.telegram.pending() == 1, "Telegram keeps it for who polls now"
    rival.close()
    await w.settle()
    assert w.telegram.pending() == 0


async def test_the_mistake_is_seen(replica: World, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: an old term stores."""
    monkeypatch.setattr(leader, "demand", lambda *_: None)
    rival = Leader(Database(url))
    stored, _ = await wakes_with_an_old_term(replica, rival, url)
    assert stored == 1
    rival.close()


class Replica:
    """`tersapa run` as a process, and what it logged."""

    def __init__(self, folder: Path, name: str, environment: dict[str, str]) -> None:
        self._log = folder / name
        self._log.touch()
        self.process = Forked("bot", ("run",), folder, environment, self._log)

    def logged(self, event: str) -> list[float]:
        """When it logged this event."""
        lines = [json.loads(line) for line in self._log.read_text("utf-8").splitlines()]
        return [datetime.fromisoformat(line["at"]).timestamp() for line in lines if line["event"] == event]


async def test_a_frozen_leader_is_followed_within_seconds(url: str, tmp_path: Path) -> None:
    """Two real processes; the one that polls is stopped (SIGSTOP) and keeps its connections and its lock."""
    polls = "this replica polls now"
    async with LocalTelegram() as telegram:
        environment = {
            "PATH": "",
            "TERSAPA_TELEGRAM__TOKEN": telegram.token,
            "TERSAPA_TELEGRAM__API_URL": telegram.url,
            "TERSAPA_DATABASE__URL": url,
            "TERSAPA_PRIVACY__KEYS_FILE": str(keys_file(tmp_path)),
        }
        old = Replica(tmp_path, "old.log", environment)
        replicas = [old]
        try:
            await until(lambda: old.logged(polls) and telegram.quiet()["polling"])
            new = Replica(tmp_path, "new.log", environment)
            replicas.append(new)
            await until(lambda: len(telegram.calls("deleteWebhook")) == 2)
            siti = telegram.phone(5_000_000_001, "Siti")
            os.kill(old.process.pid, signal.SIGSTOP)
            stopped = time()
            await siti.start()  # it is handed to the frozen one, which cannot take it
            await until(lambda: siti.find("Selamat datang"))
            assert new.logged(polls)[0] - stopped < PROMISED
            os.kill(old.process.pid, signal.SIGCONT)
            await until(lambda: old.logged("another replica polls now"))
            await siti.say("halo")
            await until(lambda: siti.find("Ada yang perlu ditolong"))
            assert len([m for m in siti.from_bot() if "Selamat datang" in m.text]) == 1
            assert len(new.logged(polls)) == 1
        finally:
            for one in replicas:
                one.process.kill()
            for one in replicas:
                await one.process.wait()
