"""Fixtures: a world on SQLite, and one on each engine for what must hold on both."""

import gc
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("PTB_TIMEDELTA", "1")

from tests.support.engines import ENGINES, in_memory, keys_file, postgres_server, ready_database, share_statements
from tests.support.length import each
from tests.support.world import World, world

if (memory := in_memory()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)
share_statements()
YOUNG = 20_000
"""So many new objects before the collector looks at them (700 if nothing is said)."""
LONG = Path(__file__).parent / "promises"
# Both limits are in real time, which a busy machine uses up.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first on both cores, which begin with a half each: one that begins last keeps a core waiting."""
    long = [item for item in items if LONG in item.path.parents]
    short = [item for item in items if LONG not in item.path.parents]
    first = long[::2]
    half = max(0, (len(items) + 1) // 2 - len(first))
    items[:] = [*first, *short[:half], *long[1::2], *short[half:]]


def pytest_collection_finish() -> None:
    """What was imported stays to the end: the collector need not look at it again and again, as in a running bot.

    A story makes much and drops it at its end, mostly without the collector: it looks more rarely.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL of this test process, gone at its end; gives the URL of its server."""
    server = postgres_server()
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture
async def w(tmp_path: Path) -> AsyncIterator[World]:
    """A world on SQLite."""
    async with world(tmp_path) as made:
        yield made


@pytest.fixture(params=ENGINES)
async def both(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """A world on each engine, for the spine and the moves, and for what only one of them could break."""
    async with _world_on(request, tmp_path) as made:
        yield made


@pytest.fixture(params=each(ENGINES, "sqlite"))
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """A world for a story that asks nothing of its engine; on each of them in the campaign."""
    async with _world_on(request, tmp_path) as made:
        yield made


@pytest.fixture(params=each(ENGINES, "postgresql"))
async def on_server(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """The same for a story that asks what no other asks of PostgreSQL; on each engine in the campaign."""
    async with _world_on(request, tmp_path) as made:
        yield made


@asynccontextmanager
async def _world_on(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    if request.param == "sqlite":
        async with world(tmp_path) as made:
            yield made
        return
    url = ready_database(request.getfixturevalue("postgres"))
    async with world(tmp_path, url, privacy={"keys_file": keys_file(tmp_path)}) as made:
        yield made
