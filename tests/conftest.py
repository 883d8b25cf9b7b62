"""Fixtures: a world on SQLite, and one on each engine for what must hold on both."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("PTB_TIMEDELTA", "1")

from tests.support.engines import fresh_database, in_memory, keys_file, postgres_server, share_statements
from tests.support.world import World, world

if (memory := in_memory()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)
share_statements()
# Both limits are in real time, which a busy machine uses up.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


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


@pytest.fixture(params=["sqlite", "postgresql"])
async def both(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """A world on each engine, for the spine and the moves."""
    if request.param == "sqlite":
        async with world(tmp_path) as made:
            yield made
        return
    url = fresh_database(request.getfixturevalue("postgres"))
    async with world(tmp_path, url, privacy={"keys_file": keys_file(tmp_path)}) as made:
        yield made
